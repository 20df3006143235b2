import { Resampler } from '../../dsp/resampler';
import type { Moment } from '../../events/sounding';
import type { TrainableModel } from '../../model/engine/loaded-model';
import { hearAgain } from '../../recordings/hear-again';
import { isPieceMessage, type PieceMessage } from '../../shared/contracts/capture-messages';
import { windowSamples } from '../../shared/contracts/model/feature-spec';
import type { Tags } from '../../shared/contracts/tagger-api';
import type { ActiveHeads, NamedHead } from './active-heads';
import { LiveEmbedder } from './live-embedder';
import { LiveWindow } from './live-window';
import { NoiseGate } from './noise-gate';
import type { RecentSound } from './recent-sound';
import { TagClock } from './tag-clock';

/** Makes events of what a listening session hears: the diary's, or those of another program. */
export interface EventMaker {
  /** Takes the next piece, which has been added to the session's sound. @param nowMs time of day. */
  takePiece(piece: PieceMessage, nowMs: number): void;
  /** As of `EventDetector`, for the moment that will be taken next. */
  unsureSoundSeconds(head: NamedHead, moment: Pick<Moment, 'windowEndSeconds' | 'probabilities'>): number | undefined;
  /** Takes what the active head says about the newest window. */
  takeMoment(head: NamedHead, moment: Moment): void;
  /** Listening ends, and with it everything that sounds. */
  finish(): void;
}

/** What one listening session needs. */
export interface ListeningParts {
  readonly model: TrainableModel;
  /** Source of the sound. It is closed at the end. */
  readonly port: MessagePort;
  /** Sample rate of the input. */
  readonly sampleRateHz: number;
  readonly tagsPerSecond: number;
  readonly noiseFloorDb: number | null;
  /** Gets what is heard. */
  readonly sound: RecentSound;
  readonly events: EventMaker;
  /** The heads in use, which can change while listening. */
  heads(): ActiveHeads;
  onTags(tags: Tags): void;
  /** Called at most once, when listening cannot go on. It does not stop by itself. */
  onFailure(cause: unknown): void;
}

/** What one listening session has heard. */
export interface Heard {
  readonly sound: RecentSound;
  readonly sampleRateHz: number;
  /** Audio clock at the end of the newest sample. */
  readonly endSeconds: number;
}

/**
 * One listening session: tags what arrives at a port until it is stopped.
 *
 * It pulls: whenever it is ready and a tag is due, it takes the newest window. Pieces that arrive during a prediction
 * become part of the next window, so a slow machine tags less often, not later.
 */
export class Listening {
  readonly #parts: ListeningParts;
  readonly #live: LiveWindow;
  /** Undefined if the sound comes at the model's rate. Most browsers convert it themselves. */
  readonly #resampler: Resampler | undefined;
  readonly #embedder: LiveEmbedder;
  readonly #clock: TagClock;
  readonly #gate: NoiseGate;
  readonly #hopSeconds: number;
  #newest: PieceMessage | undefined;
  /** Arrival of the newest piece, on the clock that all threads share. */
  #newestAtMs = 0;
  #isPredicting = false;
  #isOver = false;

  /** Starts at once. */
  constructor(parts: ListeningParts) {
    const { model, port, sampleRateHz, tagsPerSecond, noiseFloorDb } = parts;
    const { spec } = model;
    const windowSeconds = windowSamples(spec) / spec.sampleRateHz;
    this.#parts = parts;
    this.#live = new LiveWindow(spec);
    this.#resampler = sampleRateHz === spec.sampleRateHz ? undefined : new Resampler(sampleRateHz, spec.sampleRateHz);
    this.#embedder = new LiveEmbedder(model, this.#live, tagsPerSecond);
    this.#clock = new TagClock(tagsPerSecond);
    this.#gate = new NoiseGate(windowSeconds, noiseFloorDb);
    this.#hopSeconds = spec.hopSamples / spec.sampleRateHz;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isPieceMessage(data)) this.#takePiece(data);
      else this.#fail(new TypeError('what came from the microphone is no sound'));
    };
  }

  /** What was heard so far. The sound grows while listening goes on. */
  get heard(): Heard {
    const { sound, sampleRateHz } = this.#parts;
    return { sound, sampleRateHz, endSeconds: this.#newest?.endSeconds ?? 0 };
  }

  setTagsPerSecond(tagsPerSecond: number): void {
    this.#clock.setRate(tagsPerSecond);
    this.#embedder.setRate(tagsPerSecond);
  }

  setNoiseFloor(levelDb: number | null): void {
    this.#gate.setFloor(levelDb);
  }

  /** Ends the session. What was heard stays available. */
  stop(): void {
    this.#isOver = true;
    this.#parts.events.finish();
    this.#parts.port.close();
    this.#embedder.dispose();
  }

  #takePiece(piece: PieceMessage): void {
    const { sound, events, port } = this.#parts;
    const lostPieces = this.#newest === undefined ? 0 : piece.droppedPieces - this.#newest.droppedPieces;
    if (lostPieces > 0) sound.skip(lostPieces * piece.samples.length);
    sound.push(piece.samples);
    this.#live.push(this.#resampler?.push(piece.samples) ?? piece.samples);
    this.#newest = piece;
    this.#newestAtMs = performance.timeOrigin + performance.now();
    events.takePiece(piece, Date.now());
    // The array goes back to the worklet to be filled again.
    port.postMessage(piece.samples, [piece.samples.buffer]);
    // With more pieces waiting in the worklet, this window would be stale.
    if (piece.waitingPieces > 0 || this.#isPredicting || !this.#clock.isDue(piece.endSeconds)) return;
    if (!this.#embedder.isReady) return;
    this.#isPredicting = true;
    // Pieces already sent to this thread come first: they belong in the window.
    setTimeout(() => void this.#tagNewest());
  }

  async #tagNewest(): Promise<void> {
    try {
      // It was stopped while this call was queued.
      if (this.#isOver) return;
      const { endSeconds, droppedPieces } = this.#newest as PieceMessage;
      const heardAtMs = this.#newestAtMs;
      this.#clock.tagged(endSeconds);
      const start = performance.now();
      const arrival = this.#embedder.takeArrival();
      const isResting = !this.#gate.hears(arrival.loudestDb, endSeconds);
      // Columns since the last whole stride belong to the next window.
      const waitingSeconds = this.#live.waitingColumns * this.#hopSeconds;
      if (isResting) this.#embedder.rest();
      const embedding = isResting ? undefined : await this.#embedder.embed(arrival);
      // Asked after the wait: they may have changed.
      const heads = this.#parts.heads();
      const answers = embedding ? heads.apply(embedding) : heads.silence();
      const modelMs = performance.now() - start;
      const { levelDb } = arrival;
      const { probabilities } = answers;
      const windowEndSeconds = endSeconds - waitingSeconds;
      const filledProbabilities = await this.#askAgain(heads, { windowEndSeconds, probabilities });
      if (this.#isOver) return;
      this.#parts.events.takeMoment(heads.active, {
        windowEndSeconds,
        probabilities,
        filledProbabilities,
        levelDb,
        ...(embedding && { embedding }),
      });
      this.#parts.onTags({
        ...answers,
        isResting,
        columns: arrival.columns,
        levelDb,
        windowEndSeconds,
        heardAtMs: heardAtMs - 1000 * waitingSeconds,
        modelMs,
        tagsPerSecond: this.#clock.tagsPerSecond,
        droppedPieces,
      });
    } catch (cause) {
      this.#fail(cause);
    } finally {
      this.#isPredicting = false;
    }
  }

  /** What is heard in the newest window if the sound that began a moment ago fills it; undefined if that would tell nothing. */
  async #askAgain(
    heads: ActiveHeads,
    moment: Pick<Moment, 'windowEndSeconds' | 'probabilities'>,
  ): Promise<Float32Array | undefined> {
    if (this.#isOver) return undefined;
    const { events } = this.#parts;
    const embedding = await hearAgain(
      moment,
      (unsure) => events.unsureSoundSeconds(heads.active, unsure),
      this.#embedder,
    );
    return embedding && heads.apply(embedding).probabilities;
  }

  #fail(cause: unknown): void {
    // A stopped session has no one left to tell, and must not end a session started since.
    if (!this.#isOver) this.#parts.onFailure(cause);
  }
}
