import { proxy, transfer } from 'comlink';
import type { Microphone, MicrophoneOptions } from '../../audio/microphone';
import { piecesFor, type SoundPieces } from '../../shared/contracts/capture-messages';
import type { HeardReport } from '../../shared/contracts/diary/heard';
import { EarmarkError, type ProblemCode, problemOf } from '../../shared/contracts/messages/problem';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import type { SoundSource } from '../../shared/contracts/sound-event';
import type { Tags } from '../../shared/contracts/tagger-api';
import { oneWay } from '../../shared/lib/one-way';
import type { AppState, Recovery } from '../state';
import type { StateHolder } from '../state-holder';
import { muted, noMicrophone, suspended, unplugged } from './microphone-problems';
import { type OpenedMicrophone, openChosen } from './open-chosen';
import type { RetryLimit } from './retry-limit';
import type { ReadyTagger, TaggerSupervisor } from './tagger-supervisor';

/** How long to wait for an unplugged microphone. */
const LONGEST_WAIT_MS = 5 * 60_000;

/** The parts of a session. */
export interface SessionParts {
  openMicrophone(options: MicrophoneOptions): Promise<Microphone>;
  /** Whether the page is hidden. */
  isHidden(): boolean;
}

/** Parts of the app that follow what is heard. */
export interface SessionFollowers {
  /** A new stretch of sound begins. */
  begin(spec: FeatureSpec): void;
  take(tags: Tags): void;
  /** What happened, also after the stretch has ended: the worker reports the ends of events then. */
  heard(report: HeardReport, source: SoundSource): void;
  /** The stretch ends. The worker still has what was heard in it. */
  end(): Promise<void>;
  /** The microphone is open, so its name can be read. */
  opened(): Promise<void>;
}

/** From the opening of a microphone to its end. */
interface Stretch {
  readonly ending: AbortController;
  readonly tagger: ReadyTagger;
  /** Undefined until it is open. */
  opened?: OpenedMicrophone;
}

/**
 * Listens: opens the microphone, and reopens it when it ends.
 *
 * After every wait, one rule decides: what the person wanted last (`state.wanted`), never what is going on at the
 * moment. So Stop wins wherever it is pressed, and listening survives whatever is repaired meanwhile.
 */
export class ListeningSession {
  readonly #parts: SessionParts;
  readonly #holder: StateHolder<AppState>;
  readonly #tagger: TaggerSupervisor;
  readonly #followers: SessionFollowers;
  readonly #retries: RetryLimit;
  #stretch: Stretch | undefined;
  /** Pending until the last microphone is released. */
  #releasing: Promise<void> | undefined;
  /** Runs while waiting for a microphone. */
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    parts: SessionParts,
    holder: StateHolder<AppState>,
    tagger: TaggerSupervisor,
    followers: SessionFollowers,
    retries: RetryLimit,
  ) {
    this.#parts = parts;
    this.#holder = holder;
    this.#tagger = tagger;
    this.#followers = followers;
    this.#retries = retries;
  }

  /** The person pressed a start button. */
  async start(demo: boolean): Promise<void> {
    if (!this.#tagger.ready || this.#stretch) return;
    const isAwaited = this.#waiting !== undefined;
    this.#holder.change({ wanted: 'listening', demo });
    await this.#begin(isAwaited ? 'wait' : 'give-up');
  }

  /** The person pressed a stop button. */
  async stop(): Promise<void> {
    const isAwaited = this.#waiting !== undefined;
    this.#holder.change({
      wanted: 'stopped',
      demo: false,
      recovery: undefined,
      // It promises to listen again.
      ...(isAwaited ? { problem: undefined } : {}),
    });
    await this.#end();
  }

  /** Listens with a newly loaded model, if the person wants that. */
  async goOn(): Promise<void> {
    await this.#begin('wait');
  }

  /** Reopens the microphone if it is open, being opened or awaited. */
  async reopen(recovery?: Recovery): Promise<void> {
    if (!this.#stretch && this.#waiting === undefined) return;
    await this.#end();
    await this.#begin('wait', recovery);
  }

  /** Another number of tags per second was chosen: sound arrives as often. */
  tagsPerSecondChanged(): void {
    this.#stretch?.opened?.microphone.setPieces(this.#piecesOf(this.#stretch));
  }

  /** The worker is gone. What the person wants stays as it is. */
  interrupt(): void {
    this.#waitNoLonger();
    this.#close();
  }

  /** Microphones were added or removed: returns to the chosen one, or resumes with one that is back. */
  async devicesChanged(): Promise<void> {
    const { devices, settings } = this.#holder.state;
    if (this.#waiting !== undefined) {
      if (devices.length > 0) await this.#begin('wait');
      return;
    }
    const opened = this.#stretch?.opened;
    const isOther = opened !== undefined && opened.deviceId !== settings.deviceId;
    if (isOther && devices.some(({ id }) => id === settings.deviceId)) await this.reopen('chosen-microphone');
  }

  /** The page was hidden: a microphone that appears now must not be opened unseen. */
  hidden(): void {
    if (this.#waiting !== undefined) void this.#giveUp(noMicrophone());
  }

  /** Asks the browser to resume paused sound. */
  async resume(): Promise<void> {
    const stretch = this.#stretch;
    const goesOn = await stretch?.opened?.microphone.resume();
    if (stretch && stretch === this.#stretch && !goesOn) this.#suspended();
  }

  /** @param orElse what to do if there is no microphone at all. */
  async #begin(orElse: 'wait' | 'give-up', recovery?: Recovery): Promise<void> {
    const tagger = this.#tagger.ready;
    if (this.#holder.state.wanted !== 'listening' || !tagger || this.#stretch) return;
    this.#waitNoLonger();
    const stretch: Stretch = { ending: new AbortController(), tagger };
    const { signal } = stretch.ending;
    this.#stretch = stretch;
    this.#holder.change({ phase: 'starting', problem: undefined, recovery: undefined });
    try {
      // Otherwise at once: some browsers ask for permission, and let sound start, only in the same turn as the press.
      if (this.#releasing) await this.#releasing;
      if (signal.aborted) return;
      const opened = await this.#open(stretch);
      const { microphone, deviceId } = opened;
      if (signal.aborted) return await microphone.stop();
      stretch.opened = opened;
      await this.#listen(stretch, microphone);
      if (signal.aborted) return;
      const isOther = deviceId !== this.#holder.state.settings.deviceId;
      this.#holder.change({ phase: 'listening', recovery: isOther ? 'default-microphone' : recovery });
      if (!microphone.running) this.#suspended();
      else if (microphone.muted) this.#holder.change({ problem: problemOf(muted()) });
      await this.#followers.opened();
    } catch (error) {
      if (signal.aborted) return;
      if (orElse === 'give-up' || problemOf(error).code !== 'no-microphone') return this.#giveUp(error);
      await this.#end();
      await this.#wait();
    }
  }

  async #listen({ tagger, ending: { signal } }: Stretch, microphone: Microphone): Promise<void> {
    const { worker, model } = tagger;
    const { demo } = this.#holder.state;
    const source: SoundSource = { kind: demo ? 'demo' : 'microphone', name: microphone.name };
    this.#followers.begin(model.spec);
    this.#tagger.expectTags();
    await worker.api.listen(
      transfer(microphone.port, [microphone.port]),
      microphone.sampleRateHz,
      oneWay((tags: Tags) => {
        if (signal.aborted) return;
        this.#tagger.expectTags();
        this.#followers.take(tags);
      }),
      proxy((problem) => this.#tagger.replace(worker, new EarmarkError(problem))),
      oneWay((report: HeardReport) => this.#followers.heard(report, source)),
    );
  }

  #piecesOf({ tagger }: Stretch): SoundPieces {
    return piecesFor(tagger.model.spec, this.#holder.state.settings.tagsPerSecond);
  }

  /** Opens the microphone that the settings name, and follows it until the stretch ends. */
  #open(stretch: Stretch): Promise<OpenedMicrophone> {
    const { settings, demo } = this.#holder.state;
    const { signal } = stretch.ending;
    const untilTheEnd =
      <Values extends unknown[]>(react: (...values: Values) => void) =>
      (...values: Values): void => {
        if (!signal.aborted) react(...values);
      };
    return openChosen(this.#parts.openMicrophone, {
      pieces: this.#piecesOf(stretch),
      deviceId: settings.deviceId,
      voiceProcessing: settings.voiceProcessing,
      demo,
      signal,
      onEnded: untilTheEnd(() => void this.#ended()),
      onRunningChange: untilTheEnd((running: boolean) => {
        if (!running) return this.#suspended();
        this.#tagger.expectTags();
        this.#solved('audio-suspended');
      }),
      onMutedChange: untilTheEnd((isMuted: boolean) => {
        if (isMuted) this.#holder.change({ problem: problemOf(muted()) });
        else this.#solved('microphone-muted');
      }),
    });
  }

  /** The microphone ended by itself: it is reopened, and what was recorded so far is kept. */
  async #ended(): Promise<void> {
    await this.#end();
    if (this.#retries.take()) await this.#begin('wait', 'microphone');
    else await this.#wait();
  }

  /** There is no microphone: listens again once there is one, unless the page is hidden. */
  async #wait(): Promise<void> {
    if (this.#holder.state.wanted !== 'listening' || !this.#tagger.ready || this.#stretch) return;
    if (this.#parts.isHidden()) return this.#giveUp(noMicrophone());
    this.#waiting = setTimeout(() => void this.#giveUp(noMicrophone()), LONGEST_WAIT_MS);
    this.#holder.change({ phase: 'waiting', problem: problemOf(unplugged()) });
  }

  #waitNoLonger(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  /** Nothing can be heard until the person acts. */
  async #giveUp(error: unknown): Promise<void> {
    this.#holder.change({ wanted: 'stopped', demo: false, problem: problemOf(error) });
    await this.#end();
  }

  async #end(): Promise<void> {
    const wasOn = this.#stretch !== undefined || this.#waiting !== undefined;
    this.#waitNoLonger();
    if (wasOn) {
      void this.#followers.end();
      this.#close();
      this.#holder.change({ phase: 'ready' });
      // Not awaited: a stuck worker must not keep the button from responding.
      void this.#tagger.ready?.worker.api.stop();
    }
    await this.#releasing;
  }

  /** Releases the microphone, or cancels its opening. */
  #close(): void {
    const stretch = this.#stretch;
    if (!stretch) return;
    this.#stretch = undefined;
    stretch.ending.abort();
    this.#tagger.expectNothing();
    if (stretch.opened) void this.#release(stretch.opened.microphone);
  }

  async #release(microphone: Microphone): Promise<void> {
    const releasing = microphone.stop().catch((error) => console.warn('The microphone did not close:', error));
    this.#releasing = releasing;
    await releasing;
    if (this.#releasing === releasing) this.#releasing = undefined;
  }

  /** The browser holds the audio back: nothing can arrive, and the worker is not to blame. */
  #suspended(): void {
    this.#tagger.expectNothing();
    this.#holder.change({ problem: problemOf(suspended()) });
  }

  /** A problem has gone away by itself. */
  #solved(code: ProblemCode): void {
    if (this.#holder.state.problem?.code === code) this.#holder.change({ problem: undefined });
  }
}
