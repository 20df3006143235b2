import { STORE_LOCK } from '../../store/store-writer';
import type { AppState } from '../state';

const LOCK_NAME = 'earmark.listening';

/** Lets windows know of one another which of them listen. */
export class ListeningWindows {
  readonly #locks: LockManager | undefined;
  /** Tells the others that this window no longer listens. */
  #end: (() => void) | undefined;

  /** @param locks of the browser; without any, as in old browsers, every window writes. */
  constructor(locks: LockManager | undefined = globalThis.navigator?.locks) {
    this.#locks = locks;
  }

  follow({ phase }: Pick<AppState, 'phase'>): void {
    const listens = phase === 'listening';
    if (listens === (this.#end !== undefined)) return;
    this.#end?.();
    this.#end = undefined;
    if (!listens) return;
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    // A browser that lets the page save nothing also refuses locks.
    this.#locks?.request(LOCK_NAME, { mode: 'shared' }, () => ended).catch(() => {});
  }

  /** Whether the window that writes is one of those that listen. */
  async hasWriter(): Promise<boolean> {
    const { held = [] } = (await this.#locks?.query()) ?? {};
    const writer = held.find(({ name }) => name === STORE_LOCK)?.clientId;
    return held.some(({ name, clientId }) => name === LOCK_NAME && clientId === writer);
  }
}
