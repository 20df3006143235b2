import type { Head } from '../shared/contracts/head';
import type { Database } from './database';
import { goodRows } from './row-schemas';

/** The heads that a person has trained or imported. Fails as {@link ClipLibrary} does. */
export class HeadLibrary {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Every head that can be used, the oldest first. */
  async list(): Promise<Head[]> {
    const heads = await this.#database.read(['heads'], (transaction) => transaction.objectStore('heads').getAll());
    return goodRows('heads', heads).sort((a, b) => a.createdAtMs - b.createdAtMs);
  }

  /** Keeps a head, or puts one back that was removed; one with the same id is replaced. */
  async add(head: Head): Promise<void> {
    await this.#database.write(['heads'], (transaction) => transaction.objectStore('heads').put(head));
  }

  /** Does nothing where another tab has removed it. */
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
