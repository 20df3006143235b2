/** Whether this browser can keep the screen on. */
export function canKeepScreenOn(): boolean {
  return 'wakeLock' in navigator;
}

/**
 * Keeps the screen on. The browser releases the lock whenever the page is hidden, so it is requested again when the
 * page is shown.
 */
export class ScreenWakeLock {
  #wanted = false;
  #asking = false;
  #sentinel: WakeLockSentinel | undefined;

  constructor() {
    document.addEventListener('visibilitychange', () => void this.#ask());
  }

  hold(): void {
    this.#wanted = true;
    void this.#ask();
  }

  release(): void {
    this.#wanted = false;
    void this.#sentinel?.release();
    this.#sentinel = undefined;
  }

  async #ask(): Promise<void> {
    const held = this.#sentinel?.released === false;
    if (!this.#wanted || held || this.#asking || document.hidden || !canKeepScreenOn()) return;
    this.#asking = true;
    try {
      this.#sentinel = await navigator.wakeLock.request('screen');
      if (!this.#wanted) this.release();
    } catch (error) {
      // If the battery is low, for example: the screen then turns off as usual, and listening goes on.
      console.warn('The browser does not keep the screen on:', error);
    } finally {
      this.#asking = false;
    }
  }
}
