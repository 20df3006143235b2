/** Probability from which a sound counts as present, and below which it counts as gone. */
const HEARD = 0.5;
const GONE = 0.3;

/** More frequent announcements cannot be followed. */
const PAUSE_MS = 4000;

/** Decides which sounds a screen reader announces: new ones, together and not too often. */
export class Announcer {
  readonly #there = new Set<string>();
  #waiting: string[] = [];
  #toldMs = Number.NEGATIVE_INFINITY;

  /**
   * Takes the newest probabilities.
   *
   * @param names of the labels, in the order of the probabilities.
   * @param nowMs any monotonic clock.
   * @returns names of the sounds to announce now; usually none.
   */
  take(probabilities: ArrayLike<number>, names: readonly string[], nowMs: number): readonly string[] {
    names.forEach((name, index) => {
      const probability = probabilities[index] ?? 0;
      if (probability >= HEARD && !this.#there.has(name)) {
        this.#there.add(name);
        this.#waiting.push(name);
      } else if (probability < GONE) {
        this.#there.delete(name);
      }
    });
    if (this.#waiting.length === 0 || nowMs - this.#toldMs < PAUSE_MS) return [];
    this.#toldMs = nowMs;
    const told = [...new Set(this.#waiting)];
    this.#waiting = [];
    return told;
  }

  /** Listening ended: the next sounds are new. */
  reset(): void {
    this.#there.clear();
    this.#waiting = [];
  }
}
