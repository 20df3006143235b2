import { describe, expect, it } from 'vitest';
import { DiaryArchive } from '../../../../../src/store/diary/diary-archive';
import { DiaryStore } from '../../../../../src/store/diary/diary-store';
import { someMs, soundEvent } from '../../../support/diary';
import { openDatabase, useEmptyBrowser } from '../../../support/library';

useEmptyBrowser();

const open = (): DiaryStore => new DiaryStore(openDatabase(), () => {});

/** Changes what the database keeps of an event's sound. */
const plant = (store: 'eventClips' | 'eventSounds', row: unknown, key?: string): Promise<unknown> =>
  openDatabase().write(['eventClips', 'eventSounds'], async (transaction): Promise<void> => {
    if (row === undefined) await transaction.objectStore(store).delete(key ?? '');
    else await transaction.objectStore(store as 'eventSounds').put(row as ArrayBuffer, key);
  });

const whole = { event: 'b', label: 'owl', peakProbability: 0.5, startMs: someMs, bytes: 46, isKept: false };

describe('damaged sounds of events', () => {
  it.each([
    ['a row without a size', () => plant('eventClips', { ...whole, bytes: Number.NaN }), 'bytes', 'wrong-type'],
    ['a row without anything', () => plant('eventClips', { event: 'b' }), 'label', 'missing'],
    ['a missing file', () => plant('eventSounds', undefined, 'b'), '', 'sound-missing'],
    ['a file that is no sound', () => plant('eventSounds', 'no sound', 'b'), '', 'not-sound'],
    ['a file without its row', () => plant('eventClips', undefined, 'b'), '', 'missing'],
  ])('with %s are named, exported and deleted; their events and other sounds stay', async (_, damage, where, why) => {
    const store = open();
    const events = ['a', 'b', 'c'].map((id) => soundEvent({ id, label: 'owl' }));
    const clip = { startMs: someMs, samples: Int16Array.of(1), sampleRateHz: 32_000 };
    await store.write({ events, levels: [], clips: events.map(({ id }) => ({ ...clip, event: id })) });
    await damage();

    expect(await store.damaged()).toMatchObject([{ store: 'eventClips', key: 'b', where, why }]);
    expect(JSON.parse(await (await store.exportDamaged()).text())).toMatchObject([{ key: 'b', row: {} }]);
    expect(await store.sound('b')).toBeUndefined();
    const sounds: string[] = [];
    for await (const { clip: archived } of new DiaryArchive(openDatabase()).sounds()) sounds.push(archived.event);
    expect(sounds).toEqual(['a', 'c']);
    await store.removeDamaged();
    expect(await store.damaged()).toEqual([]);
    expect(await store.clips()).toMatchObject([{ event: 'a' }, { event: 'c' }]);
    expect(await store.event('b')).toMatchObject({ id: 'b' });
    expect(await store.event('b')).not.toHaveProperty('clip');
    expect(await store.sound('c')).toBeDefined();
  });

  it('do not keep the others from making room', async () => {
    const store = open();
    const events = ['a', 'b'].map((id) => soundEvent({ id, label: 'owl' }));
    const clip = { startMs: someMs, samples: Int16Array.of(1), sampleRateHz: 32_000 };
    await store.write({ events, levels: [], clips: events.map(({ id }) => ({ ...clip, event: id })) });
    await plant('eventClips', { ...whole, bytes: Number.NaN });
    expect(await store.makeRoom(0)).toBe(1);
    expect(await store.clips()).toEqual([]);
  });
});
