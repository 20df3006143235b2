/**
 * Blocks of events, stored beside the rows: what a million events need to be found and counted (columns), exported
 * (details) or compared (embeddings) is read from a hundred records.
 *
 * Everything in a block follows from the rows with its keys. A missing or damaged block is made anew from them. Who
 * changes a row of a block must change the block in the same transaction, by {@link patchBlocks}.
 */
import { isAboutStorage, problemOf } from '../../../shared/contracts/messages/problem';
import type { SoundEvent } from '../../../shared/contracts/sound-event';
import { groupBy } from '../../../shared/lib/group-by';
import type { Database, Transaction } from '../../database';
import { type EventRow, eventOf, isEventRow } from '../event-row';
import { areColumns, EventColumns, type StoredColumns } from './event-columns';
import { areDetails, changedDetails, packDetails, type StoredDetails } from './event-details';
import { areEmbeddings, packEmbeddings, type StoredEmbeddings, withoutDeleted } from './event-embeddings';

/** Events of a block. Smaller blocks are slower to read, and larger ones to change. */
const BLOCK_EVENTS = 8192;

/** Blocks that are read together, so that the rest of the page gets its turn. */
const BLOCKS_AT_ONCE = 16;

/** Stores of what is derived from rows. */
export const BLOCK_STORES: ('eventBlocks' | 'eventDetails' | 'eventEmbeddings')[] = [
  'eventBlocks',
  'eventDetails',
  'eventEmbeddings',
];

/** Number of the block that holds a key. */
export function blockOf(key: number): number {
  return Math.floor(key / BLOCK_EVENTS);
}

/** A block as it is stored. */
interface Block {
  readonly columns: StoredColumns;
  readonly details: StoredDetails;
  readonly embeddings: readonly StoredEmbeddings[];
}

/** The columns of all events. Blocks that are missing are made anew, and stored if this window may write. */
export async function readColumns(database: Database): Promise<EventColumns> {
  const last = await lastBlock(database);
  const blocks: StoredColumns[] = [];
  for (let first = 0; first <= last; first += BLOCKS_AT_ONCE) {
    const end = Math.min(first + BLOCKS_AT_ONCE, last + 1);
    const known = await storedBlocks(database, first, end);
    for (let number = first; number < end; number++) {
      blocks.push(known.get(number) ?? (await newBlock(database, number, last)).columns);
    }
  }
  return new EventColumns(blocks);
}

/** The details of a block. Missing ones are made anew, and stored if this window may write. */
export async function readDetails(database: Database, number: number): Promise<StoredDetails> {
  const stored: unknown = await database.read(['eventDetails'], (transaction) =>
    transaction.objectStore('eventDetails').get(number),
  );
  return areDetails(stored) ? stored : (await newBlock(database, number, await lastBlock(database))).details;
}

/** The embeddings of the newest events, block by block, the newest first. Missing blocks are made anew, as above. */
export async function* readEmbeddings(database: Database): AsyncGenerator<readonly StoredEmbeddings[]> {
  const last = await lastBlock(database);
  for (let number = last; number >= 0; number--) {
    const stored: unknown = await database.read(['eventEmbeddings'], (transaction) =>
      transaction.objectStore('eventEmbeddings').get(number),
    );
    yield areEmbeddings(stored) ? stored : (await newBlock(database, number, last)).embeddings;
  }
}

/** Makes a block that gets no more events, and stores it unless that is impossible. */
export async function sealBlock(database: Database, number: number): Promise<Block> {
  try {
    return await database.write(
      ['events', ...BLOCK_STORES],
      async (transaction) => {
        const block = await blockOfRows(transaction, number);
        await transaction.objectStore('eventBlocks').put(block.columns, number);
        await transaction.objectStore('eventDetails').put(block.details, number);
        await transaction.objectStore('eventEmbeddings').put(block.embeddings, number);
        return block;
      },
      'relaxed',
    );
  } catch (error) {
    if (!isAboutStorage(problemOf(error))) throw error;
    return growingBlock(database, number);
  }
}

/** Only the last block grows. */
function newBlock(database: Database, number: number, last: number): Promise<Block> {
  return number < last ? sealBlock(database, number) : growingBlock(database, number);
}

function growingBlock(database: Database, number: number): Promise<Block> {
  return database.read(['events'], (transaction) => blockOfRows(transaction, number));
}

/** Number of the block with the newest event; −1 if there are none. */
async function lastBlock(database: Database): Promise<number> {
  const newest = await database.read(['events'], (transaction) =>
    transaction.objectStore('events').openKeyCursor(null, 'prev'),
  );
  return newest ? blockOf(newest.primaryKey as number) : -1;
}

/** A block as its rows say. Unusable rows are left out. */
async function blockOfRows(
  transaction: Transaction<'events', 'readonly' | 'readwrite'>,
  number: number,
): Promise<Block> {
  const range = IDBKeyRange.bound(number * BLOCK_EVENTS, (number + 1) * BLOCK_EVENTS, false, true);
  const store = transaction.objectStore('events');
  const [keys, rows] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  const usable = new Map<number, EventRow>();
  for (const [i, row] of rows.entries()) if (isEventRow(row)) usable.set(keys[i] as number, eventOf(row));
  const columns = new EventColumns();
  for (const [key, row] of usable) columns.put(key, row);
  return { columns: columns.stored(), details: packDetails(usable), embeddings: packEmbeddings(usable) };
}

/** Changes blocks as their rows were changed. @param changes by key; undefined: the row was deleted. */
export async function patchBlocks(
  transaction: Transaction<'eventBlocks' | 'eventDetails' | 'eventEmbeddings'>,
  changes: ReadonlyMap<number, SoundEvent | undefined>,
): Promise<void> {
  for (const [number, keys] of groupBy(changes.keys(), blockOf)) {
    await patchColumns(transaction, number, keys, changes);
    await patchDetails(transaction, number, keys, changes);
    await patchEmbeddings(transaction, number, keys, changes);
  }
}

async function patchColumns(
  transaction: Transaction<'eventBlocks'>,
  number: number,
  keys: readonly number[],
  changes: ReadonlyMap<number, SoundEvent | undefined>,
): Promise<void> {
  const store = transaction.objectStore('eventBlocks');
  const block: unknown = await store.get(number);
  if (block === undefined) return;
  const columns = areColumns(block) ? new EventColumns([block]) : undefined;
  if (!columns || keys.some((key) => !columns.has(key))) {
    // Made anew when it is needed.
    await store.delete(number);
    return;
  }
  for (const key of keys) {
    const event = changes.get(key);
    if (event) columns.put(key, event);
    else columns.delete(key);
  }
  await store.put(columns.stored(), number);
}

async function patchDetails(
  transaction: Transaction<'eventDetails'>,
  number: number,
  keys: readonly number[],
  changes: ReadonlyMap<number, SoundEvent | undefined>,
): Promise<void> {
  const store = transaction.objectStore('eventDetails');
  const block: unknown = await store.get(number);
  if (block === undefined) return;
  const own = new Map(keys.map((key) => [key, changes.get(key)]));
  if (areDetails(block)) await store.put(changedDetails(block, own), number);
  else await store.delete(number);
}

async function patchEmbeddings(
  transaction: Transaction<'eventEmbeddings'>,
  number: number,
  keys: readonly number[],
  changes: ReadonlyMap<number, SoundEvent | undefined>,
): Promise<void> {
  const store = transaction.objectStore('eventEmbeddings');
  const block: unknown = await store.get(number);
  if (block === undefined) return;
  const own = new Map(keys.map((key) => [key, changes.get(key)]));
  const changed = areEmbeddings(block) ? withoutDeleted(block, own) : undefined;
  if (changed === undefined) await store.delete(number);
  else if (changed !== block) await store.put(changed, number);
}

async function storedBlocks(database: Database, first: number, end: number): Promise<Map<number, StoredColumns>> {
  const range = IDBKeyRange.bound(first, end, false, true);
  const [keys, blocks] = await database.read(['eventBlocks'], (transaction) => {
    const store = transaction.objectStore('eventBlocks');
    return Promise.all([store.getAllKeys(range), store.getAll(range) as Promise<unknown[]>]);
  });
  const usable = blocks.map((block, i) => [keys[i] as number, block] as const);
  return new Map(usable.filter((entry): entry is readonly [number, StoredColumns] => areColumns(entry[1])));
}
