/** Seconds over which the tag rate is measured. */
const RATE_SPAN_SECONDS = 3;

/**
 * Decides when a tag is due, by the audio clock: sound drives the tagging, so without new sound nothing runs.
 *
 * A late tag does not speed up the next ones: what was missed is missed.
 */
export class TagClock {
  #periodSeconds: number;
  #nextSeconds = Number.NEGATIVE_INFINITY;
  #tagSeconds: number[] = [];

  constructor(tagsPerSecond: number) {
    this.#periodSeconds = 1 / tagsPerSecond;
  }

  setRate(tagsPerSecond: number): void {
    this.#periodSeconds = 1 / tagsPerSecond;
    this.#nextSeconds = Number.NEGATIVE_INFINITY;
  }

  isDue(nowSeconds: number): boolean {
    return nowSeconds >= this.#nextSeconds;
  }

  /** Counts a tag for the window that ends at `nowSeconds`. */
  tagged(nowSeconds: number): void {
    // If this tag was on time, the next one stays on the grid, so that rounding to pieces does not lower the rate.
    const onGrid = this.#nextSeconds + this.#periodSeconds;
    this.#nextSeconds = onGrid > nowSeconds ? onGrid : nowSeconds + this.#periodSeconds;
    this.#tagSeconds.push(nowSeconds);
    while (nowSeconds - (this.#tagSeconds[0] as number) > RATE_SPAN_SECONDS) this.#tagSeconds.shift();
  }

  /** Tags per second over the last seconds of sound; 0 until there are two tags. */
  get tagsPerSecond(): number {
    const first = this.#tagSeconds[0];
    const last = this.#tagSeconds.at(-1);
    if (first === undefined || last === undefined || last === first) return 0;
    return (this.#tagSeconds.length - 1) / (last - first);
  }
}
