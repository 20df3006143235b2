import { forceCloseDatabase } from 'fake-indexeddb';
import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { encodeWav } from '../../../src/shared/lib/files/wav';
import { ClipLibrary } from '../../../src/store/clips/clip-library';
import { EmbeddingCache } from '../../../src/store/clips/embedding-cache';
import { type Database, STORE_CHANGE_EVENT, type StoreChangeEvent } from '../../../src/store/database';
import { HeadLibrary } from '../../../src/store/head-library';
import { migrate, SCHEMA_VERSION, type Schema } from '../../../src/store/schema';
import { failureOf } from '../../support/failure';
import { bell, countRecords, newClip, openDatabase, openLibrary, useEmptyBrowser } from '../support/library';

useEmptyBrowser();

describe('migrations', () => {
  it('keep a database of version 1 intact and add what is new', async () => {
    const clip = {
      id: 'a',
      name: 'Bell',
      keptAtMs: 5,
      sampleRateHz: 32_000,
      sampleCount: 3,
      labels: ['door_bell'],
      reviewed: true,
      hash: 'ff',
    };
    const old = await openDB<Schema>('earmark', 1, {
      upgrade: (database, _, __, upgrade) => migrate(database, upgrade, 0, 1),
    });
    expect([...old.objectStoreNames]).toEqual(['clips', 'labels', 'samples']);
    await old.put('clips', clip);
    await old.put('samples', encodeWav(Int16Array.of(1, -2, 32_767), 32_000), 'a');
    await old.put('labels', bell);
    old.close();

    const database = openDatabase();
    const library = new ClipLibrary(database);
    expect(await library.list()).toEqual([clip]);
    expect(await library.labels()).toEqual([bell]);
    expect([...(await library.samples('a'))]).toEqual([1, -2, 32_767]);
    expect(await new HeadLibrary(database).list()).toEqual([]);
    await new EmbeddingCache(database).put(new Map([['a', Float32Array.of(1)]]), 'backbone');
    expect(await countRecords()).toEqual({ clips: 1, embeddings: 1, heads: 0, labels: 1, samples: 1, unlisted: 0 });
  });

  it.each([1, 2])('turn the sentences of version %d into codes', async (from) => {
    const keptAtMs = Date.parse('2025-11-24T14:03:27Z');
    const clip = { id: 'a', keptAtMs, sampleRateHz: 32_000, sampleCount: 3, labels: [], reviewed: false };
    const proof = { folds: 0, clips: 1, labels: [], wrongClips: [], shippedAuc: { before: 1, after: 1 } };
    const advice = ['“Dog” is hard to tell from the rest: trim its clips to the sound itself, and record more of it.'];
    const old = await openDB<Schema>('earmark', from, {
      upgrade: (database, _, __, upgrade) => migrate(database, upgrade, 0, from),
    });
    await old.put('clips', { ...clip, name: 'Snippet 24 Nov, 14:03:27', hash: 'f0' });
    await old.put('clips', { ...clip, id: 'b', name: 'Bell', hash: 'f1' });
    for (const id of ['a', 'b']) await old.put('samples', encodeWav(Int16Array.of(1, -2, 3), 32_000), id);
    if (from > 1) {
      const labels = [{ ...bell, group: 'taught' }];
      const calibration = { scale: [1], offset: [0] };
      const head = { id: 'h', name: 'Kitchen', createdAtMs: 1, backbone: 'b', labels, calibration };
      const weights = { kernel: Float32Array.of(1), bias: Float32Array.of(2) };
      await old.put('heads', {
        ...head,
        ...weights,
        proof: { ...proof, advice: [...advice, 'Nobody wrote this.'] },
      } as never);
    }
    old.close();
    const database = openDatabase();
    expect((await new ClipLibrary(database).list()).map(({ name }) => name)).toEqual(['', 'Bell']);
    const heads = await new HeadLibrary(database).list();
    expect(heads.map((head) => [head.name, head.kernel[0], head.proof.advice])).toEqual(
      from > 1 ? [['Kitchen', 1, [{ code: 'weak', label: 'dog' }]]] : [],
    );
  });

  it.each(Array.from({ length: SCHEMA_VERSION }, (_, i) => i))(
    'lead from version %d to the same stores',
    async (from) => {
      if (from > 0)
        (
          await openDB<Schema>('earmark', from, { upgrade: (db, _, __, upgrade) => migrate(db, upgrade, 0, from) })
        ).close();
      await openLibrary().list();
      const stores = ['clips', 'embeddings', 'heads', 'labels', 'samples', 'unlisted'];
      expect(Object.keys(await countRecords())).toEqual(stores);
    },
  );
});

describe('a database that cannot be used', () => {
  it('is storage-missing if the browser has none', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const { name, message } = await failureOf(openLibrary().list());
    expect(name).toBe('storage-missing');
    expect(message).toContain('isn’t private');
  });

  it('is storage-missing if the browser refuses it, and is retried', async () => {
    const refuse = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const library = openLibrary();
    expect((await failureOf(library.list())).name).toBe('storage-missing');
    refuse.mockRestore();
    expect(await library.list()).toEqual([]);
  });

  it('is storage-newer if a newer version has written it, and stays unchanged', async () => {
    await openLibrary().add(newClip(1));
    const newer = await openDB('earmark', SCHEMA_VERSION + 1);
    newer.close();
    expect((await failureOf(openLibrary().list())).name).toBe('storage-newer');
    expect((await countRecords()).clips).toBe(1);
  });

  it('steps aside for a newer version in another tab', async () => {
    const library = openLibrary();
    await library.add(newClip(1));
    const newer = await openDB('earmark', SCHEMA_VERSION + 1);
    newer.close();
    expect((await failureOf(library.add(newClip(2)))).name).toBe('storage-newer');
  });

  it('is storage-blocked while an old tab holds it, and opens as soon as it is released', async () => {
    const old = await openDB<Schema>('earmark', 1, {
      upgrade: (database, _, __, upgrade) => migrate(database, upgrade, 0, 1),
    });
    const library = openLibrary();
    expect((await failureOf(library.list())).name).toBe('storage-blocked');
    expect((await failureOf(library.list())).name).toBe('storage-blocked');
    old.close();
    await vi.waitFor(async () => expect(await library.list()).toEqual([]));
  });

  it('is reopened if the browser aborts the opening, as it does while deleting everything', async () => {
    const cut = () => {
      throw new DOMException('The connection was closed.', 'AbortError');
    };
    const open = vi.spyOn(indexedDB, 'open').mockImplementationOnce(cut).mockImplementationOnce(cut);
    expect(await openLibrary().list()).toEqual([]);
    expect(open).toHaveBeenCalledTimes(3);
  });

  it('opens again after the browser has cut the connection', async () => {
    const opened = vi.spyOn(indexedDB, 'open');
    const library = openLibrary();
    await library.add(newClip(1));
    const connection = opened.mock.results.map(({ value }) => (value as IDBOpenDBRequest).result)[0] as IDBDatabase;
    // It takes a connection, whatever its type says.
    forceCloseDatabase(connection as unknown as typeof IDBDatabase);
    expect(await library.list()).toHaveLength(1);
  });
});

it('a closed database stays closed, whoever still asks for it', async () => {
  const opened = vi.spyOn(indexedDB, 'open');
  const database = openDatabase();
  const library = new ClipLibrary(database);
  await library.list();
  await database.close();
  expect((await failureOf(library.list())).name).toBe('storage-missing');
  expect(opened).toHaveBeenCalledTimes(1);
});

describe('transactions', () => {
  it('wait for the disk', async () => {
    const database = openDatabase();
    await database.read(['clips'], async () => {});
    const strict = vi.spyOn(Object.getPrototypeOf(await rawConnection()), 'transaction');
    await database.write(['clips', 'labels'], async () => {});
    expect(strict.mock.calls.at(-1)).toEqual([['clips', 'labels'], 'readwrite', { durability: 'strict' }]);
  });

  it('leave nothing behind if their work fails', async () => {
    const database = openDatabase();
    const work = database.write(['labels'], async (transaction) => {
      await transaction.objectStore('labels').put(bell);
      throw new Error('changed my mind');
    });
    expect(await failureOf(work)).toMatchObject({
      name: 'storage-failed',
      message: expect.stringContaining('my mind'),
    });
    expect((await countRecords()).labels).toBe(0);
  });
});

describe('changes', () => {
  it('are reported once they are saved, here and in other tabs', async () => {
    const [here, there] = [openDatabase(), openDatabase()];
    const heard: string[] = [];
    const listen = (database: Database, tab: string) =>
      database.addEventListener(STORE_CHANGE_EVENT, (event) =>
        heard.push(`${tab}: ${(event as StoreChangeEvent).stores.join(' ')}`),
      );
    listen(here, 'here');
    listen(there, 'there');
    await new ClipLibrary(here, async () => true).add(newClip(1));
    await vi.waitFor(() => expect(heard).toEqual(['here: clips labels', 'there: clips labels']));
    await new EmbeddingCache(here).dropUnreachable('b', []);
    await failureOf(here.write(['heads'], () => Promise.reject(new Error('no'))));
    await new HeadLibrary(there).remove('none');
    await vi.waitFor(() => expect(heard.slice(2)).toEqual(['there: heads', 'here: heads']));
  });
});

async function rawConnection(): Promise<IDBDatabase> {
  return new Promise((resolve) => {
    const request = indexedDB.open('earmark');
    request.onsuccess = () => {
      request.result.close();
      resolve(request.result);
    };
  });
}
