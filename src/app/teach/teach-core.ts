import type { Remote } from 'comlink';
import type { UndoOffer } from '../../shared/contracts/notice';
import { EarmarkError, type Problem, problemOf } from '../../shared/contracts/problem';
import type { Settings } from '../../shared/contracts/settings';
import type { ModelInfo, TaggerApi } from '../../shared/contracts/tagger-api';
import type { ClipLibrary } from '../../store/clips/clip-library';
import type { EmbeddingCache } from '../../store/clips/embedding-cache';
import { DATABASE_NAME, Database, STORE_CHANGE_EVENT, STORE_CUT_EVENT } from '../../store/database';
import type { HeadLibrary } from '../../store/head-library';
import type { SetAside } from '../../store/set-aside';
import { storageRoom } from '../../store/storage-room';
import { StoreWriter, WRITER_EVENT } from '../../store/store-writer';
import { whenCalled } from '../../store/when-called';
import { saveFile } from '../files/save-file';
import { type Change, StateHolder } from '../state-holder';
import { type PlaySound, playSound } from './player';
import { emptyTeachState, type TeachState } from './teach-state';

/** The lists are read again this long after a change, so that an import of thousands does not read them each time. */
const REFRESH_MS = 150;
const REFRESH_WHILE_IMPORTING_MS = 2000;

/** What teaching is made of; tests pass their own. */
export interface TeachParts {
  /** Tells what this tab and others change. */
  readonly database: EventTarget;
  /** Tells whether this tab may change what is stored. */
  readonly writer: Pick<StoreWriter, 'mayWrite' | 'require' | 'addEventListener'>;
  readonly library: ClipLibrary;
  readonly heads: HeadLibrary;
  readonly embeddings: EmbeddingCache;
  readonly setAside: Pick<SetAside, 'list' | 'export' | 'remove'>;
  readonly storageRoom: typeof storageRoom;
  readonly play: PlaySound;
  readonly saveFile: typeof saveFile;
}

/** The real parts. */
export function teachParts(): TeachParts {
  const writer = new StoreWriter();
  const database = new Database(DATABASE_NAME, writer);
  return {
    database,
    writer,
    library: whenCalled(async () => new (await import('../../store/clips/clip-library')).ClipLibrary(database)),
    heads: whenCalled(async () => new (await import('../../store/head-library')).HeadLibrary(database)),
    embeddings: whenCalled(
      async () => new (await import('../../store/clips/embedding-cache')).EmbeddingCache(database),
    ),
    setAside: whenCalled(async () => new (await import('../../store/set-aside')).SetAside(database)),
    storageRoom,
    play: playSound,
    saveFile,
  };
}

/** What teaching needs of the app. */
export interface TeachHost {
  readonly settings: Settings;
  changeSettings(change: Partial<Settings>): Promise<void>;
  /** The models that can be chosen. @throws EarmarkError where the list cannot be read. */
  modelNames(): Promise<readonly string[]>;
}

/** A worker with a model. `lost` rejects when it ends: its own answers would never come. */
export interface Tagging {
  readonly api: Remote<TaggerApi>;
  readonly model: ModelInfo;
  readonly lost: Promise<never>;
  readonly lose: (error: Error) => void;
}

/** What was deleted and can come back. */
export interface Removal {
  restore(): Promise<unknown>;
  discard(): Promise<void>;
}

/** What all of teaching stands on: the one state, what is stored, the undo, and problems. */
export abstract class TeachCore {
  readonly #holder = new StateHolder<TeachState>(emptyTeachState);
  readonly subscribe = this.#holder.subscribe;
  protected readonly parts: TeachParts;
  protected readonly host: TeachHost;
  protected tagging: Tagging | undefined;
  #opened: Promise<void> | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #removal: Removal | undefined;

  constructor(parts: TeachParts, host: TeachHost) {
    this.parts = parts;
    this.host = host;
    parts.database.addEventListener(STORE_CHANGE_EVENT, () => this.#refreshSoon());
    parts.database.addEventListener(STORE_CUT_EVENT, () => void this.attempt(() => this.#lookForLoss()));
    // Also what could not be read before, because it had to be created first.
    parts.writer.addEventListener(WRITER_EVENT, () => {
      this.#opened = undefined;
      void this.open();
    });
  }

  get state(): TeachState {
    return this.#holder.state;
  }

  /** Reads what is stored, once; without a store everything else goes on, and the next call tries again. */
  open(): Promise<void> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<void> {
    try {
      const writer = await this.parts.writer.mayWrite();
      if (writer) await this.parts.library.tidy();
      await this.refresh();
      this.change({ storage: 'ready', elsewhere: !writer });
      this.change({ setAside: await this.parts.setAside.list() });
    } catch (error) {
      this.#opened = undefined;
      this.change({ storage: 'missing' });
      this.fail(error);
    }
  }

  undo(): Promise<void> {
    return this.attempt(async () => {
      const removal = this.#removal;
      await removal?.restore();
      this.#removal = undefined;
      this.change({ undo: undefined });
      await this.refresh();
    });
  }

  forgetUndo(): Promise<void> {
    return this.attempt(async () => {
      const removal = this.#removal;
      this.#removal = undefined;
      this.change({ undo: undefined });
      await removal?.discard();
      await this.refresh();
    });
  }

  dismissNotice(): void {
    this.change({ notice: undefined, justKept: undefined });
  }

  dismissProblems(): void {
    this.change({ problems: [] });
  }

  /** Offers an undo in place of the one before, which is given up. */
  protected async replaceRemoval(removal: Removal, undo: UndoOffer): Promise<void> {
    const before = this.#removal;
    this.#removal = removal;
    this.change({ undo });
    await before?.discard();
  }

  /** @throws EarmarkError model-not-loaded. */
  protected worker(): Tagging {
    if (this.tagging) return this.tagging;
    throw new EarmarkError({ code: 'model-not-loaded' });
  }

  /** Reads the lists anew. */
  protected async refresh(): Promise<void> {
    const { library, heads } = this.parts;
    const [clips, labels, headList, room] = await Promise.all([
      library.list(),
      library.labels(),
      heads.list(),
      this.parts.storageRoom(),
    ]);
    this.change({ clips, labels, heads: headList, ...(room ? { room } : {}) });
  }

  /** The connection to the store was cut: tells where that, or what is behind it, took everything along. */
  async #lookForLoss(): Promise<void> {
    if (this.state.storage !== 'ready') return;
    const had = this.state.clips.length + this.state.heads.length;
    await this.refresh();
    if (had === 0 || this.state.clips.length + this.state.heads.length > 0) return;
    throw new EarmarkError({ code: 'storage-evicted' });
  }

  #refreshSoon(): void {
    if (this.state.storage !== 'ready' || this.#refreshTimer !== undefined) return;
    const wait = this.state.transfer ? REFRESH_WHILE_IMPORTING_MS : REFRESH_MS;
    this.#refreshTimer = setTimeout(() => {
      this.#refreshTimer = undefined;
      void this.attempt(() => this.refresh());
    }, wait);
  }

  /** Does something that may fail; what it throws is shown to the person. */
  protected async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(error);
    }
  }

  protected fail(error: unknown): void {
    this.report([problemOf(error)]);
  }

  /** Adds problems to those that the page shows; what is said there already is not said twice. */
  protected report(problems: readonly Problem[]): void {
    const shown = new Set(this.state.problems.map((problem) => JSON.stringify(problem)));
    const fresh = problems.map(forTeaching).filter((problem) => !shown.has(JSON.stringify(problem)));
    if (fresh.length > 0) this.change({ problems: [...this.state.problems, ...fresh] });
  }

  protected change(change: Change<TeachState>): void {
    this.#holder.change(change);
  }
}

/** Here nothing has to be restarted: what failed left everything as it was. */
function forTeaching(problem: Problem): Problem {
  return problem.code === 'unexpected' ? { ...problem, code: 'command-failed' } : problem;
}
