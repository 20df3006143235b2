import type { IDBPDatabase, IDBPObjectStore, IDBPTransaction, StoreNames } from 'idb';
import type { Schema } from './schema';
import { blockedError, openError, workError } from './storage-errors';
import type { StoreWriter } from './store-writer';

/** Name of the database, and of the channel on which tabs report their changes to each other. */
export const DATABASE_NAME = 'earmark';

/** Delays before the database is opened again, while the browser is still deleting its contents. */
const REOPEN_AFTER_MS = [50, 200, 1000];

type StoreName = StoreNames<Schema>;

/** The stores that people see. The others are derived from these. */
export type ShownStore = 'clips' | 'labels' | 'heads';

const shownStores: readonly ShownStore[] = ['clips', 'labels', 'heads'];

/** A transaction over the named stores. One over more stores can be passed where fewer are needed. */
export interface Transaction<Names extends StoreName, Mode extends 'readonly' | 'readwrite' = 'readwrite'> {
  objectStore<Name extends Names>(name: Name): IDBPObjectStore<Schema, StoreName[], Name, Mode>;
}

/** Fired on the {@link Database} when this tab or another one has changed something. */
export const STORE_CHANGE_EVENT = 'storechange';

/**
 * Fired on the {@link Database} when the browser cut the connection, or another page claimed the database. It may be
 * empty now, because the browser needed space, or the person cleared the page's data.
 */
export const STORE_CUT_EVENT = 'storecut';

export class StoreChangeEvent extends Event {
  constructor(readonly stores: readonly ShownStore[]) {
    super(STORE_CHANGE_EVENT);
  }
}

interface Connection {
  readonly opened: Promise<IDBPDatabase<Schema>>;
  /** Rejects when another tab keeps the database from being opened. */
  readonly blocked: Promise<never>;
}

/**
 * Earmark's database in the browser (IndexedDB). Opens itself on first use, and again after the browser cut the
 * connection.
 *
 * Steps aside for a newer version of Earmark in another tab: from then on everything fails with storage-newer.
 */
export class Database extends EventTarget {
  /** Ids of samples found not to be sound during this visit. Samples are never changed, so this stays true. */
  readonly notSound = new Set<IDBValidKey>();
  readonly #name: string;
  readonly #channel: BroadcastChannel;
  readonly #writer: Pick<StoreWriter, 'require'> | undefined;
  #connection: Connection | undefined;
  #isClosed = false;

  /**
   * @param name other names are for tests.
   * @param writer says whether this tab may write; without it, it may.
   */
  constructor(name = DATABASE_NAME, writer?: Pick<StoreWriter, 'require'>) {
    super();
    this.#writer = writer;
    this.#name = name;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<ShownStore[]>) => this.dispatchEvent(new StoreChangeEvent(data));
  }

  /**
   * Reads in one transaction, so that the results are consistent. `work` may await nothing but requests of
   * `transaction`.
   *
   * @throws EarmarkError storage-missing, storage-newer, storage-blocked or storage-failed.
   */
  read<Names extends StoreName, Result>(
    stores: Names[],
    work: (transaction: Transaction<Names, 'readonly'>) => Promise<Result>,
  ): Promise<Result> {
    return this.#run(stores, 'readonly', work);
  }

  /**
   * Writes in one transaction: all of it or, if anything fails, nothing. Resolves once it is on disk.
   *
   * `work` may await nothing but requests of `transaction`.
   *
   * @param durability `relaxed` writes do not wait for the disk: a crash of the page or the browser loses nothing, one of
   * the device may lose the last seconds. @throws EarmarkError as `read`, storage-full and storage-elsewhere; an error thrown by `work` is passed on.
   */
  async write<Names extends StoreName, Result>(
    stores: Names[],
    work: (transaction: Transaction<Names>) => Promise<Result>,
    durability: 'strict' | 'relaxed' = 'strict',
  ): Promise<Result> {
    await this.#writer?.require();
    const result = await this.#run(stores, 'readwrite', work, durability);
    const shown = shownStores.filter((store) => (stores as StoreName[]).includes(store));
    if (shown.length > 0) {
      this.dispatchEvent(new StoreChangeEvent(shown));
      this.#channel.postMessage(shown);
    }
    return result;
  }

  /**
   * Closes the connection for good and stops listening to other tabs. Pending writes are completed; everything later
   * fails, so that a forgotten timer opens nothing any more.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#channel.close();
    const connection = this.#connection;
    this.#connection = undefined;
    (await connection?.opened)?.close();
  }

  async #run<Names extends StoreName, Mode extends 'readonly' | 'readwrite', Result>(
    stores: Names[],
    mode: Mode,
    work: (transaction: Transaction<Names, Mode>) => Promise<Result>,
    durability: 'strict' | 'relaxed' = 'strict',
  ): Promise<Result> {
    const transaction = await this.#begin(stores, mode, durability);
    // Awaited below. Without this, a failure of `work` would leave it unhandled.
    const done = transaction.done.catch((error: unknown) => ({ error }));
    try {
      const result = await work(transaction);
      const failure = await done;
      if (failure) throw failure.error;
      return result;
    } catch (error) {
      abort(transaction);
      await done;
      // The transaction's error is more precise than that of a request cut off by its end.
      throw workError(transaction.error ?? error);
    }
  }

  async #begin<Mode extends 'readonly' | 'readwrite'>(
    stores: StoreName[],
    mode: Mode,
    durability: 'strict' | 'relaxed',
  ): Promise<IDBPTransaction<Schema, StoreName[], Mode>> {
    const begin = (database: IDBPDatabase<Schema>): IDBPTransaction<Schema, StoreName[], Mode> =>
      database.transaction<StoreName[], Mode>(stores, mode, { durability });
    const database = await this.#open();
    const connection = this.#connection;
    try {
      return begin(database);
    } catch (error) {
      if ((error as DOMException).name !== 'InvalidStateError' || !connection) throw workError(error);
    }
    // It was cut a moment ago, and the browser has not reported it yet.
    this.#forget(connection);
    const reopened = await this.#open();
    try {
      return begin(reopened);
    } catch (error) {
      throw workError(error);
    }
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    if (this.#isClosed) throw openError(new Error('the database was closed'));
    this.#connection ??= this.#connect();
    const { opened, blocked } = this.#connection;
    return Promise.race([opened, blocked]);
  }

  #connect(): Connection {
    let block: (error: Error) => void = () => {};
    const blocked = new Promise<never>((_, reject) => {
      block = reject;
    });
    const open = async ([waitMs, ...later] = REOPEN_AFTER_MS): Promise<IDBPDatabase<Schema>> => {
      try {
        // The first paint does not need it.
        const [{ openDB }, { migrate, SCHEMA_VERSION }] = await Promise.all([import('idb'), import('./schema')]);
        return await openDB<Schema>(this.#name, SCHEMA_VERSION, {
          upgrade: (database, from, _, upgrade) => migrate(database, upgrade, from),
          blocked: () => block(blockedError()),
          blocking: () => void this.#stepAside(connection),
          terminated: () => this.#cut(connection),
        });
      } catch (error) {
        if ((error as DOMException).name === 'AbortError' && waitMs !== undefined) {
          await new Promise((resolve) => setTimeout(resolve, waitMs));
          return open(later);
        }
        // The next call tries again.
        queueMicrotask(() => this.#forget(connection));
        throw openError(error);
      }
    };
    const connection = { opened: open(), blocked };
    return connection;
  }

  /** A newer version claims the database, or the person deletes the page's data. */
  async #stepAside(connection: Connection): Promise<void> {
    (await connection.opened).close();
    this.#cut(connection);
  }

  #cut(connection: Connection): void {
    this.#forget(connection);
    this.dispatchEvent(new Event(STORE_CUT_EVENT));
  }

  #forget(connection: Connection): void {
    if (this.#connection === connection) this.#connection = undefined;
  }
}

/** Rolls back, unless the transaction has already ended. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if ((error as DOMException).name !== 'InvalidStateError') throw error;
  }
}
