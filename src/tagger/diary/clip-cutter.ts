import type { ClipRule, EventRules } from '../../shared/contracts/diary/event-rules';
import type { HeardClip } from '../../shared/contracts/diary/heard';
import { REMEMBERED_SECONDS } from '../../shared/contracts/recent-past';
import type { RecentSound } from '../live/recent-sound';
import type { EventChange } from './event-follower';
import type { WallClock } from './wall-clock';

/** A clip that is to be cut. */
interface Wanted {
  readonly event: string;
  readonly rule: ClipRule;
  readonly startSeconds: number;
  /** Undefined while the event goes on and the clip with it. */
  endSeconds: number | undefined;
}

/** How likely speech was in one window. */
interface Speech {
  readonly windowEndSeconds: number;
  /** Undefined if the head does not know speech. */
  readonly probability: number | undefined;
}

/** What a clip is cut by. */
type ClippedChange = Pick<EventChange, 'kind' | 'startSeconds' | 'endSeconds'> & {
  readonly event: Pick<EventChange['event'], 'id' | 'label'>;
};

/** Windows may leave out this much of a clip without leaving it unjudged: no word is so short. */
const UNJUDGED_SECONDS = 0.25;

/** Sound that was heard, up to now. */
export interface SoundSoFar {
  readonly sound: RecentSound;
  readonly sampleRateHz: number;
  /** Audio clock at the end of the newest sample. */
  readonly endSeconds: number;
}

/** Cuts the sounds of events out of what the worker remembers, once all of a clip was heard. */
export class ClipCutter {
  readonly #windowSeconds: number;
  readonly #clock: WallClock;
  #rules: EventRules;
  #wanted: Wanted[] = [];
  #speech: Speech[] = [];
  #dropped = 0;

  constructor(windowSeconds: number, clock: WallClock, rules: EventRules) {
    this.#windowSeconds = windowSeconds;
    this.#clock = clock;
    this.#rules = rules;
  }

  setRules(rules: EventRules): void {
    this.#rules = rules;
  }

  /** Takes what is known about speech in the window that ends there; undefined if nothing is. */
  hear(windowEndSeconds: number, probability: number | undefined): void {
    this.#speech.push({ windowEndSeconds, probability });
    const oldest = windowEndSeconds - REMEMBERED_SECONDS;
    while ((this.#speech[0] as Speech).windowEndSeconds < oldest) this.#speech.shift();
  }

  /** @param group of the event's label. */
  follow({ kind, event, startSeconds, endSeconds }: ClippedChange, group: string): void {
    if (kind === 'start') this.#begin(event.id, event.label, group, startSeconds);
    const wanted = this.#wanted.find((other) => other.event === event.id);
    if (!wanted?.rule.untilEnd) return;
    const { secondsAfter, longestSeconds } = wanted.rule;
    const mostSeconds = wanted.startSeconds + longestSeconds;
    if (kind === 'end') wanted.endSeconds = Math.min(endSeconds + secondsAfter, mostSeconds);
    else if (endSeconds + secondsAfter >= mostSeconds) wanted.endSeconds = mostSeconds;
  }

  /** The clips of which all was heard. */
  take(heard: SoundSoFar): HeardClip[] {
    // Speech shows in windows that reach beyond the clip.
    const judgedSeconds = this.#judgedSeconds(heard);
    const ready = ({ endSeconds }: Wanted): boolean =>
      endSeconds !== undefined && endSeconds + this.#windowSeconds <= judgedSeconds;
    return this.#cut(heard, ready);
  }

  /** Listening ends: every clip is cut as far as it was heard and judged. */
  finish(heard: SoundSoFar): HeardClip[] {
    return this.#cut(heard, () => true);
  }

  /** How many clips were not cut because of speech since the last call. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  #begin(event: string, label: string, group: string, onsetSeconds: number): void {
    const { labels, groupClips } = this.#rules;
    const own = labels[label]?.clip;
    const rule = own === undefined ? groupClips[group] : own;
    if (!rule) return;
    const { secondsBefore, secondsAfter, longestSeconds, untilEnd } = rule;
    const startSeconds = onsetSeconds - Math.min(secondsBefore, longestSeconds - 1);
    const endSeconds = Math.min(onsetSeconds + secondsAfter, startSeconds + longestSeconds);
    this.#wanted.push({ event, rule, startSeconds, endSeconds: untilEnd ? undefined : endSeconds });
  }

  #cut(heard: SoundSoFar, isReady: (wanted: Wanted) => boolean): HeardClip[] {
    const ready = this.#wanted.filter(isReady);
    this.#wanted = this.#wanted.filter((wanted) => !ready.includes(wanted));
    const judgedSeconds = this.#judgedSeconds(heard);
    return ready.flatMap((wanted) => {
      const endSeconds = Math.min(wanted.endSeconds ?? judgedSeconds, judgedSeconds);
      const clip = cutOf(heard, wanted.startSeconds, endSeconds);
      if (!clip) return [];
      if (this.#isOverheard(clip.startSeconds, endSeconds)) {
        this.#dropped++;
        return [];
      }
      return [{ event: wanted.event, startMs: this.#clock.msAt(clip.startSeconds), ...clip.sound }];
    });
  }

  /** Up to where it is known whether people spoke, if that matters. */
  #judgedSeconds({ endSeconds }: SoundSoFar): number {
    if (this.#rules.speechThreshold === null) return endSeconds;
    return Math.min(endSeconds, this.#speech.at(-1)?.windowEndSeconds ?? 0);
  }

  /**
   * Whether any window that holds a part of the clip also holds speech, or may hold it: where the head does not know
   * speech, or no window was computed, nobody can tell.
   */
  #isOverheard(startSeconds: number, endSeconds: number): boolean {
    const most = this.#rules.speechThreshold;
    if (most === null) return false;
    let judgedSeconds = startSeconds;
    for (const { windowEndSeconds, probability } of this.#speech) {
      const windowStartSeconds = windowEndSeconds - this.#windowSeconds;
      if (windowEndSeconds <= startSeconds || windowStartSeconds >= endSeconds) continue;
      if (probability === undefined || probability >= most) return true;
      if (windowStartSeconds - judgedSeconds > UNJUDGED_SECONDS) return true;
      judgedSeconds = windowEndSeconds;
    }
    return endSeconds - judgedSeconds > UNJUDGED_SECONDS;
  }
}

/** The sound between two moments, as far as it is remembered. */
function cutOf(
  { sound, sampleRateHz, endSeconds: newestSeconds }: SoundSoFar,
  startSeconds: number,
  endSeconds: number,
): { startSeconds: number; sound: Pick<HeardClip, 'samples' | 'sampleRateHz'> } | undefined {
  const held = sound.last(newestSeconds - startSeconds);
  const samples = held.slice(0, Math.max(0, held.length - Math.round((newestSeconds - endSeconds) * sampleRateHz)));
  if (samples.length === 0) return undefined;
  return { startSeconds: newestSeconds - held.length / sampleRateHz, sound: { samples, sampleRateHz } };
}
