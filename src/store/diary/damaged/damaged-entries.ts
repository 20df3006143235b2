import type { RowFault } from '../../damage';
import type { Database } from '../../database';
import { jsonBytes } from '../../raw-json';
import type { Changes, EventTransaction } from '../event-changes';
import { damagedClips, deleteDamagedClip } from './damaged-clips';
import { damagedEvents, deleteDamagedEvent } from './damaged-events';
import { damagedLevels, deleteDamagedLevels } from './damaged-levels';

/** An unusable row of the diary, which is shown nowhere. */
export interface DamagedEntry {
  readonly store: 'events' | 'levels' | 'eventClips';
  readonly key: IDBValidKey;
  /** What a person may recognise it by: its label's name, its time or its key. */
  readonly name: string;
  /** Which part of it is wrong. */
  readonly where: string;
  /** `sound-missing`: the clip's samples are missing. `not-sound`: something else is in their place. */
  readonly why: RowFault['why'] | 'sound-missing' | 'not-sound';
}

/** An unusable row with what is in it. */
export type DamagedRow = DamagedEntry & { readonly row: unknown };

/** Finds the unusable rows. @param usable the events that the columns have. */
export async function damagedRows(
  database: Database,
  usable: { readonly count: number; has(key: number): boolean },
): Promise<DamagedRow[]> {
  return [
    ...(await damagedEvents(database, usable)),
    ...(await damagedLevels(database)),
    ...(await damagedClips(database)),
  ];
}

/** Rows as they are, in JSON. */
export function exportDamaged(rows: readonly DamagedRow[]): Blob {
  return new Blob([jsonBytes(rows)], { type: 'application/json' });
}

/** Deletes a row and what belongs to it, unless a good one has taken its place. */
export function deleteDamaged(
  transaction: EventTransaction,
  { store, key }: DamagedEntry,
  changes: Changes,
): Promise<void> {
  if (store === 'events') return deleteDamagedEvent(transaction, key as number, changes);
  return store === 'levels' ? deleteDamagedLevels(transaction, key) : deleteDamagedClip(transaction, key, changes);
}
