import type { UndoOffer } from '../../shared/contracts/messages/notice';
import type { RemovedClips } from '../../store/clips/removed-clips';
import type { StateHolder } from '../state-holder';
import type { Notices } from './notices';
import type { StoredLists } from './stored-lists';
import type { TeachState, UndoCommands } from './teach-state';

/** Older steps are given up, because deleted data takes up storage until then. */
const MOST_STEPS = 20;

/** A change that can be undone. */
export interface UndoStep {
  /**
   * Undoes this step's change, and nothing that was changed after it.
   *
   * @returns how many clips stay as they are because they were changed again.
   */
  restore(): Promise<number>;
  /** Gives up what could have been restored. */
  discard?(): Promise<void>;
}

interface Entry {
  readonly step: UndoStep;
  readonly undo: UndoOffer;
}

/** Restores deleted clips, except those whose sound was kept again since. */
export function removalStep(removed: RemovedClips): UndoStep {
  return {
    restore: async () => removed.clips.length - (await removed.restore()).length,
    discard: () => removed.discard(),
  };
}

/** The undo history: steps are independent, newest first. */
export class Undo implements UndoCommands {
  readonly #holder: StateHolder<TeachState>;
  readonly #notices: Notices;
  readonly #lists: StoredLists;
  #history: readonly Entry[] = [];
  /** A second press waits for the first: a step can be compared only once the one after it is undone. */
  #last: Promise<void> = Promise.resolve();

  constructor(holder: StateHolder<TeachState>, notices: Notices, lists: StoredLists) {
    this.#holder = holder;
    this.#notices = notices;
    this.#lists = lists;
  }

  /** Offers an undo. Earlier ones are offered again once it is used. */
  async offer(step: UndoStep, undo: UndoOffer): Promise<void> {
    const history = [...this.#history, { step, undo }];
    this.#show(history.slice(-MOST_STEPS));
    for (const { step: old } of history.slice(0, -MOST_STEPS)) await old.discard?.();
  }

  take(): Promise<void> {
    return this.#inTurn(async () => {
      const newest = this.#history.at(-1);
      if (!newest) return;
      const changedSince = await newest.step.restore();
      this.#show(this.#history.filter((entry) => entry !== newest));
      if (changedSince > 0) this.#holder.change({ notice: { code: 'undone-in-part', changedSince } });
      await this.#lists.refresh();
    });
  }

  forget(): Promise<void> {
    return this.#inTurn(async () => {
      const history = this.#history;
      this.#show([]);
      for (const { step } of history) await step.discard?.();
      await this.#lists.refresh();
    });
  }

  #show(history: readonly Entry[]): void {
    this.#history = history;
    this.#holder.change({ undo: history.at(-1)?.undo, undoSteps: history.length });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(() => this.#notices.attempt(work));
    return this.#last;
  }
}
