import { BadValue, type BadValueReason } from '../../shared/lib/validate';
import type { Database } from '../database';
import { jsonBytes } from '../raw-json';
import type { EventTransaction } from './event-changes';
import { deleteClip } from './event-clips';
import { checkEventRow } from './event-row';

/** An unusable row of the diary, which no list shows. */
export interface DamagedEvent {
  readonly key: number;
  /** What a person may recognise it by: its label's name or its key. */
  readonly name: string;
  /** Which part of it is wrong. */
  readonly where: string;
  readonly why: BadValueReason;
}

const LONGEST_NAME = 60;

/**
 * Finds the unusable rows: those that the columns leave out.
 *
 * @param usable how many the columns have, and whether they have a key.
 */
export async function damagedEvents(
  database: Database,
  usable: { readonly count: number; has(key: number): boolean },
): Promise<DamagedEvent[]> {
  const keys = await database.read(['events'], async (transaction) => {
    const store = transaction.objectStore('events');
    return (await store.count()) === usable.count ? [] : store.getAllKeys();
  });
  const unknown = keys.filter((key) => !usable.has(key));
  const rows = await rawRows(database, unknown);
  return rows.flatMap(({ key, row }) => {
    const fault = faultOf(row);
    return fault ? [{ key, name: nameOf(row, key), ...fault }] : [];
  });
}

/** The rows as they are, in JSON. */
export async function exportDamaged(database: Database, damaged: readonly DamagedEvent[]): Promise<Blob> {
  const rows = await rawRows(
    database,
    damaged.map(({ key }) => key),
  );
  const described = damaged.map((event, i) => ({ ...event, row: rows[i]?.row }));
  return new Blob([jsonBytes(described)], { type: 'application/json' });
}

/** Deletes a row, and the sound that it names. */
export async function deleteDamaged(transaction: EventTransaction, key: number): Promise<void> {
  const store = transaction.objectStore('events');
  const row: unknown = await store.get(key);
  const id = (row as { id?: unknown } | undefined)?.id;
  if (typeof id === 'string') await deleteClip(transaction, id);
  await store.delete(key);
}

async function rawRows(database: Database, keys: readonly number[]): Promise<{ key: number; row: unknown }[]> {
  if (keys.length === 0) return [];
  return database.read(['events'], (transaction) =>
    Promise.all(keys.map(async (key) => ({ key, row: (await transaction.objectStore('events').get(key)) as unknown }))),
  );
}

function faultOf(row: unknown): Pick<DamagedEvent, 'where' | 'why'> | undefined {
  try {
    checkEventRow(row);
    return undefined;
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    return { where: error.where, why: error.why };
  }
}

function nameOf(row: unknown, key: number): string {
  const name = (row as { labelName?: unknown } | null)?.labelName;
  return [...(typeof name === 'string' && name.trim() !== '' ? name : String(key))].slice(0, LONGEST_NAME).join('');
}
