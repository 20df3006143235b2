import type { Notice } from '../../shared/contracts/messages/notice';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { Head } from '../../shared/contracts/model/head';
import type { Settings } from '../../shared/contracts/settings';
import { fileNameOf } from '../files/save-file';
import type { StateHolder } from '../state-holder';
import type { Notices } from './notices';
import type { StoredLists } from './stored-lists';
import type { TaggerLink } from './tagger-link';
import type { TeachHost, TeachParts } from './teach-parts';
import { type HeadCommands, SHIPPED_HEAD, type TeachState } from './teach-state';
import type { Undo } from './undo';

/** Which heads tag the sound. */
type HeadsChosen = Pick<Settings, 'head' | 'comparedHead'>;

/** The trained heads: which of them tag the sound, and their names. */
export class Heads implements HeadCommands {
  readonly #parts: TeachParts;
  readonly #host: TeachHost;
  readonly #holder: StateHolder<TeachState>;
  readonly #notices: Notices;
  readonly #lists: StoredLists;
  readonly #undo: Undo;
  readonly #tagger: TaggerLink;
  /** The notice about a chosen head that belongs to another model. */
  #waits: Notice | undefined;

  constructor(
    parts: TeachParts,
    host: TeachHost,
    holder: StateHolder<TeachState>,
    notices: Notices,
    lists: StoredLists,
    undo: Undo,
    tagger: TaggerLink,
  ) {
    this.#parts = parts;
    this.#host = host;
    this.#holder = holder;
    this.#notices = notices;
    this.#lists = lists;
    this.#undo = undo;
    this.#tagger = tagger;
  }

  /** A worker has loaded a model: the chosen heads are applied before anything is tagged. Never fails. */
  async begin(): Promise<void> {
    this.#holder.change({ active: SHIPPED_HEAD, compared: undefined });
    const { head, comparedHead } = this.#choice;
    if (head !== SHIPPED_HEAD || comparedHead !== '') await this.apply();
  }

  /** Applies the heads that the settings name. Heads that are gone or do not fit are replaced by the model's own. */
  async apply(): Promise<void> {
    const tagging = this.#tagger.tagging;
    if (!tagging) return;
    const { head, comparedHead } = this.#host.settings;
    try {
      // A few heads must not wait until thousands of clips are read.
      if (this.#holder.state.storage !== 'ready') this.#holder.change({ heads: await this.#parts.heads.list() });
      const { backbone } = tagging.model;
      const chosen = this.#headOf(head);
      const waits = chosen !== SHIPPED_HEAD && chosen.backbone !== backbone;
      this.#sayWaiting(waits ? chosen : undefined);
      const active = waits ? SHIPPED_HEAD : chosen;
      const activeId = waits ? SHIPPED_HEAD : head;
      // A second head that was deleted elsewhere, or belongs to another model, must not disable the active one.
      const fits = this.#holder.state.heads.some((other) => other.id === comparedHead && other.backbone === backbone);
      const isThere = comparedHead === SHIPPED_HEAD || fits;
      const compared = isThere && comparedHead !== activeId ? this.#headOf(comparedHead) : undefined;
      await tagging.api.setHeads(compared === undefined ? [active] : [active, compared]);
      this.#holder.change({ active: activeId, compared: compared === undefined ? undefined : comparedHead });
    } catch (error) {
      await tagging.api.setHeads([SHIPPED_HEAD]);
      this.#holder.change({ active: SHIPPED_HEAD, compared: undefined });
      this.#notices.fail(error);
    }
  }

  /** Says that the chosen head waits for its model, and withdraws that once none waits. */
  #sayWaiting(head: Head | undefined): void {
    if (this.#waits !== undefined && this.#holder.state.notice === this.#waits)
      this.#holder.change({ notice: undefined });
    this.#waits = head && { code: 'head-waits', head: head.name };
    if (this.#waits !== undefined) this.#holder.change({ notice: this.#waits });
  }

  async use(id: string): Promise<void> {
    const compared = this.#host.settings.comparedHead;
    await this.#host.changeSettings({ head: id, comparedHead: compared === id ? '' : compared });
  }

  async compare(id: string | undefined): Promise<void> {
    await this.#host.changeSettings({ comparedHead: id ?? '' });
  }

  rename(id: string, name: string): Promise<void> {
    return this.#notices.attempt(async () => {
      if (name.trim() === '') return;
      await this.#parts.heads.rename(id, name);
      await this.#lists.refresh();
    });
  }

  remove(id: string): Promise<void> {
    return this.#notices.attempt(async () => {
      const head = this.#holder.state.heads.find((candidate) => candidate.id === id);
      if (!head) return;
      const before = this.#choice;
      if (before.head === id) await this.use(SHIPPED_HEAD);
      if (before.comparedHead === id) await this.compare(undefined);
      const after = this.#choice;
      await this.#parts.heads.remove(id);
      await this.#undo.offer(
        { restore: () => this.#bringBack(head, before, after) },
        { code: 'head-deleted', head: head.name },
      );
      await this.#lists.refresh();
    });
  }

  get #choice(): HeadsChosen {
    const { head, comparedHead } = this.#host.settings;
    return { head, comparedHead };
  }

  /** Restores a deleted head with its role, unless another one was chosen meanwhile. */
  async #bringBack(head: Head, before: HeadsChosen, after: HeadsChosen): Promise<number> {
    await this.#parts.heads.add(head);
    await this.#lists.refresh();
    const now = this.#choice;
    if (now.head !== after.head || now.comparedHead !== after.comparedHead) return 0;
    await this.#host.changeSettings(before);
    return 0;
  }

  export(id: string): Promise<void> {
    return this.#notices.attempt(async () => {
      const tagging = this.#tagger.require();
      const head = this.#headOf(id) as Head;
      const file = fileNameOf(`${head.name} head`, 'zip');
      this.#parts.saveFile(await tagging.ask((api) => api.exportHead(head)), file);
      this.#holder.change({ notice: { code: 'head-exported', head: head.name, file } });
    });
  }

  #headOf(id: string): 'shipped' | Head {
    if (id === SHIPPED_HEAD) return SHIPPED_HEAD;
    const head = this.#holder.state.heads.find((candidate) => candidate.id === id);
    if (head) return head;
    throw new EarmarkError({ code: 'head-gone' });
  }
}
