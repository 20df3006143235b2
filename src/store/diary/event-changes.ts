import type { HeardClip } from '../../shared/contracts/diary/heard';
import type { SoundEvent } from '../../shared/contracts/sound-event';
import type { Database, Transaction } from '../database';
import { BLOCK_STORES, patchBlocks } from './blocks/event-blocks';
import { putClip } from './event-clips';
import { type EventRow, eventOf, isEventRow } from './event-row';

/** Name of the channel on which windows tell each other what they changed. */
export const DIARY_CHANNEL = 'earmark.diary';

/** Stores that a change of events can touch. */
const EVENT_STORES: ('events' | (typeof BLOCK_STORES)[number] | 'levels' | 'eventClips' | 'eventSounds')[] = [
  'events',
  ...BLOCK_STORES,
  'levels',
  'eventClips',
  'eventSounds',
];

export type EventTransaction = Transaction<(typeof EVENT_STORES)[number]>;

/** Changed events by key; undefined: it was deleted. */
export type Changes = Map<number, SoundEvent | undefined>;

/** Tells every window, this one too, that events were changed. */
export function tellOfChanges(changes: Changes): void {
  const channel = new BroadcastChannel(DIARY_CHANNEL);
  channel.postMessage(changes);
  channel.close();
}

/** Gives an event's new row. May await nothing but requests of the transaction. */
type RowChange = (event: EventRow) => EventRow | Promise<EventRow>;

/** Stores a sound, if its event is still there. */
export async function addClip(transaction: EventTransaction, clip: HeardClip, changes: Changes): Promise<void> {
  await updateEvent(
    transaction,
    clip.event,
    async (event) => ({ ...event, clip: (await putClip(transaction, clip, event)).event }),
    changes,
  );
}

/** Changes events in one transaction, with the blocks that derive from them. @returns what was changed. */
export async function changeEvents(
  database: Database,
  work: (transaction: EventTransaction, changes: Changes) => Promise<void>,
): Promise<Changes> {
  const changes: Changes = new Map();
  await database.write(
    EVENT_STORES,
    async (transaction) => {
      await work(transaction, changes);
      await patchBlocks(transaction, changes);
    },
    'relaxed',
  );
  return changes;
}

export async function updateEvent(
  transaction: EventTransaction,
  id: string,
  change: RowChange,
  changes: Changes,
): Promise<void> {
  const key = await transaction.objectStore('events').index('id').getKey(id);
  if (key !== undefined) await updateRow(transaction, key, change, changes);
}

export async function updateRow(
  transaction: EventTransaction,
  key: number,
  change: RowChange,
  changes: Changes,
): Promise<void> {
  const row: unknown = await transaction.objectStore('events').get(key);
  if (isEventRow(row)) await putRow(transaction, key, await change(row), changes);
}

export async function putRow(
  transaction: EventTransaction,
  key: number,
  row: EventRow,
  changes: Changes,
): Promise<void> {
  await transaction.objectStore('events').put(row, key);
  changes.set(key, eventOf(row));
}

/** A newer state of an event, with what a person said about it. */
export function withPersonsWords(event: EventRow, { verdict, note, clip }: EventRow): EventRow {
  return { ...event, ...(verdict && { verdict }), ...(note && { note }), ...(clip && { clip }) };
}

/** Rows in the order of their keys' list; undefined for those that are gone. */
export async function rowsByKeys(
  transaction: Transaction<'events', 'readonly'>,
  keys: readonly number[],
): Promise<unknown[]> {
  const store = transaction.objectStore('events');
  const [first, last] = [Math.min(...keys), Math.max(...keys)];
  // Reading neighbours together is many times faster than one by one.
  if (keys.length < 2 || last - first > 2 * keys.length) return Promise.all(keys.map((key) => store.get(key)));
  const range = IDBKeyRange.bound(first, last);
  const [known, rows] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  const byKey = new Map(known.map((key, i) => [key, rows[i]]));
  return keys.map((key) => byKey.get(key));
}
