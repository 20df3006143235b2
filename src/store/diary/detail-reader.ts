import type { Database } from '../database';
import { blockOf, readDetails } from './blocks/event-blocks';
import { detailsAt, type EventDetails, type StoredDetails } from './blocks/event-details';

/** Blocks that are remembered: events in the order of time lie in few blocks, one after another. */
const MOST_BLOCKS = 8;

/** Reads many events, block by block: a hundred times as fast as row by row, with flat memory. */
export class DetailReader {
  readonly #database: Database;
  /** What was used last comes last. */
  readonly #blocks = new Map<number, StoredDetails>();
  #changes = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Events by their keys, in that order. What is gone or unusable is left out. */
  async read(keys: ArrayLike<number>): Promise<EventDetails[]> {
    const events: EventDetails[] = [];
    let number: number | undefined;
    let block: StoredDetails | undefined;
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as number;
      if (!block || blockOf(key) !== number) {
        number = blockOf(key);
        block = await this.#block(number);
      }
      const event = detailsAt(block, key);
      if (event) events.push(event);
    }
    return events;
  }

  /** Events were changed: their blocks are read again. */
  forget(keys: Iterable<number>): void {
    this.#changes++;
    for (const key of keys) this.#blocks.delete(blockOf(key));
  }

  async #block(number: number): Promise<StoredDetails> {
    const changes = this.#changes;
    const block = this.#blocks.get(number) ?? (await readDetails(this.#database, number));
    // What was changed meanwhile may be in this block.
    if (changes !== this.#changes) return block;
    this.#blocks.delete(number);
    this.#blocks.set(number, block);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > MOST_BLOCKS) this.#blocks.delete(oldest as number);
    return block;
  }
}
