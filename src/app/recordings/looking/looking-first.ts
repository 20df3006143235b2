import { LOOKING_LOCK } from '../../../shared/contracts/recordings/recordings-api';

/** Who looks around soon asks for more. */
const LINGER_MS = 500;

/** Lets what copies in the background wait, in all windows, while the picture of a recording waits for tiles. */
export class LookingFirst {
  readonly #locks: LockManager | undefined;
  #tiles = 0;
  /** Gives the lock back. */
  #release: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(locks: LockManager | undefined = globalThis.navigator?.locks) {
    this.#locks = locks;
  }

  /** Goes first with something that the picture waits for. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#tiles++;
    this.#hold();
    try {
      return await work();
    } finally {
      this.#tiles--;
      if (this.#tiles === 0) this.#timer = setTimeout(() => this.end(), LINGER_MS);
    }
  }

  /** Nobody looks any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#release?.();
    this.#release = undefined;
  }

  #hold(): void {
    clearTimeout(this.#timer);
    if (this.#release) return;
    const released = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    void this.#locks?.request(LOOKING_LOCK, { mode: 'shared' }, () => released);
  }
}
