import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, vi } from 'vitest';
import { toInt16 } from '../../../src/shared/lib/files/wav';
import { ClipLibrary } from '../../../src/store/clips/clip-library';
import type { NewClip } from '../../../src/store/clips/clip-records';
import { DATABASE_NAME, Database } from '../../../src/store/database';
import type { StoreWriter } from '../../../src/store/store-writer';
import { whiteNoise } from './random';

export const RATE_HZ = 32_000;

const open: Database[] = [];

/** Gives every test a browser of its own, in which nothing is stored yet. */
export function useEmptyBrowser(): void {
  beforeEach(() => {
    vi.stubGlobal('indexedDB', new IDBFactory());
  });
  afterEach(async () => {
    for (const database of open.splice(0)) await database.close();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
}

/** A connection as a tab has it; closed after the test. */
export function openDatabase(writer?: StoreWriter): Database {
  const database = new Database(DATABASE_NAME, writer);
  open.push(database);
  return database;
}

/** A library as a tab has it. */
export function openLibrary(): ClipLibrary {
  return new ClipLibrary(openDatabase(), async () => true);
}

export const dog = { id: 'dog', name: 'Dog' };
export const bell = { id: 'door_bell', name: 'Door bell' };

/** Noise that is another one for every seed. */
export function newClip(seed: number, change: Partial<NewClip> = {}): NewClip {
  return {
    samples: toInt16(whiteNoise(500 + seed, seed)),
    sampleRateHz: RATE_HZ,
    name: `Clip ${seed}`,
    labels: [dog],
    reviewed: true,
    keptAtMs: 1_700_000_000_000 + seed,
    ...change,
  };
}

/** Clips as a stream, as an import has them. */
export async function* stream(clips: readonly NewClip[]): AsyncGenerator<NewClip> {
  yield* clips;
}

const DIARY_STORES = [
  'events',
  'eventBlocks',
  'eventDetails',
  'eventEmbeddings',
  'levels',
  'eventClips',
  'eventSounds',
];

/** How many records every store but the diary's holds, by the raw database. */
export async function countRecords(): Promise<Record<string, number>> {
  const request = <Result>(asked: IDBRequest<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  const database = await request(indexedDB.open('earmark'));
  const counts: Record<string, number> = {};
  for (const name of database.objectStoreNames) {
    if (DIARY_STORES.includes(name)) continue;
    counts[name] = await request(database.transaction(name).objectStore(name).count());
  }
  database.close();
  return counts;
}
