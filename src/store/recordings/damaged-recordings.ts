import type { IDBPDatabase } from 'idb';
import { BadValue, type BadValueReason, validate } from '../../shared/lib/validate';
import { jsonBytes } from '../raw-json';
import { type RecordingsSchema, recordingRowSchemas } from './recording-rows';

/** An unusable recording, or an unusable event of one. No list shows it. */
export interface DamagedRecording {
  readonly store: 'recordings' | 'events';
  readonly key: IDBValidKey;
  /** What a person may recognise it by: its name or its key. */
  readonly name: string;
  /** Which part of it is wrong. */
  readonly where: string;
  readonly why: BadValueReason;
}

const LONGEST_NAME = 60;

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
        const fault = faultOf(store, row);
        const key = keys[i] as IDBValidKey;
        if (fault) found.push({ store, key, name: nameOf(row, key), ...fault, row });
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

function faultOf(store: DamagedRecording['store'], row: unknown): Pick<DamagedRecording, 'where' | 'why'> | undefined {
  try {
    validate(recordingRowSchemas[store], row);
    return undefined;
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    return { where: error.where, why: error.why };
  }
}

function nameOf(row: unknown, key: IDBValidKey): string {
  const { name, labelName } = (row ?? {}) as { name?: unknown; labelName?: unknown };
  const given = [name, labelName].find((text) => typeof text === 'string' && text.trim() !== '');
  return [...String(given ?? key)].slice(0, LONGEST_NAME).join('');
}
