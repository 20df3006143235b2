import { isSound } from '../shared/lib/files/wav';
import { writeZip, type ZipPart } from '../shared/lib/files/zip-archive';
import { Pauses } from '../shared/lib/pause';
import { faultOfRow, nameOfRow, type RowFault } from './damage';
import { type Database, StoreChangeEvent, type Transaction } from './database';
import { jsonBytes } from './raw-json';
import { type CheckedStore, rowSchemas } from './row-schemas';

/** An unusable row, which is shown in no list. */
export interface BadRow {
  readonly store: CheckedStore;
  readonly key: IDBValidKey;
  /** What a person may recognise it by: its name or its key. */
  readonly name: string;
  /** Which part of it is wrong. */
  readonly where: string;
  /** `sound-missing`: the clip's samples are missing. `not-sound`: something else is in their place. */
  readonly why: RowFault['why'] | 'sound-missing' | 'not-sound';
}

const stores: CheckedStore[] = ['clips', 'labels', 'heads'];

/** The unusable rows of the database. Fails like `ClipLibrary`. */
export class SetAside {
  readonly #database: Database;
  #looked: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The first call of a visit looks at all samples, which takes the browser a few milliseconds a clip. */
  async list(): Promise<BadRow[]> {
    this.#looked ??= lookAtSamples(this.#database);
    await this.#looked.catch((error: unknown) => {
      this.#looked = undefined;
      throw error;
    });
    return this.#database.read([...stores, 'samples'], (transaction) => badRows(transaction, this.#database.notSound));
  }

  /**
   * Packs the rows as they are: `rows.json`, and in `samples/` what is left of the clips' sounds.
   *
   * In JSON as {@link jsonBytes} writes it.
   */
  async export(): Promise<Blob> {
    const database = this.#database;
    const rows = await database.read([...stores, 'samples'], async (transaction) => {
      const bad = await badRows(transaction, database.notSound);
      return Promise.all(
        bad.map(async (row) => ({ ...row, row: await transaction.objectStore(row.store).get(row.key as string) })),
      );
    });
    async function* parts(): AsyncGenerator<ZipPart> {
      yield { path: 'rows.json', bytes: jsonBytes(rows) };
      for (const [i, { store, key }] of rows.entries()) {
        if (store !== 'clips') continue;
        const samples: unknown = await database.read(['samples'], (transaction) =>
          transaction.objectStore('samples').get(key as string),
        );
        if (samples instanceof ArrayBuffer) yield { path: `samples/${i + 1}.wav`, bytes: new Uint8Array(samples) };
        else if (samples !== undefined) yield { path: `samples/${i + 1}.json`, bytes: jsonBytes(samples) };
      }
    }
    return writeZip(parts());
  }

  /** Deletes the rows for good, with the clips' samples and what was computed from them. */
  async remove(): Promise<void> {
    await this.#database.write([...stores, 'samples', 'embeddings'], async (transaction) => {
      for (const { store, key } of await badRows(transaction, this.#database.notSound)) {
        await transaction.objectStore(store).delete(key as string);
        if (store !== 'clips') continue;
        await transaction.objectStore('samples').delete(key as string);
        await transaction.objectStore('embeddings').delete(IDBKeyRange.bound([key], [key, []]));
      }
    });
  }
}

async function badRows(
  transaction: Transaction<CheckedStore | 'samples', 'readonly' | 'readwrite'>,
  notSound: ReadonlySet<IDBValidKey>,
): Promise<BadRow[]> {
  const sounds = new Set<IDBValidKey>(await transaction.objectStore('samples').getAllKeys());
  const bad: BadRow[] = [];
  for (const store of stores) {
    const [keys, rows] = await Promise.all([
      transaction.objectStore(store).getAllKeys() as Promise<IDBValidKey[]>,
      transaction.objectStore(store).getAll() as Promise<unknown[]>,
    ]);
    for (const [i, row] of rows.entries()) {
      const key = keys[i] as IDBValidKey;
      const fault =
        faultOfRow(rowSchemas[store], row) ??
        (store === 'clips' ? soundFault(sounds.has(key), notSound.has(key)) : undefined);
      if (fault) bad.push({ store, key, name: nameOfRow(row, key, ['name']), ...fault });
    }
  }
  return bad;
}

function soundFault(isThere: boolean, isNoSound: boolean): Pick<BadRow, 'where' | 'why'> | undefined {
  if (!isThere) return { where: '', why: 'sound-missing' };
  return isNoSound ? { where: '', why: 'not-sound' } : undefined;
}

/** Samples checked together. */
const PIECE = 8;

/**
 * Finds the samples that are not sound, a few at a time: thousands would not fit into memory, or would block the page.
 */
async function lookAtSamples(database: Database): Promise<void> {
  const pauses = new Pauses();
  let last: IDBValidKey | undefined;
  let found = false;
  for (;;) {
    const range = last === undefined ? undefined : IDBKeyRange.lowerBound(last, true);
    const [keys, samples] = await database.read(['samples'], (transaction) => {
      const store = transaction.objectStore('samples');
      return Promise.all([store.getAllKeys(range, PIECE), store.getAll(range, PIECE)]);
    });
    for (const [i, key] of keys.entries()) {
      if (isSound(samples[i]) || database.notSound.has(key)) continue;
      database.notSound.add(key);
      found = true;
    }
    if (keys.length < PIECE) break;
    last = keys.at(-1);
    await pauses.take();
  }
  if (found) database.dispatchEvent(new StoreChangeEvent(['clips']));
}
