import type { Notice } from '../../shared/contracts/messages/notice';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { Head } from '../../shared/contracts/model/head';
import type { Settings } from '../../shared/contracts/settings';
import { fileNameOf } from '../files/save-file';
import type { TeachShared } from './stored-lists';
import { type HeadCommands, SHIPPED_HEAD } from './teach-state';
import type { Undo } from './undo';

/** Which heads tag the sound. */
type HeadsChosen = Pick<Settings, 'head' | 'comparedHead'>;

/** The trained heads: which of them tag the sound, and their names. */
export class Heads implements HeadCommands {
  readonly #shared: TeachShared;
  readonly #undo: Undo;
  /** The notice about a chosen head that belongs to another model. */
  #waits: Notice | undefined;

  constructor(shared: TeachShared, undo: Undo) {
    this.#shared = shared;
    this.#undo = undo;
  }

  /** Applies the heads that the settings name. Heads that are gone or do not fit are replaced by the model's own. */
  async apply(): Promise<void> {
    const tagging = this.#shared.tagger.tagging;
    if (!tagging) return;
    const { head, comparedHead } = this.#shared.host.settings;
    try {
      // A few heads must not wait until thousands of clips are read. Another window may have trained one just now.
      if (this.#shared.holder.state.storage !== 'ready' || !this.#knows(head) || !this.#knows(comparedHead))
        this.#shared.holder.change({ heads: await this.#shared.parts.heads.list() });
      const { backbone } = tagging.model;
      const chosen = this.#headOf(head);
      const waits = chosen !== SHIPPED_HEAD && chosen.backbone !== backbone;
      this.#sayWaiting(waits ? chosen : undefined);
      const active = waits ? SHIPPED_HEAD : chosen;
      const activeId = waits ? SHIPPED_HEAD : head;
      // A second head that was deleted elsewhere, or belongs to another model, must not disable the active one.
      const fits = this.#shared.holder.state.heads.some(
        (other) => other.id === comparedHead && other.backbone === backbone,
      );
      const isThere = comparedHead === SHIPPED_HEAD || fits;
      const compared = isThere && comparedHead !== activeId ? this.#headOf(comparedHead) : undefined;
      await tagging.api.setHeads(compared === undefined ? [active] : [active, compared]);
      this.#shared.holder.change({ active: activeId, compared: compared === undefined ? undefined : comparedHead });
    } catch (error) {
      await tagging.api.setHeads([SHIPPED_HEAD]);
      this.#shared.holder.change({ active: SHIPPED_HEAD, compared: undefined });
      this.#shared.notices.fail(error);
    }
  }

  /** Says that the chosen head waits for its model, and withdraws that once none waits. */
  #sayWaiting(head: Head | undefined): void {
    if (this.#waits !== undefined && this.#shared.holder.state.notice === this.#waits)
      this.#shared.holder.change({ notice: undefined });
    this.#waits = head && { code: 'head-waits', head: head.name };
    if (this.#waits !== undefined) this.#shared.holder.change({ notice: this.#waits });
  }

  async use(id: string): Promise<void> {
    const compared = this.#shared.host.settings.comparedHead;
    await this.#shared.host.changeSettings({ head: id, comparedHead: compared === id ? '' : compared });
  }

  async compare(id: string | undefined): Promise<void> {
    await this.#shared.host.changeSettings({ comparedHead: id ?? '' });
  }

  rename(id: string, name: string): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      if (name.trim() === '') return;
      await this.#shared.parts.heads.rename(id, name);
      await this.#shared.lists.refresh();
    });
  }

  remove(id: string): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const head = this.#shared.holder.state.heads.find((candidate) => candidate.id === id);
      if (!head) return;
      const before = this.#choice;
      if (before.head === id) await this.use(SHIPPED_HEAD);
      if (before.comparedHead === id) await this.compare(undefined);
      const after = this.#choice;
      await this.#shared.parts.heads.remove(id);
      await this.#undo.offer(
        { restore: () => this.#bringBack(head, before, after) },
        { code: 'head-deleted', head: head.name },
      );
      await this.#shared.lists.refresh();
    });
  }

  get #choice(): HeadsChosen {
    const { head, comparedHead } = this.#shared.host.settings;
    return { head, comparedHead };
  }

  /** Restores a deleted head with its role, unless another one was chosen meanwhile. */
  async #bringBack(head: Head, before: HeadsChosen, after: HeadsChosen): Promise<number> {
    await this.#shared.parts.heads.add(head);
    await this.#shared.lists.refresh();
    const now = this.#choice;
    if (now.head !== after.head || now.comparedHead !== after.comparedHead) return 0;
    await this.#shared.host.changeSettings(before);
    return 0;
  }

  export(id: string): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const tagging = this.#shared.tagger.require();
      const head = this.#headOf(id) as Head;
      const file = fileNameOf(`${head.name} head`, 'zip');
      this.#shared.parts.saveFile(await tagging.ask((api) => api.exportHead(head)), file);
      this.#shared.holder.change({ notice: { code: 'head-exported', head: head.name, file } });
    });
  }

  #knows(id: string): boolean {
    return [SHIPPED_HEAD, ''].includes(id) || this.#shared.holder.state.heads.some((head) => head.id === id);
  }

  #headOf(id: string): 'shipped' | Head {
    if (id === SHIPPED_HEAD) return SHIPPED_HEAD;
    const head = this.#shared.holder.state.heads.find((candidate) => candidate.id === id);
    if (head) return head;
    throw new EarmarkError({ code: 'head-gone' });
  }
}
