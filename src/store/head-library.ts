import type { Head } from '../shared/contracts/model/head';
import type { Database, Transaction } from './database';
import { goodRows } from './row-schemas';

/** The heads that a person has trained or imported. Fails like {@link ClipLibrary}. */
export class HeadLibrary {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Every usable head, oldest first. */
  async list(): Promise<Head[]> {
    const heads = await this.#database.read(['heads'], (transaction) => transaction.objectStore('heads').getAll());
    return goodRows('heads', heads).sort((a, b) => a.createdAtMs - b.createdAtMs);
  }

  /** Keeps a head, or restores a removed one. Replaces a head with the same id. */
  async add(head: Head): Promise<void> {
    await this.#database.write(['heads'], (transaction) => transaction.objectStore('heads').put(head));
  }

  /** Keeps a head from a file. @returns whether it is new. */
  addForeign(head: Head): Promise<boolean> {
    return this.#database.write(
      ['heads'],
      async (transaction) => (await keepForeignHead(transaction, head)) !== undefined,
    );
  }

  /** Does nothing if another tab has removed it. */
  async rename(id: string, name: string): Promise<void> {
    await this.#database.write(['heads'], async (transaction) => {
      const head = await transaction.objectStore('heads').get(id);
      if (head) await transaction.objectStore('heads').put({ ...head, name: name.trim() });
    });
  }

  async remove(id: string): Promise<void> {
    await this.#database.write(['heads'], (transaction) => transaction.objectStore('heads').delete(id));
  }
}

/**
 * Keeps a head from a file, unless it already exists. If a different head has the same id, the new one gets another id.
 *
 * @returns the head as stored; undefined if it already existed.
 */
export async function keepForeignHead(transaction: Transaction<'heads'>, head: Head): Promise<Head | undefined> {
  const store = transaction.objectStore('heads');
  const known = goodRows('heads', await store.getAll());
  if (known.some((other) => isSame(other, head))) return undefined;
  const kept = known.some(({ id }) => id === head.id) ? { ...head, id: crypto.randomUUID() } : head;
  await store.put(kept);
  return kept;
}

/** Whether two heads come from one training, whatever their names here. */
function isSame(a: Head, b: Head): boolean {
  return a.createdAtMs === b.createdAtMs && equal(a.kernel, b.kernel) && equal(a.bias, b.bias);
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
