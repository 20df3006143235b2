import { faultOfRow, nameOfRow } from '../../damage';
import type { Database } from '../../database';
import type { Changes, EventTransaction } from '../event-changes';
import { deleteClip } from '../event-clips';
import { eventRow, isEventRow } from '../event-row';
import type { DamagedRow } from './damaged-entry';

/**
 * The unusable events: those that the columns leave out.
 *
 * @param usable how many the columns have, and whether they have a key.
 */
export async function damagedEvents(
  database: Database,
  usable: { readonly count: number; has(key: number): boolean },
): Promise<DamagedRow[]> {
  const rows = await database.read(['events'], async (transaction) => {
    const store = transaction.objectStore('events');
    if ((await store.count()) === usable.count) return [];
    const unknown = (await store.getAllKeys()).filter((key) => !usable.has(key));
    return Promise.all(unknown.map(async (key) => ({ key, row: (await store.get(key)) as unknown })));
  });
  return rows.flatMap(({ key, row }) => {
    const fault = faultOfRow(eventRow, row);
    return fault ? [{ store: 'events' as const, key, name: nameOfRow(row, key, ['labelName']), ...fault, row }] : [];
  });
}

/** Deletes an unusable event, and the sound that it names. */
export async function deleteDamagedEvent(transaction: EventTransaction, key: number, changes: Changes): Promise<void> {
  const store = transaction.objectStore('events');
  const row: unknown = await store.get(key);
  if (isEventRow(row)) return;
  const id = (row as { id?: unknown } | undefined)?.id;
  if (typeof id === 'string') await deleteClip(transaction, id);
  await store.delete(key);
  changes.set(key, undefined);
}
