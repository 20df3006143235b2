/** Silence is counted in ticks of this length. */
const TICK_MS = 1000;

/**
 * Calls `onSilence` once after `timeoutMs` without being fed.
 *
 * It counts ticks instead of reading a clock: a computer that slept, or a tab that was frozen, was not silent.
 */
export class Watchdog {
  readonly #mostTicks: number;
  readonly #onSilence: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #ticks = 0;

  constructor(timeoutMs: number, onSilence: () => void) {
    this.#mostTicks = Math.ceil(timeoutMs / TICK_MS);
    this.#onSilence = onSilence;
  }

  feed(): void {
    this.#ticks = 0;
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    this.#ticks++;
    if (this.#ticks < this.#mostTicks) return;
    this.stop();
    this.#onSilence();
  }
}
