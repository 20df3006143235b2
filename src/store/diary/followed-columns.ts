import type { Database } from '../database';
import { readColumns } from './blocks/event-blocks';
import type { EventColumns } from './blocks/event-columns';
import type { Changes } from './event-changes';

/** The columns of all events: read once, from then on they follow every change. */
export class FollowedColumns {
  readonly #database: Database;
  #reading: Promise<EventColumns> | undefined;
  #columns: EventColumns | undefined;
  /** What was changed while they were being read. */
  #missed: Changes[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  read(): Promise<EventColumns> {
    this.#reading ??= this.#read().catch((error: unknown) => {
      this.#reading = undefined;
      throw error;
    });
    return this.#reading;
  }

  apply(changes: Changes): void {
    if (this.#columns) applyTo(this.#columns, changes);
    else if (this.#reading) this.#missed.push(changes);
  }

  async #read(): Promise<EventColumns> {
    this.#missed = [];
    const columns = await readColumns(this.#database);
    for (const changes of this.#missed) applyTo(columns, changes);
    this.#columns = columns;
    return columns;
  }
}

function applyTo(columns: EventColumns, changes: Changes): void {
  for (const [key, event] of changes) {
    if (event) columns.put(key, event);
    else columns.delete(key);
  }
}
