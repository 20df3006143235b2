/** Limits automatic retries, so that something that always fails at once is not retried for ever. */
export class RetryLimit {
  readonly #most: number;
  readonly #withinMs: number;
  readonly #takenAtMs: number[] = [];

  constructor(most: number, withinMs: number) {
    this.#most = most;
    this.#withinMs = withinMs;
  }

  /** @returns whether another retry is allowed, and counts it. */
  take(): boolean {
    const now = performance.now();
    while (this.#takenAtMs[0] !== undefined && now - this.#takenAtMs[0] > this.#withinMs) this.#takenAtMs.shift();
    if (this.#takenAtMs.length >= this.#most) return false;
    this.#takenAtMs.push(now);
    return true;
  }
}
