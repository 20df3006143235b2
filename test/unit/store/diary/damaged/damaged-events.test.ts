import { describe, expect, it } from 'vitest';
import type { SoundEvent } from '../../../../../src/shared/contracts/sound-event';
import { DiaryStore } from '../../../../../src/store/diary/diary-store';
import { someMs, soundEvent } from '../../../support/diary';
import { openDatabase, useEmptyBrowser } from '../../../support/library';

useEmptyBrowser();

const open = (): DiaryStore => new DiaryStore(openDatabase(), () => {});

/** Puts a row of any form where the database keeps events. */
const plant = (row: object, key?: number): Promise<unknown> =>
  openDatabase().write(['events'], (transaction) => transaction.objectStore('events').put(row as SoundEvent, key));

describe('damaged rows of the diary', () => {
  it('are set aside: named with their fault, exported as they are, and deleted with their sounds', async () => {
    const store = open();
    const [dog, owl] = [soundEvent(), soundEvent({ label: 'owl', labelName: 'Owl' })];
    const clip = { event: owl.id, startMs: someMs, samples: Int16Array.of(1), sampleRateHz: 32_000 };
    await store.write({ events: [dog, owl], levels: [], clips: [clip] });
    await plant({ ...owl, endMs: owl.startMs - 1, embedding: Uint16Array.of(7) }, 2);
    await plant({ ...soundEvent({ labelName: '' }), peakProbability: 7, peakLevelDb: Number.NEGATIVE_INFINITY });
    await plant({ id: 'x', startMs: 1 });

    const next = open();
    expect(await next.open()).toMatchObject({ eventCount: 1 });
    const damaged = await next.damaged();
    expect(damaged).toMatchObject([
      { key: 2, name: 'Owl', where: '', why: 'ends-before-start' },
      { key: 3, name: '3', where: 'peakProbability', why: 'out-of-range' },
      { key: 4, name: '4', where: 'label', why: 'missing' },
    ]);
    const rows = JSON.parse(await (await next.exportDamaged()).text());
    expect(rows).toMatchObject([
      { key: 2, row: { id: owl.id, embedding: { $: 'Uint16Array', values: [7] } } },
      { key: 3, row: { peakProbability: 7, peakLevelDb: { $: '-Infinity' } } },
      { key: 4, row: { id: 'x', startMs: 1 } },
    ]);
    await next.removeDamaged();
    expect(await next.damaged()).toEqual([]);
    expect(await next.clips()).toEqual([]);
    expect(await open().damaged()).toEqual([]);
    expect(await next.rows((await next.find({})).keys)).toEqual([dog]);
  });

  it('are found when they are shown, even if their blocks were made before', { timeout: 60_000 }, async () => {
    const store = open();
    const all = Array.from({ length: 8300 }, (_, i) => soundEvent({ id: `e${i}`, startMs: someMs + i }));
    await store.write({ events: all, levels: [], clips: [] });
    const blocks = () =>
      openDatabase().read(['eventBlocks'], (transaction) => transaction.objectStore('eventBlocks').getAllKeys());
    await expect.poll(blocks).toEqual([0]);
    await plant({ ...all[4], endMs: 'never' }, 5);
    const next = open();
    const { keys } = await next.find({});
    expect(keys).toHaveLength(8300);
    expect(await next.damaged()).toEqual([]);
    const shown = await next.rows(keys.subarray(8290));
    expect(shown.filter((event) => event === undefined)).toHaveLength(1);
    expect((await next.find({})).count).toBe(8299);
    expect(await next.damaged()).toMatchObject([{ key: 5, name: 'Dog', where: 'endMs', why: 'wrong-type' }]);
    // The next visit knows it as well, and the export leaves it out.
    const later = open();
    expect(await later.open()).toMatchObject({ eventCount: 8299 });
    expect(await later.damaged()).toHaveLength(1);
    expect(await later.details(keys.subarray(8290))).toHaveLength(9);
  });
});
