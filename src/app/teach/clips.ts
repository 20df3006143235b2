import type { TaughtLabel } from '../../shared/contracts/clip';
import type { ClipsChange } from '../../store/clips/clip-library';
import type { StateHolder } from '../state-holder';
import { type Drafts, named } from './drafts';
import type { Notices } from './notices';
import type { StoredLists } from './stored-lists';
import type { TeachParts } from './teach-parts';
import type { ClipCommands, TeachState } from './teach-state';
import { removalStep, type Undo } from './undo';

/** Changes, names and deletes clips and labels of the library. All of it can be undone. */
export class Clips implements ClipCommands {
  readonly #parts: TeachParts;
  readonly #holder: StateHolder<TeachState>;
  readonly #notices: Notices;
  readonly #lists: StoredLists;
  readonly #undo: Undo;
  readonly #drafts: Drafts;

  constructor(
    parts: TeachParts,
    holder: StateHolder<TeachState>,
    notices: Notices,
    lists: StoredLists,
    undo: Undo,
    drafts: Drafts,
  ) {
    this.#parts = parts;
    this.#holder = holder;
    this.#notices = notices;
    this.#lists = lists;
    this.#undo = undo;
    this.#drafts = drafts;
  }

  relabel(ids: readonly string[], change: ClipsChange): Promise<void> {
    return this.#changeMany(ids, change, 'labels-changed');
  }

  acceptLabels(ids: readonly string[]): Promise<void> {
    return this.#changeMany(ids, { reviewed: true }, 'labels-accepted');
  }

  renameLabel(id: string, to: TaughtLabel): Promise<void> {
    return this.#notices.attempt(async () => {
      const before = this.#holder.state.labels.find((label) => label.id === id);
      const renamed = await this.#parts.library.renameLabel(id, to);
      await this.#undo.offer(renamed, {
        code: renamed.merged ? 'labels-merged' : 'label-renamed',
        before: before ?? { id, name: id },
        now: renamed.label,
      });
      await this.#lists.refresh();
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.#notices.attempt(async () => {
      const { clips, draft } = this.#holder.state;
      const only = ids.length === 1 ? clips.find(({ id }) => id === ids[0]) : undefined;
      await this.#undo.offer(
        removalStep(await this.#parts.library.remove(ids)),
        only ? { code: 'clip-deleted', clip: named(only) } : { code: 'clips-deleted', clips: ids.length },
      );
      if (draft?.clip && ids.includes(draft.clip.id)) this.#drafts.close();
      await this.#lists.refresh();
    });
  }

  async discardDraft(): Promise<void> {
    const clip = this.#holder.state.draft?.clip;
    this.#drafts.close();
    if (clip) await this.remove([clip.id]);
  }

  exportSetAside(): Promise<void> {
    return this.#notices.attempt(async () =>
      this.#parts.saveFile(await this.#parts.setAside.export(), 'earmark-damaged.zip'),
    );
  }

  deleteSetAside(): Promise<void> {
    return this.#notices.attempt(async () => {
      await this.#parts.setAside.remove();
      this.#holder.change({ setAside: await this.#parts.setAside.list() });
    });
  }

  #changeMany(ids: readonly string[], change: ClipsChange, done: 'labels-changed' | 'labels-accepted'): Promise<void> {
    return this.#notices.attempt(async () => {
      const changed = await this.#parts.library.updateMany(ids, change);
      await this.#undo.offer(changed, { code: done, clips: changed.now.length });
      await this.#lists.refresh();
    });
  }
}
