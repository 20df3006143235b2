import { isLonger } from './is-longer';
import type { Moment } from './sounding';

/** A sound begins where its level rises most: from the mean of so much sound before to that of so much after. */
const BEFORE_SECONDS = 0.5;
const AFTER_SECONDS = 0.25;
/** The level of what goes on rises by less than this. */
const LEAST_RISE_DB = 1;
/** How long before the rise of its probability a sound begins at most, and how long after it: windows are this exact. */
const LEVEL_BEFORE_RISE_SECONDS = 1.5;
const LEVEL_AFTER_RISE_SECONDS = 0.2;
/**
 * A window is filled with the sound since a steep rise from this long after the end of the window in which it rose: less
 * sound tells too little. And until this long after the rise: what is told later is not told in time.
 */
const LEAST_SINCE_STEEP_SECONDS = 0.375;
const MOST_SINCE_STEEP_SECONDS = 0.9;
/** What decides after which rises sudden sounds are heard again, besides `steepRiseDb`; in seconds. */
export const steepRule = {
  before: BEFORE_SECONDS,
  after: AFTER_SECONDS,
  leastSince: LEAST_SINCE_STEEP_SECONDS,
  mostSince: MOST_SINCE_STEEP_SECONDS,
} as const;
/** Digital silence counts as this, in dBFS: lower than what 16 bits can hold. */
const LOWEST_DB = -120;

type Window = Pick<Moment, 'windowEndSeconds' | 'probabilities'> & {
  /** Mean square of the newest sound. */
  readonly power: number;
};

/** Time constants of onsets, in seconds. */
export interface OnsetTiming {
  /** How long after its onset a sound brings its window to the on threshold. */
  readonly onsetDelaySeconds: number;
  /** How far before the on threshold the onset and the beginning of the rise are looked for. 0: not at all. */
  readonly riseSeconds: number;
  /** The rise begins at this share of the way from the lowest probability of that time to the on threshold. */
  readonly riseShare: number;
  /** How long after its onset a sound begins the rise, if its level does not tell. */
  readonly riseDelaySeconds: number;
  /** A rise of the level is steep from this on, in dB. */
  readonly steepRiseDb: number;
}

/** Where a sound begins. */
export interface Onset {
  readonly seconds: number;
  /** How much louder it became there, in dB; 0 if its level does not tell when it began. */
  readonly riseDb: number;
}

/** Remembers the last windows, and finds in them where a sound began that was noticed in the newest one. */
export class OnsetFinder {
  readonly #timing: OnsetTiming;
  /** Windows of the last `riseSeconds`, oldest first. */
  readonly #recent: Window[] = [];

  constructor(timing: OnsetTiming) {
    this.#timing = timing;
  }

  /** How long before the newest window an onset can be found at most. */
  get longestSeconds(): number {
    const { riseSeconds, riseDelaySeconds, onsetDelaySeconds } = this.#timing;
    return riseSeconds === 0 ? onsetDelaySeconds : riseSeconds + riseDelaySeconds;
  }

  /** Takes the next window. */
  push({ windowEndSeconds, probabilities, levelDb }: Moment): void {
    const power = 10 ** (Math.max(levelDb, LOWEST_DB) / 10);
    this.#recent.push({ windowEndSeconds, probabilities: Float32Array.from(probabilities), power });
    const isOld = (window: Window): boolean =>
      isLonger(windowEndSeconds - window.windowEndSeconds, this.#timing.riseSeconds);
    while (isOld(this.#recent[0] as Window)) this.#recent.shift();
  }

  /** Sound was lost: no onset lies before it. */
  forget(): void {
    this.#recent.length = 0;
  }

  /**
   * When a sound began that has just brought its window to the on threshold. How long a label takes to that threshold
   * differs much; the time at which its probability begins to rise differs less, and the level that rose before it tells
   * it exactly. Where the level does not rise, the sound began the usual delay before its probability.
   *
   * @param lastHeardSeconds end of the last window in which the label sounded: the fall after its last event is not the
   * rise to this one.
   */
  find(label: number, on: number, lastHeardSeconds: number): Onset {
    const { riseSeconds, riseDelaySeconds, onsetDelaySeconds } = this.#timing;
    if (riseSeconds === 0) return unmeasured((this.#recent.at(-1) as Window).windowEndSeconds - onsetDelaySeconds);
    const riseEndSeconds = this.#riseEndSeconds(label, on);
    const fromSeconds = Math.max(riseEndSeconds - LEVEL_BEFORE_RISE_SECONDS, lastHeardSeconds);
    const louder = this.#strongestRise(fromSeconds, riseEndSeconds + LEVEL_AFTER_RISE_SECONDS);
    return louder ?? unmeasured(Math.max(riseEndSeconds - riseDelaySeconds, lastHeardSeconds));
  }

  /** How much sound there has been since a steep rise shortly before the next window, which ends then; undefined without one. */
  steepSoundSeconds(windowEndSeconds: number): number | undefined {
    const fromSeconds = windowEndSeconds - MOST_SINCE_STEEP_SECONDS;
    const strongest = this.#strongestRise(fromSeconds, windowEndSeconds - LEAST_SINCE_STEEP_SECONDS);
    if (strongest === undefined || strongest.riseDb < this.#timing.steepRiseDb) return undefined;
    return windowEndSeconds - strongest.seconds;
  }

  /** End of the first window of the rise to the on threshold. */
  #riseEndSeconds(label: number, on: number): number {
    const course = this.#recent.map(({ probabilities }) => probabilities[label] as number);
    const lowest = Math.min(...course);
    const begins = lowest + this.#timing.riseShare * (on - lowest);
    let first = course.length - 1;
    while (first > 0 && (course[first - 1] as number) >= begins) first--;
    return (this.#recent[first] as Window).windowEndSeconds;
  }

  /** Where the level rose most between two moments; undefined if it hardly did. */
  #strongestRise(fromSeconds: number, toSeconds: number): Onset | undefined {
    let strongest: Onset | undefined;
    let riseBeforeDb = 0;
    for (const [i, { windowEndSeconds }] of this.#recent.entries()) {
      const beginsSeconds = this.#recent[i - 1]?.windowEndSeconds;
      if (beginsSeconds === undefined || isLonger(windowEndSeconds, toSeconds)) continue;
      const riseDb = this.#riseDb(beginsSeconds, windowEndSeconds);
      // Behind a strong rise, the mean of the level goes on rising for a while.
      const isStrongest = riseDb > (strongest?.riseDb ?? LEAST_RISE_DB);
      if (!isLonger(fromSeconds, beginsSeconds) && isStrongest && riseDb > riseBeforeDb) {
        strongest = { seconds: beginsSeconds, riseDb };
      }
      riseBeforeDb = riseDb;
    }
    return strongest;
  }

  /** How much louder it is after the beginning of a window's newest sound. */
  #riseDb(beginsSeconds: number, windowEndSeconds: number): number {
    const before = this.#meanPower(beginsSeconds - BEFORE_SECONDS, beginsSeconds);
    const after = this.#meanPower(beginsSeconds, Math.max(beginsSeconds + AFTER_SECONDS, windowEndSeconds));
    return 10 * Math.log10(after / before);
  }

  /** Of the windows that end in there. */
  #meanPower(fromSeconds: number, toSeconds: number): number {
    const own = this.#recent.filter(
      ({ windowEndSeconds }) => isLonger(windowEndSeconds, fromSeconds) && !isLonger(windowEndSeconds, toSeconds),
    );
    return own.reduce((sum, { power }) => sum + power, 0) / own.length;
  }
}

function unmeasured(seconds: number): Onset {
  return { seconds, riseDb: 0 };
}
