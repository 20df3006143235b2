import { describe, expect, it } from 'vitest';
import type { LevelSpan } from '../../../../../src/shared/contracts/sound-event';
import { DiaryArchive } from '../../../../../src/store/diary/diary-archive';
import { DiaryStore } from '../../../../../src/store/diary/diary-store';
import { someMs } from '../../../support/diary';
import { openDatabase, useEmptyBrowser } from '../../../support/library';

useEmptyBrowser();

const BLOCK_MS = 300_000;
const blockKey = Math.floor(someMs / BLOCK_MS);

const open = (): DiaryStore => new DiaryStore(openDatabase(), () => {});

/** A span of levels that many blocks after the first one. */
const span = (blocks: number): LevelSpan => ({
  startMs: (blockKey + blocks) * BLOCK_MS,
  minimumDb: -60,
  meanDb: -50,
  maximumDb: -40,
  laeqDb: -45,
  heardSeconds: 10,
});

const write = (store: DiaryStore, levels: readonly LevelSpan[]): Promise<void> =>
  store.write({ events: [], levels, clips: [] });

/** Puts anything where the database keeps levels. */
const plant = (block: unknown, key: IDBValidKey): Promise<unknown> =>
  openDatabase().write(['levels'], (transaction) =>
    transaction.objectStore('levels').put(block as Float32Array<ArrayBuffer>, key as number),
  );

/** A block in which one number is wrong. */
function blockWith(index: number, number: number): Float32Array {
  const block = new Float32Array(150);
  block[index] = number;
  return block;
}

describe('damaged levels of the diary', () => {
  it.each([
    ['of another type', 'no levels', 'wrong-type'],
    ['of another length', new Float32Array(149), 'out-of-range'],
    ['without a number', blockWith(3, Number.NaN), 'out-of-range'],
    ['infinitely loud', blockWith(2, Number.POSITIVE_INFINITY), 'out-of-range'],
    ['heard for less than nothing', blockWith(4, -1), 'out-of-range'],
    ['heard for longer than they last', blockWith(9, 1e9), 'out-of-range'],
  ])('%s are named by their time, exported as they are, and deleted', async (_, block, why) => {
    await write(open(), [span(1)]);
    await plant(block, blockKey);
    const store = open();
    const entry = {
      store: 'levels',
      key: blockKey,
      name: new Date(blockKey * BLOCK_MS).toLocaleString('sv'),
      where: '',
      why,
    };
    expect(await store.damaged()).toEqual([entry]);
    expect(JSON.parse(await (await store.exportDamaged()).text())).toMatchObject([entry]);
    expect(await store.levels(0, Number.MAX_SAFE_INTEGER)).toEqual([span(1)]);
    await store.removeDamaged();
    expect(await store.damaged()).toEqual([]);
    expect(await store.levels(0, Number.MAX_SAFE_INTEGER)).toEqual([span(1)]);
  });

  it('are not replaced by new levels of their time', async () => {
    const store = open();
    for (const block of ['first', 'second']) {
      await plant(block, blockKey);
      await write(store, [span(0)]);
    }
    expect(await store.levels(0, Number.MAX_SAFE_INTEGER)).toEqual([span(0)]);
    const exported = JSON.parse(await (await store.exportDamaged()).text());
    expect(exported.map(({ row }: { row: unknown }) => row)).toEqual(['first', 'second']);
    const name = new Date(blockKey * BLOCK_MS).toLocaleString('sv');
    expect(await store.damaged()).toMatchObject([{ name }, { name }]);
    await store.removeDamaged();
    expect(await open().damaged()).toEqual([]);
    expect(await store.levels(0, Number.MAX_SAFE_INTEGER)).toEqual([span(0)]);
  });

  it('do not replace levels that were written after they were found', async () => {
    const store = open();
    await plant('no levels', blockKey);
    expect(await store.damaged()).toHaveLength(1);
    await write(store, [span(0)]);
    await store.removeDamaged();
    expect(await store.levels(0, Number.MAX_SAFE_INTEGER)).toEqual([span(0)]);
  });

  it('at any key leave the others to a backup', async () => {
    await write(open(), [span(0), span(2000)]);
    const keys: IDBValidKey[] = ['text', 0.5, new Date(0), [1, 2], Number.MAX_VALUE];
    for (const key of keys) await plant(new Float32Array(150), key);
    const spans: LevelSpan[] = [];
    for await (const some of new DiaryArchive(openDatabase()).levels()) spans.push(...some);
    expect(spans).toEqual([span(0), span(2000)]);
    const store = open();
    expect(await store.damaged()).toHaveLength(keys.length);
    await store.removeDamaged();
    expect(await store.damaged()).toEqual([]);
  });
});
