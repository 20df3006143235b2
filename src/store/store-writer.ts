import { EarmarkError } from '../shared/contracts/messages/problem';

/** Held by the tab that may write. */
export const STORE_LOCK = 'earmark.store';

/** Fired on the {@link StoreWriter} when this tab may write from now on, because the writing tab was closed. */
export const WRITER_EVENT = 'writer';

/**
 * Ensures that only one tab at a time writes to the database: the first one, until it is closed or crashes, then the
 * one that has waited longest. The others read.
 *
 * Two writing tabs would undo each other's work: one would delete what the other is importing, or could still restore.
 */
export class StoreWriter extends EventTarget {
  readonly #known: Promise<void>;
  #mayWrite = false;

  /** @param locks of the browser; without any, as in tests and old browsers, every tab may write. */
  constructor(locks: LockManager | undefined = globalThis.navigator?.locks) {
    super();
    this.#known = locks ? this.#ask(locks) : Promise.resolve();
    if (!locks) this.#mayWrite = true;
  }

  /** Whether this tab may write. */
  async mayWrite(): Promise<boolean> {
    await this.#known;
    return this.#mayWrite;
  }

  /** @throws EarmarkError storage-elsewhere if this tab may not write. */
  async require(): Promise<void> {
    if (await this.mayWrite()) return;
    throw new EarmarkError({ code: 'storage-elsewhere' });
  }

  /** Resolves once it is known whether another tab writes, then waits for that one to end. */
  #ask(locks: LockManager): Promise<void> {
    // Held until this tab ends.
    const keep = (): Promise<never> => {
      this.#mayWrite = true;
      return new Promise(() => {});
    };
    return new Promise((resolve) => {
      const asked = locks.request(STORE_LOCK, { ifAvailable: true }, (lock) => {
        resolve();
        if (lock) return keep();
        void locks.request(STORE_LOCK, () => {
          const kept = keep();
          this.dispatchEvent(new Event(WRITER_EVENT));
          return kept;
        });
        return undefined;
      });
      asked.catch(() => {
        // A browser that lets the page save nothing also refuses locks. Users of the database will get its error.
        this.#mayWrite = true;
        resolve();
      });
    });
  }
}
