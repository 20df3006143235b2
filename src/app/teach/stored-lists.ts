import { EarmarkError } from '../../shared/contracts/messages/problem';
import { STORE_CHANGE_EVENT, STORE_CUT_EVENT } from '../../store/database';
import { WRITER_EVENT } from '../../store/store-writer';
import type { StateHolder } from '../state-holder';
import type { Notices } from './notices';
import type { TaggerLink } from './tagger-link';
import type { TeachHost, TeachParts } from './teach-parts';
import type { TeachState } from './teach-state';

/**
 * Delay after a change before the lists are read again, so that importing thousands of clips does not reread them each
 * time.
 */
const REFRESH_MS = 150;
const REFRESH_WHILE_IMPORTING_MS = 2000;

/** What all parts of Teach work with: what they are given, the state they change, and the ways to person, store and worker. */
export interface TeachShared {
  readonly parts: TeachParts;
  readonly host: TeachHost;
  readonly holder: StateHolder<TeachState>;
  readonly notices: Notices;
  readonly lists: StoredLists;
  readonly tagger: TaggerLink;
}

/** Keeps the state's lists in sync with the store, whichever tab changes it. */
export class StoredLists {
  readonly #parts: TeachParts;
  readonly #holder: StateHolder<TeachState>;
  readonly #notices: Notices;
  #opened: Promise<void> | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: TeachParts, holder: StateHolder<TeachState>, notices: Notices) {
    this.#parts = parts;
    this.#holder = holder;
    this.#notices = notices;
    parts.database.addEventListener(STORE_CHANGE_EVENT, () => this.#refreshSoon());
    parts.database.addEventListener(STORE_CUT_EVENT, () => void notices.attempt(() => this.#lookForLoss()));
    // Also what could not be read before, because it had to be created first.
    parts.writer.addEventListener(WRITER_EVENT, () => {
      this.#opened = undefined;
      void this.open();
    });
  }

  /** Reads what is stored, once. Without a store everything else still works, and the next call tries again. */
  open(): Promise<void> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<void> {
    try {
      const writer = await this.#parts.writer.mayWrite();
      if (writer) await this.#parts.library.tidy();
      await this.refresh();
      this.#holder.change({ storage: 'ready', elsewhere: !writer });
      this.#holder.change({ setAside: await this.#parts.setAside.list() });
    } catch (error) {
      this.#opened = undefined;
      this.#holder.change({ storage: 'missing' });
      this.#notices.fail(error);
    }
  }

  /** Reads the lists again. */
  async refresh(): Promise<void> {
    const { library, heads, storageRoom } = this.#parts;
    const [clips, labels, headList, room] = await Promise.all([
      library.list(),
      library.labels(),
      heads.list(),
      storageRoom(),
    ]);
    this.#holder.change({ clips, labels, heads: headList, ...(room ? { room } : {}) });
  }

  /** The connection to the store was cut: reports if that, or its cause, deleted everything. */
  async #lookForLoss(): Promise<void> {
    if (this.#holder.state.storage !== 'ready') return;
    const had = this.#count();
    await this.refresh();
    if (had > 0 && this.#count() === 0) throw new EarmarkError({ code: 'storage-evicted' });
  }

  #count(): number {
    const { clips, heads } = this.#holder.state;
    return clips.length + heads.length;
  }

  #refreshSoon(): void {
    const { storage, transfer } = this.#holder.state;
    if (storage !== 'ready' || this.#refreshTimer !== undefined) return;
    const wait = transfer ? REFRESH_WHILE_IMPORTING_MS : REFRESH_MS;
    this.#refreshTimer = setTimeout(() => {
      this.#refreshTimer = undefined;
      void this.#notices.attempt(() => this.refresh());
    }, wait);
  }
}
