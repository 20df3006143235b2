import type { HeardClip } from '../../shared/contracts/diary/heard';
import type { SoundEvent } from '../../shared/contracts/sound-event';
import type { Transaction } from '../database';
import { putClip } from './event-clips';
import { type EventRow, eventOf, isEventRow } from './event-row';

/** Stores that a change of events can touch. */
export const EVENT_STORES: ('events' | 'eventBlocks' | 'levels' | 'eventClips' | 'eventSounds')[] = [
  'events',
  'eventBlocks',
  'levels',
  'eventClips',
  'eventSounds',
];

export type EventTransaction = Transaction<(typeof EVENT_STORES)[number]>;

/** Changed events by key; undefined: it was deleted. */
export type Changes = Map<number, SoundEvent | undefined>;

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
