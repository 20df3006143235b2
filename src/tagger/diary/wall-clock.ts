/**
 * How far the device's clock must be ahead before the audio clock is taken to have stood still. Sound that waited for a
 * busy worker is a few seconds late at most.
 */
const STANDSTILL_MS = 5000;

/**
 * Tells the time of day of what is heard, by the audio clock.
 *
 * The device's clock is read when listening begins. From then on, time goes on as the sound does, whatever happens to
 * that clock: set back, it would give two sounds the same time. Only if it runs ahead by more than a busy worker
 * explains is it followed: then the device slept, the browser held the sound back, or the clock was set forward.
 */
export class WallClock {
  #offsetMs: number | undefined;

  /** Notes that the newest sound, which ends at `endSeconds` on the audio clock, has arrived. */
  arrive(endSeconds: number, nowMs: number): void {
    const offsetMs = nowMs - 1000 * endSeconds;
    if (this.#offsetMs === undefined || offsetMs - this.#offsetMs > STANDSTILL_MS) this.#offsetMs = offsetMs;
  }

  /** A moment of the audio clock, in whole milliseconds since the epoch. Call `arrive` before. */
  msAt(seconds: number): number {
    return Math.round((this.#offsetMs as number) + 1000 * seconds);
  }
}
