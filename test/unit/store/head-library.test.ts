import { describe, expect, it, vi } from 'vitest';
import type { Head } from '../../../src/shared/contracts/model/head';
import { ClipLibrary } from '../../../src/store/clips/clip-library';
import { EmbeddingCache } from '../../../src/store/clips/embedding-cache';
import { HeadLibrary } from '../../../src/store/head-library';
import { askToPersist, storageRoom } from '../../../src/store/storage-room';
import { newClip, openDatabase, useEmptyBrowser } from '../support/library';

useEmptyBrowser();

const head = (id: string, createdAtMs: number): Head => ({
  id,
  name: `Head ${id}`,
  createdAtMs,
  backbone: 'b1',
  labels: [{ id: 'dog', name: 'Dog', group: 'animals' }],
  kernel: Float32Array.of(0.25, -1e-30),
  bias: Float32Array.of(3),
  calibration: { scale: [1], offset: [0] },
  proof: { folds: 5, clips: 9, labels: [], wrongClips: [], shippedAuc: { before: 0.9, after: 0.9 }, advice: [] },
});

describe('heads', () => {
  it('are kept bit for bit, oldest first, renamed and removed', async () => {
    const heads = new HeadLibrary(openDatabase());
    await heads.add(head('b', 2));
    await heads.add(head('a', 3));
    await heads.add(head('c', 1));
    expect(await new HeadLibrary(openDatabase()).list()).toEqual([head('c', 1), head('b', 2), head('a', 3)]);
    await heads.rename('b', ' Kitchen ');
    await heads.rename('gone', 'Nobody');
    await heads.remove('c');
    expect(await heads.list()).toEqual([{ ...head('b', 2), name: 'Kitchen' }, head('a', 3)]);
    await heads.add(head('c', 1));
    expect((await heads.list()).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });
});

describe('embeddings', () => {
  it('are kept by clip and backbone, and deleted if their model can no longer be chosen', async () => {
    const database = openDatabase();
    const library = new ClipLibrary(database, async () => true);
    const [one, two] = [await library.add(newClip(1)), await library.add(newClip(2))].map(({ clip }) => clip.id);
    if (!one || !two) throw new Error('there are two');
    const cache = new EmbeddingCache(database);
    await cache.put(new Map([[one, Float32Array.of(1, 2)]]), 'old');
    await cache.put(
      new Map([
        [one, Float32Array.of(3)],
        [two, Float32Array.of(4)],
        ['gone', Float32Array.of(5)],
      ]),
      'new',
    );
    expect(await cache.get([one, two, 'gone'], 'old')).toEqual(new Map([[one, Float32Array.of(1, 2)]]));
    expect(await cache.get([two, 'gone', one], 'new')).toEqual(
      new Map([
        [two, Float32Array.of(4)],
        [one, Float32Array.of(3)],
      ]),
    );
    await cache.dropUnreachable('new', []);
    expect((await cache.get([one, two], 'old')).size).toBe(0);
    expect((await cache.get([one, two], 'new')).size).toBe(2);
  });
});

describe('the storage for clips', () => {
  const storage = (estimate: StorageEstimate, persisted: boolean, granted: boolean) => {
    let asked = 0;
    return {
      estimate: async () => estimate,
      persisted: async () => persisted,
      persist: async () => ++asked > 0 && granted,
      getDirectory: () => Promise.reject(new Error('not used')),
      get asked() {
        return asked;
      },
    };
  };

  it('is what the browser says', async () => {
    const room = await storageRoom(storage({ usage: 10, quota: 200 }, true, true));
    expect(room).toEqual({ usedBytes: 10, quotaBytes: 200, persisted: true });
  });

  it('is unknown if the browser does not report it', async () => {
    expect(await storageRoom(storage({}, false, false))).toBeUndefined();
    vi.stubGlobal('navigator', {});
    expect(await storageRoom()).toBeUndefined();
  });

  it('is requested unless it was promised', async () => {
    const [open, promised] = [storage({}, false, true), storage({}, true, false)];
    expect([await askToPersist(open), await askToPersist(promised)]).toEqual([true, true]);
    expect([open.asked, promised.asked]).toEqual([1, 0]);
    vi.stubGlobal('navigator', {});
    expect(await askToPersist()).toBe(false);
  });
});
