import type { Database } from '../../database';
import { jsonBytes } from '../../raw-json';
import type { Changes, EventTransaction } from '../event-changes';
import type { FollowedColumns } from '../followed-columns';
import { damagedClips, deleteDamagedClip } from './damaged-clips';
import type { DamagedEntry, DamagedRow } from './damaged-entry';
import { damagedEvents, deleteDamagedEvent } from './damaged-events';
import { damagedLevels, deleteDamagedLevels } from './damaged-levels';

/** The unusable rows of the diary. */
export class DamagedEntries {
  readonly #database: Database;
  readonly #columns: Pick<FollowedColumns, 'read'>;
  #listed: Promise<DamagedEntry[]> | undefined;

  constructor(database: Database, columns: Pick<FollowedColumns, 'read'>) {
    this.#database = database;
    this.#columns = columns;
  }

  /** What they are. The first call of a visit looks at all levels and sounds, and counts all events. */
  list(): Promise<DamagedEntry[]> {
    this.#listed ??= this.#rows()
      .then((rows) => rows.map(({ row: _, ...entry }) => entry))
      .catch((error: unknown) => {
        this.forget();
        throw error;
      });
    return this.#listed;
  }

  /** Lets the next call of `list` look again. */
  forget(): void {
    this.#listed = undefined;
  }

  /** The rows as they are, in JSON. */
  async export(): Promise<Blob> {
    return new Blob([jsonBytes(await this.#rows())], { type: 'application/json' });
  }

  /** Finds them anew. @returns what deletes them in a transaction. */
  async removal(): Promise<(transaction: EventTransaction, changes: Changes) => Promise<void>> {
    const rows = await this.#rows();
    return async (transaction, changes) => {
      for (const row of rows) await remove(transaction, row, changes);
    };
  }

  async #rows(): Promise<DamagedRow[]> {
    const usable = await this.#columns.read();
    const events = await damagedEvents(this.#database, usable);
    return [...events, ...(await damagedLevels(this.#database)), ...(await damagedClips(this.#database))];
  }
}

/** Deletes a row and what belongs to it, unless a good one has taken its place. */
function remove(transaction: EventTransaction, { store, key }: DamagedEntry, changes: Changes): Promise<void> {
  if (store === 'events') return deleteDamagedEvent(transaction, key as number, changes);
  return store === 'levels' ? deleteDamagedLevels(transaction, key) : deleteDamagedClip(transaction, key, changes);
}
