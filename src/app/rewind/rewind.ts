import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import type { CapturedSound, HeldSound, Tags } from '../../shared/contracts/tagger-api';
import { StateHolder, type Watchable } from '../state-holder';
import type { TeachCommands } from '../teach/teach-state';
import { RecentHistory } from './recent-history';

/** How much is played around a moment. */
const HEARD_SECONDS = 2;

/** The past, frozen to be looked through. */
export interface Frozen {
  /** As it was when it was frozen. */
  readonly history: RecentHistory;
  /** The selected moment, on the audio clock. */
  readonly atSeconds: number;
  /** Undefined until the worker has sent it, or if it could not. */
  readonly sound?: HeldSound;
}

/** What the page draws of the past. Replaced as a whole on every change. */
export interface RewindState {
  /** Absent while the page follows what is heard. */
  readonly frozen?: Frozen;
  /** Absent before the first listening. Its contents keep growing, which does not count as a change of the state. */
  readonly live?: RecentHistory;
}

/** The page's commands for the past two minutes. */
export interface RewindCommands extends Watchable<RewindState> {
  /** Freezes the last two minutes, at this moment or the newest, and fetches their sound. Listening continues. */
  freeze(atSeconds?: number): Promise<void>;
  /** Selects another moment, as far as it is remembered. Freezes first if needed. */
  moveTo(seconds: number): Promise<void>;
  /** Unfreezes: the page follows what is heard again. */
  goLive(): void;
  /** Plays a few seconds around the moment, or stops playing. */
  hear(): Promise<void>;
  /** Keeps this many seconds around the moment, to be labelled under Teach. */
  keep(seconds: number): Promise<void>;
}

/** Remembers two minutes of listening, and lets them be frozen, looked through, played and kept. */
export class Rewind implements RewindCommands {
  readonly #holder = new StateHolder<RewindState>({});
  readonly subscribe = this.#holder.subscribe;
  readonly #teach: TeachCommands;

  constructor(teach: TeachCommands) {
    this.#teach = teach;
  }

  get state(): RewindState {
    return this.#holder.state;
  }

  /** Listening begins with a new audio clock, so the earlier past can no longer be reached. */
  begin(spec: FeatureSpec): void {
    this.#holder.change({ live: new RecentHistory(spec), frozen: undefined });
  }

  take(tags: Tags): void {
    this.state.live?.push(tags);
  }

  async freeze(atSeconds?: number): Promise<void> {
    const { live, frozen } = this.state;
    if (frozen || !live?.columnCount) return;
    const history = live.copy();
    this.#holder.change({ frozen: { history, atSeconds: within(history, atSeconds ?? history.newestSeconds) } });
    const sound = await this.#teach.snippets.holdRecent();
    // Unfrozen, or unfrozen and frozen again, while the sound was being fetched.
    const now = this.state.frozen;
    if (sound && now?.history === history) this.#holder.change({ frozen: { ...now, sound } });
  }

  async moveTo(seconds: number): Promise<void> {
    const { frozen } = this.state;
    if (!frozen) await this.freeze(seconds);
    else this.#holder.change({ frozen: { ...frozen, atSeconds: within(frozen.history, seconds) } });
  }

  goLive(): void {
    if (this.state.frozen) this.#holder.change({ frozen: undefined });
  }

  async hear(): Promise<void> {
    const part = this.#around(HEARD_SECONDS);
    if (part) await this.#teach.playback.past(part.samples, part.sampleRateHz);
  }

  async keep(seconds: number): Promise<void> {
    const part = this.#around(seconds);
    if (part) await this.#teach.snippets.keepSound(part);
  }

  /** As many seconds around the moment as there are. Shifted if the moment is near an end. */
  #around(seconds: number): CapturedSound | undefined {
    const { frozen } = this.state;
    if (!frozen?.sound) return undefined;
    const { atSeconds, sound } = frozen;
    const { samples, sampleRateHz, endSeconds } = sound;
    const length = Math.min(samples.length, Math.round(seconds * sampleRateHz));
    const centre = samples.length - Math.round((endSeconds - atSeconds) * sampleRateHz);
    const start = Math.max(0, Math.min(samples.length - length, centre - (length >> 1)));
    return { samples: samples.slice(start, start + length), sampleRateHz };
  }
}

function within(history: RecentHistory, seconds: number): number {
  return Math.max(history.oldestSeconds, Math.min(history.newestSeconds, seconds));
}
