import type { Moment } from '../src/events/sounding';
import type { TrainableModel } from '../src/model/engine/loaded-model';
import type { PieceMessage } from '../src/shared/contracts/capture-messages';
import { ActiveHeads, type NamedHead } from '../src/tagger/live/active-heads';
import { type EventMaker, Listening } from '../src/tagger/live/listening';
import { RecentSound } from '../src/tagger/live/recent-sound';
import type { EventChange, TaggedWindow, TaggerOptions } from './api';
import { EventNamer } from './hearing';
import { TAGS_PER_SECOND } from './tags-per-second';

export interface PortListeningParts {
  readonly model: TrainableModel;
  readonly threshold: TaggerOptions['threshold'];
  /** Where pieces arrive, at this rate. It is closed at the end. */
  readonly port: MessagePort;
  readonly sampleRateHz: number;
  onWindow(window: TaggedWindow): void;
  onEvent(change: EventChange): void;
  onFailure(cause: unknown): void;
}

/** Listens at a port as the page does, until it is stopped. */
export function listenAtPort(parts: PortListeningParts): Listening {
  const { model, port, sampleRateHz, onFailure } = parts;
  const heads = ActiveHeads.of([], model.folder);
  return new Listening({
    model,
    port,
    sampleRateHz,
    tagsPerSecond: TAGS_PER_SECOND,
    noiseFloorDb: null,
    sound: new RecentSound(sampleRateHz),
    events: new TaggedEvents(parts),
    heads: () => heads,
    onTags: () => undefined,
    onFailure,
  });
}

/** Tells windows and events, in seconds since the first sample: the audio clock may run before anything is heard. */
class TaggedEvents implements EventMaker {
  readonly #parts: PortListeningParts;
  readonly #namer: EventNamer;
  #firstSeconds: number | undefined;

  constructor(parts: PortListeningParts) {
    this.#parts = parts;
    this.#namer = new EventNamer(parts.model, parts.threshold);
  }

  takePiece({ samples, endSeconds }: PieceMessage): void {
    this.#firstSeconds ??= endSeconds - samples.length / this.#parts.sampleRateHz;
  }

  unsureSoundSeconds(_: NamedHead, moment: Pick<Moment, 'windowEndSeconds' | 'probabilities'>): number | undefined {
    const windowEndSeconds = this.#sinceFirst(moment.windowEndSeconds);
    return this.#namer.unsureSoundSeconds({ ...moment, windowEndSeconds });
  }

  takeMoment(_: NamedHead, { windowEndSeconds, levelDb, probabilities, filledProbabilities }: Moment): void {
    const endSeconds = this.#sinceFirst(windowEndSeconds);
    this.#parts.onWindow({ endSeconds, levelDb, probabilities: Float32Array.from(probabilities) });
    const changes = this.#namer.push({ windowEndSeconds: endSeconds, levelDb, probabilities, filledProbabilities });
    for (const change of changes) this.#parts.onEvent(change);
  }

  finish(): void {
    for (const change of this.#namer.finish()) this.#parts.onEvent(change);
  }

  #sinceFirst(seconds: number): number {
    return seconds - (this.#firstSeconds ?? 0);
  }
}
