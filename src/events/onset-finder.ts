import type { EventTiming } from './detector';
import type { Moment } from './sounding';

/** A sound begins where its level rises most: from the mean of so much sound before to that of so much after. */
const BEFORE_SECONDS = 0.5;
const AFTER_SECONDS = 0.25;
/** The level of what goes on rises by less than this. */
const LEAST_RISE_DB = 1;
/** How long before the rise of its probability a sound begins at most, and how long after it: windows are this exact. */
const LEVEL_BEFORE_RISE_SECONDS = 1.5;
const LEVEL_AFTER_RISE_SECONDS = 0.2;
/** Digital silence counts as this, in dBFS: lower than what 16 bits can hold. */
const LOWEST_DB = -120;

type Window = Pick<Moment, 'windowEndSeconds' | 'probabilities'> & {
  /** Mean square of the newest sound. */
  readonly power: number;
};

/** Remembers the last windows, and finds in them where a sound began that was noticed in the newest one. */
export class OnsetFinder {
  readonly #timing: EventTiming;
  /** Windows of the last `riseSeconds`, oldest first. */
  readonly #recent: Window[] = [];

  constructor(timing: EventTiming) {
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
    const oldest = windowEndSeconds - this.#timing.riseSeconds;
    while ((this.#recent[0] as Window).windowEndSeconds < oldest) this.#recent.shift();
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
  onsetSeconds(label: number, on: number, lastHeardSeconds: number): number {
    const { riseSeconds, riseDelaySeconds, onsetDelaySeconds } = this.#timing;
    if (riseSeconds === 0) return (this.#recent.at(-1) as Window).windowEndSeconds - onsetDelaySeconds;
    const riseEndSeconds = this.#riseEndSeconds(label, on);
    const fromSeconds = Math.max(riseEndSeconds - LEVEL_BEFORE_RISE_SECONDS, lastHeardSeconds);
    const louderSeconds = this.#louderSeconds(fromSeconds, riseEndSeconds + LEVEL_AFTER_RISE_SECONDS);
    return louderSeconds ?? Math.max(riseEndSeconds - riseDelaySeconds, lastHeardSeconds);
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
  #louderSeconds(fromSeconds: number, toSeconds: number): number | undefined {
    let most = LEAST_RISE_DB;
    let louderSeconds: number | undefined;
    let riseBeforeDb = 0;
    for (const [i, { windowEndSeconds }] of this.#recent.entries()) {
      const beginsSeconds = this.#recent[i - 1]?.windowEndSeconds;
      if (beginsSeconds === undefined || windowEndSeconds > toSeconds) continue;
      const riseDb = this.#riseDb(beginsSeconds, windowEndSeconds);
      // Behind a strong rise, the mean of the level goes on rising for a while.
      if (beginsSeconds >= fromSeconds && riseDb > most && riseDb > riseBeforeDb) {
        most = riseDb;
        louderSeconds = beginsSeconds;
      }
      riseBeforeDb = riseDb;
    }
    return louderSeconds;
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
      ({ windowEndSeconds }) => windowEndSeconds > fromSeconds && windowEndSeconds <= toSeconds,
    );
    return own.reduce((sum, { power }) => sum + power, 0) / own.length;
  }
}
