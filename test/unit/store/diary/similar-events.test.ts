import { describe, expect, it } from 'vitest';
import type { SoundEvent } from '../../../../src/shared/contracts/sound-event';
import { DiaryStore } from '../../../../src/store/diary/diary-store';
import { someMs, soundEvent } from '../../support/diary';
import { openDatabase, useEmptyBrowser } from '../../support/library';

useEmptyBrowser();

const open = (): DiaryStore => new DiaryStore(openDatabase(), () => {});

/** Float16 bits of 1, 0.5 and 0.25. */
const [one, half, quarter] = [0x3c00, 0x3800, 0x3400];

const heard = (id: string, embedding?: readonly number[], change: Partial<SoundEvent> = {}): SoundEvent =>
  soundEvent({
    id,
    startMs: someMs,
    ...(embedding && { embedding: Uint16Array.from(embedding), backbone: 'b' }),
    ...change,
  });

const asked = heard('asked', [one, 0]);

const write = (store: DiaryStore, ...events: readonly SoundEvent[]): Promise<void> =>
  store.write({ events, levels: [], clips: [] });

const idsLike = async (store: DiaryStore, event = asked): Promise<string[]> =>
  (await store.similar(event)).map(({ event: similar }) => similar.id);

describe('events that sound alike', () => {
  it('are ranked by their cosine, and follow what is written, heard on, judged and deleted', async () => {
    const store = open();
    await write(
      store,
      asked,
      heard('far', [0, one]),
      heard('near', [one, half]),
      heard('of another backbone', [one, 0], { backbone: 'c' }),
      heard('without'),
    );
    expect(await idsLike(store)).toEqual(['near', 'far']);
    const [near] = await store.similar(asked);
    // 1 / √1.25; bytes instead of floats cost less than 0.01.
    expect(near?.cosine).toBeCloseTo(0.894, 2);
    await write(store, heard('new', [one, quarter]));
    expect(await idsLike(store)).toEqual(['new', 'near', 'far']);
    // It sounds on, and is now louder in another way.
    await write(store, heard('far', [one, 0]));
    expect(await idsLike(store)).toEqual(['far', 'new', 'near']);
    await store.update(['new'], (event) => ({ ...event, verdict: { answer: 'wrong' } }));
    await store.remove(['far']);
    expect(await idsLike(store)).toEqual(['new', 'near']);
    expect(await idsLike(open())).toEqual(['new', 'near']);
  });

  it('are none for an event without an embedding', async () => {
    const store = open();
    await write(store, heard('a'), asked);
    expect(await idsLike(store, heard('a'))).toEqual([]);
  });

  it('follow what happens while the others are being read', async () => {
    const store = open();
    await write(store, asked, heard('near', [one, half]));
    const similar = idsLike(store);
    await write(store, heard('new', [one, quarter]));
    expect(await similar).toContain('near');
    expect(await idsLike(store)).toEqual(['new', 'near']);
  });

  it('are found in full blocks, of which nothing deleted stays', { timeout: 60_000 }, async () => {
    const store = open();
    const rest = Array.from({ length: 8298 }, (_, i) => heard(`e${i}`, [0, one]));
    await write(store, asked, heard('near', [one, half]), ...rest);
    const database = openDatabase();
    const block = () =>
      database.read(['eventEmbeddings'], (transaction) => transaction.objectStore('eventEmbeddings').get(0));
    const put = (value: unknown) =>
      database.write(['eventEmbeddings'], (transaction) =>
        transaction.objectStore('eventEmbeddings').put(value as never, 0),
      );
    await expect.poll(async () => (await block())?.[0]?.keys.length).toBe(8191);
    expect((await idsLike(open()))[0]).toBe('near');
    await store.remove(['e0']);
    const left = (await block())?.[0];
    expect(left?.keys.length).toBe(8190);
    expect([...(left?.keys.subarray(0, 4) ?? [])]).toEqual([1, 2, 4, 5]);
    expect([...(left?.bytes.subarray(0, 6) ?? [])]).toEqual([127, 0, 127, 64, 0, 127]);
    // One that still sounded when its block was stored ends.
    await write(store, heard('near', [one, quarter]));
    expect((await open().similar(asked))[0]?.cosine).toBeCloseTo(0.97, 2);
    for (const damage of ['nothing', [{ backbone: 'b', size: 3, keys: new Uint32Array(2), bytes: new Int8Array(2) }]]) {
      await put(damage);
      expect((await idsLike(open()))[0]).toBe('near');
      expect((await block())?.[0]?.keys.length).toBe(8190);
    }
  });
});
