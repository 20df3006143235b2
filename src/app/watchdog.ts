/** Calls `onSilence` once when it has not been fed for `timeoutMs`. */
export class Watchdog {
  readonly #timeoutMs: number;
  readonly #onSilence: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeoutMs: number, onSilence: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#onSilence = onSilence;
  }

  feed(): void {
    this.stop();
    this.#timer = setTimeout(this.#onSilence, this.#timeoutMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
