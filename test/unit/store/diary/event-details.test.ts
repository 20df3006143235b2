import { describe, expect, it } from 'vitest';
import type { SoundEvent } from '../../../../src/shared/contracts/sound-event';
import { DiaryStore } from '../../../../src/store/diary/diary-store';
import { someMs, soundEvent } from '../../support/diary';
import { openDatabase, useEmptyBrowser } from '../../support/library';

useEmptyBrowser();

const open = (): DiaryStore => new DiaryStore(openDatabase(), () => {});

/** An event of which every field is set, each time another way. */
function fullEvent(i: number): SoundEvent {
  return soundEvent({
    id: `e${i}`,
    startMs: someMs + 1000 * i + 0.25,
    peakProbability: 0.1 + i / 1e5,
    peakLevelDb: i === 3 ? Number.NEGATIVE_INFINITY : -i / 7,
    label: i % 3 === 0 ? 'owl' : 'dog',
    labelName: i % 2 === 0 ? 'Käuzchen' : 'Dog',
    utcOffsetMinutes: i > 40 ? 120 : 60,
    embedding: Uint16Array.of(i, 1),
    backbone: `b${i % 2}`,
    ...(i === 5 && { verdict: { answer: 'other', label: 'wolf' } as const, note: 'in the barn', clip: 'e5' }),
    ...(i === 6 && { continues: 'e5' }),
  });
}

describe('details of events', () => {
  it('are those of the rows, whatever was written, judged and deleted, before and after a block was full', {
    timeout: 60_000,
  }, async () => {
    const store = open();
    const all = Array.from({ length: 8300 }, (_, i) => fullEvent(i));
    const same = async (reader: DiaryStore): Promise<void> => {
      const { keys } = await reader.find({});
      const rows = await reader.rows(keys);
      expect(rows.length).toBeGreaterThan(0);
      expect(await reader.details(keys)).toEqual(rows.map((row) => ({ ...row, embedding: undefined })));
    };
    await store.write({ events: all.slice(0, 50), levels: [], clips: [] });
    await same(store);
    await store.write({ events: all.slice(50), levels: [], clips: [] });
    const database = openDatabase();
    const blocks = () =>
      database.read(['eventDetails'], (transaction) => transaction.objectStore('eventDetails').getAllKeys());
    await expect.poll(blocks).toEqual([0]);
    await same(store);
    await store.update(['e7', 'e8299'], (row) => ({ ...row, verdict: { answer: 'wrong' } }));
    await store.remove(['e5', 'e8298']);
    await same(store);
    await same(open());
    expect((await store.details((await store.find({ verdicts: ['wrong'] })).keys)).map(({ id }) => id)).toEqual([
      'e8299',
      'e7',
    ]);
  });

  it('are made anew where they are missing or damaged', { timeout: 60_000 }, async () => {
    const store = open();
    const all = Array.from({ length: 8300 }, (_, i) => fullEvent(i));
    await store.write({ events: all, levels: [], clips: [] });
    const database = openDatabase();
    const blocks = () =>
      database.read(['eventDetails'], (transaction) => transaction.objectStore('eventDetails').getAllKeys());
    await expect.poll(blocks).toEqual([0]);
    const { keys } = await store.find({});
    const oldest = async (): Promise<string[]> => {
      return (await open().details(keys.subarray(8297))).map(({ id }) => id);
    };
    const put = (block: unknown) =>
      database.write(['eventDetails'], (transaction) => transaction.objectStore('eventDetails').put(block as never, 0));
    await put({ keys: new Uint32Array(3) });
    expect(await oldest()).toEqual(['e2', 'e1', 'e0']);
    await put('nothing');
    await store.update(['e1'], (row) => ({ ...row, note: 'kept' }));
    expect(await oldest()).toEqual(['e2', 'e1', 'e0']);
    await database.write(['eventDetails'], (transaction) => transaction.objectStore('eventDetails').clear());
    expect(await oldest()).toEqual(['e2', 'e1', 'e0']);
    expect(await blocks()).toEqual([0]);
  });
});
