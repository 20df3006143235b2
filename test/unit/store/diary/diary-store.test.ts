import { describe, expect, it } from 'vitest';
import { DiaryStore } from '../../../../src/store/diary/diary-store';
import { someMs, soundEvent } from '../../support/diary';
import { openDatabase, useEmptyBrowser } from '../../support/library';

useEmptyBrowser();

const open = (): DiaryStore => new DiaryStore(openDatabase(), () => {});
const entries = { events: [], levels: [], clips: [] };

describe('DiaryStore', () => {
  it('finds what was written, newest first, and reads it back', async () => {
    const store = open();
    const dog = soundEvent();
    const rain = soundEvent({ label: 'rain', labelName: 'Rain', startMs: someMs + 5000 });
    await store.write({ ...entries, events: [dog] });
    await store.write({ ...entries, events: [rain] });
    const found = await store.find({});
    expect([...found.startsMs]).toEqual([rain.startMs, dog.startMs]);
    expect(await store.rows(found.keys)).toEqual([rain, dog]);
    expect(await store.event(dog.id)).toEqual(dog);
    // Another visit reads it from the disk.
    expect(await open().open()).toEqual({
      eventCount: 2,
      labels: [
        { id: 'dog', name: 'Dog', count: 1 },
        { id: 'rain', name: 'Rain', count: 1 },
      ],
    });
  });

  it('ends what a crash left open where it was last known, and only that', async () => {
    const before = open();
    const event = soundEvent({ endMs: someMs + 4000 });
    await before.write({ ...entries, events: [{ ...event, open: 1 }] });
    const after = open();
    await after.begin();
    expect(await after.event(event.id)).toEqual(event);
    const now = soundEvent();
    await after.write({ ...entries, events: [{ ...now, open: 1 }] });
    await after.begin();
    await after.write({ ...entries, events: [{ ...now, endMs: now.endMs + 700 }] });
    expect(await after.event(now.id)).toEqual({ ...now, endMs: now.endMs + 700 });
  });

  it('keeps what a person said about an event that goes on', async () => {
    const store = open();
    const event = soundEvent();
    await store.write({ ...entries, events: [{ ...event, open: 1 }] });
    await store.update([event.id], (row) => ({ ...row, verdict: { answer: 'right' }, note: 'Bello' }));
    await store.write({ ...entries, events: [{ ...event, endMs: event.endMs + 1000 }] });
    expect(await store.event(event.id)).toMatchObject({
      verdict: { answer: 'right' },
      note: 'Bello',
      endMs: event.endMs + 1000,
    });
  });

  it('does not write what was deleted while it sounded', async () => {
    const store = open();
    const event = soundEvent();
    await store.write({ ...entries, events: [{ ...event, open: 1 }] });
    await store.remove([event.id]);
    await store.write({ ...entries, events: [event] });
    expect((await store.find({})).count).toBe(0);
  });

  it('joins the parts of a level span', async () => {
    const store = open();
    const part = { startMs: someMs, minimumDb: -60, meanDb: -50, maximumDb: -40, laeqDb: -55, heardSeconds: 1 };
    await store.write({ ...entries, levels: [part] });
    await store.write({
      ...entries,
      levels: [{ ...part, minimumDb: -70, meanDb: -50, maximumDb: -30, heardSeconds: 3 }],
    });
    const [span, ...others] = await store.levels(someMs, someMs + 10_000);
    expect(others).toEqual([]);
    expect(span).toMatchObject({ startMs: someMs, minimumDb: -70, maximumDb: -30, heardSeconds: 4 });
    expect(span?.meanDb).toBeCloseTo(-50, 4);
    expect(await store.levels(someMs + 10_000, someMs + 20_000)).toEqual([]);
  });

  it('keeps the sound of an event, and deletes the weakest of the fullest label first', async () => {
    const store = open();
    const events = [0.9, 0.5, 0.7].map((peakProbability) => soundEvent({ peakProbability }));
    const rare = soundEvent({ label: 'owl', labelName: 'Owl', peakProbability: 0.3 });
    const samples = Int16Array.of(1, -2, 3);
    const clips = [...events, rare].map(({ id }) => ({ event: id, startMs: someMs, samples, sampleRateHz: 32_000 }));
    await store.write({ ...entries, events: [...events, rare], clips });
    const [first, weakest] = events as [(typeof events)[0], (typeof events)[0]];
    expect(await store.event(first.id)).toEqual({ ...first, clip: first.id });
    expect(await store.sound(first.id)).toMatchObject({ startMs: someMs, samples, sampleRateHz: 32_000 });
    expect((await store.find({ withClip: true })).count).toBe(4);
    const bytes = (await store.clips()).reduce((sum, clip) => sum + clip.bytes, 0);
    expect(await store.makeRoom(bytes - 1)).toBe(1);
    expect(await store.event(weakest.id)).toEqual(weakest);
    expect(await store.sound(weakest.id)).toBeUndefined();
    await store.keepSound(first.id, true);
    await store.makeRoom(0);
    expect((await store.clips()).map(({ event }) => event)).toEqual([first.id]);
  });

  it('deletes old events and the oldest of too many, but none with a sound that a person kept', async () => {
    const store = open();
    const day = 86_400_000;
    const events = [0, 1, 2, 3, 4, 5].map((days) => soundEvent({ startMs: someMs + days * day }));
    const ids = events.map(({ id }) => id);
    const level = { startMs: someMs, minimumDb: -60, meanDb: -50, maximumDb: -40, laeqDb: -55, heardSeconds: 1 };
    const levels = [level, { ...level, startMs: someMs + 5 * day }];
    const clips = [0, 1].map((i) => ({
      event: ids[i] as string,
      startMs: someMs,
      samples: Int16Array.of(1),
      sampleRateHz: 32_000,
    }));
    await store.write({ events, levels, clips });
    await store.keepSound(ids[0] as string, true);
    const left = async (): Promise<number[]> => {
      const rows = await store.rows((await store.find({})).keys);
      return rows.map((event) => ids.indexOf(event?.id as string)).reverse();
    };
    expect(await store.prune(3, 1000, someMs + 5 * day + 1)).toBe(2);
    expect(await left()).toEqual([0, 3, 4, 5]);
    expect((await store.clips()).map(({ event }) => event)).toEqual([ids[0]]);
    expect((await store.levels(0, 2 * someMs)).map(({ startMs }) => startMs)).toEqual([someMs + 5 * day]);
    expect(await store.prune(null, 2, someMs)).toBe(2);
    expect(await left()).toEqual([0, 5]);
    expect(await store.prune(null, 2, someMs)).toBe(0);
  });
});
