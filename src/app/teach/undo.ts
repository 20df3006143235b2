import type { UndoOffer } from '../../shared/contracts/messages/notice';
import type { StateHolder } from '../state-holder';
import type { Notices } from './notices';
import type { StoredLists } from './stored-lists';
import type { TeachState, UndoCommands } from './teach-state';

/** What was changed and can be taken back. */
export interface Removal {
  restore(): Promise<unknown>;
  /** Gives up what could have come back. */
  discard(): Promise<void>;
}

/** Takes back what was done last. */
export class Undo implements UndoCommands {
  readonly #holder: StateHolder<TeachState>;
  readonly #notices: Notices;
  readonly #lists: StoredLists;
  #removal: Removal | undefined;

  constructor(holder: StateHolder<TeachState>, notices: Notices, lists: StoredLists) {
    this.#holder = holder;
    this.#notices = notices;
    this.#lists = lists;
  }

  /** Offers an undo in place of the one before, which is given up. */
  async offer(removal: Removal, undo: UndoOffer): Promise<void> {
    const before = this.#removal;
    this.#removal = removal;
    this.#holder.change({ undo });
    await before?.discard();
  }

  take(): Promise<void> {
    return this.#notices.attempt(async () => {
      await this.#removal?.restore();
      this.#forget();
      await this.#lists.refresh();
    });
  }

  forget(): Promise<void> {
    return this.#notices.attempt(async () => {
      const removal = this.#removal;
      this.#forget();
      await removal?.discard();
      await this.#lists.refresh();
    });
  }

  #forget(): void {
    this.#removal = undefined;
    this.#holder.change({ undo: undefined });
  }
}
