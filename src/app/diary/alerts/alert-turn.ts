const LOCK_NAME = 'earmark.alerts';

/** Ensures that of all windows that listen only one alerts: the first, until it stops listening or is closed. */
export class AlertTurn {
  readonly #locks: LockManager | undefined;
  #ending: AbortController | undefined;
  #isMine = false;

  /** @param locks of the browser; without any, as in old browsers, every window alerts. */
  constructor(locks: LockManager | undefined = globalThis.navigator?.locks) {
    this.#locks = locks;
  }

  get isMine(): boolean {
    return this.#isMine;
  }

  /** This window wants to alert from now on. */
  want(): void {
    if (this.#ending) return;
    const ending = new AbortController();
    this.#ending = ending;
    if (!this.#locks) {
      this.#isMine = true;
      return;
    }
    const { signal } = ending;
    const hold = (): Promise<void> => {
      this.#isMine = !signal.aborted;
      return new Promise((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve());
      });
    };
    // Rejected if it is given up before it came.
    this.#locks.request(LOCK_NAME, { signal }, hold).catch(() => {});
  }

  /** Leaves alerting to others. */
  giveUp(): void {
    this.#ending?.abort();
    this.#ending = undefined;
    this.#isMine = false;
  }
}
