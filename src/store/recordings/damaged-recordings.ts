import type { IDBPDatabase } from 'idb';
import { faultOfRow, nameOfRow, type RowFault } from '../damage';
import { jsonBytes } from '../raw-json';
import { type RecordingsSchema, recordingRowSchemas } from './recording-rows';

/** An unusable recording, or an unusable event of one. No list shows it. */
export interface DamagedRecording extends RowFault {
  readonly store: 'recordings' | 'events';
  readonly key: IDBValidKey;
  /** What a person may recognise it by: its name or its key. */
  readonly name: string;
}

/** Rows that are read together: recordings can have more events than should be in memory. */
const PIECE = 1000;

/** All unusable rows, with what is in them. */
export async function damagedRows(
  database: IDBPDatabase<RecordingsSchema>,
): Promise<(DamagedRecording & { readonly row: unknown })[]> {
  const found: (DamagedRecording & { readonly row: unknown })[] = [];
  for (const store of ['recordings', 'events'] as const) {
    let range: IDBKeyRange | undefined;
    do {
      const [keys, rows] = await piece(database, store, range);
      for (const [i, row] of rows.entries()) {
        const fault = faultOfRow(recordingRowSchemas[store], row);
        const key = keys[i] as IDBValidKey;
        if (fault) found.push({ store, key, name: nameOfRow(row, key, ['name', 'labelName']), ...fault, row });
      }
      range = keys.length < PIECE ? undefined : IDBKeyRange.lowerBound(keys.at(-1), true);
    } while (range);
  }
  return found;
}

function piece(
  database: IDBPDatabase<RecordingsSchema>,
  store: DamagedRecording['store'],
  range: IDBKeyRange | undefined,
): Promise<[IDBValidKey[], unknown[]]> {
  // In one transaction, so that the keys are those of the rows.
  const rows = database.transaction(store).store;
  return Promise.all([rows.getAllKeys(range, PIECE), rows.getAll(range, PIECE)]);
}

/** The rows as they are, in JSON. */
export async function exportDamagedRows(database: IDBPDatabase<RecordingsSchema>): Promise<Blob> {
  return new Blob([jsonBytes(await damagedRows(database))], { type: 'application/json' });
}
