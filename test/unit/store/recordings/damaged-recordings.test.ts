import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { newRecording } from '../../../../src/app/recordings/new-recording';
import type { Recording, RecordingEvent } from '../../../../src/shared/contracts/recordings/recording';
import { RecordingsStore } from '../../../../src/store/recordings/recordings-store';
import { StoreWriter } from '../../../../src/store/store-writer';

let databases = 0;

const file = new File([new Uint8Array(9)], 'garden.wav', { lastModified: 1_700_000_000_000 });
const garden: Recording = {
  ...newRecording({ id: 'garden', file, folder: '2025', place: 'handle' }),
  status: 'done',
  facts: { container: 'wav', codec: 'PCM', channels: 1, sampleRateHz: 48_000, decoder: 'earmark', claimedSeconds: 60 },
  start: { localTime: '2025-06-01T04:30:00', utcOffsetMinutes: 120, source: 'name' },
  mix: { channel: { number: 2, reason: 'cancels' }, beyondFullScale: 1.5 },
  seconds: 60,
  doneSeconds: 60,
  settledSeconds: 60,
  events: 1,
  model: 'earmark-52',
  head: 'shipped',
};
const crow: RecordingEvent = {
  id: 'crow-1',
  label: 'crow',
  labelName: 'Crow',
  startSeconds: 1,
  endSeconds: 2,
  found: { peakProbability: 0.9, meanProbability: 0.7, peakLevelDb: Number.NEGATIVE_INFINITY, threshold: 0.5 },
  verdict: { answer: 'other', label: 'raven' },
  note: 'two of them',
};

/** Values that no field of a recording or of an event may have; those that some may have are left out per field. */
const badValues = [null, Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300, [], {}, true, new Uint8Array(2), 'x'];

/** A row with each of its fields, also within groups, replaced by each bad value, or missing. */
function* badRows(row: object): Generator<{ readonly field: string; readonly row: object }> {
  for (const [field, value] of Object.entries(row)) {
    for (const bad of badValues) {
      yield {
        field: `${field} = ${bad instanceof Uint8Array ? 'bytes' : JSON.stringify(bad)}`,
        row: { ...row, [field]: bad },
      };
    }
    if (typeof value !== 'object') continue;
    for (const inner of badRows(value)) yield { field: `${field}.${inner.field}`, row: { ...row, [field]: inner.row } };
  }
}

async function fill(): Promise<{ open(): RecordingsStore; plant: Plant }> {
  const name = `damaged recordings ${databases++}`;
  const open = (): RecordingsStore => new RecordingsStore(new StoreWriter(undefined), name);
  await open().change({ recording: garden, events: [crow], tiles: [] });
  const plant: Plant = async (store, row, key) => {
    const database = await openDB(name);
    await database.put(store, row, key);
    database.close();
  };
  return { open, plant };
}

type Plant = (store: string, row: unknown, key?: IDBValidKey) => Promise<void>;

describe('damaged rows of recordings', () => {
  it('are set aside: named with their fault, exported as they are, and deleted; all others stay', async () => {
    const { open, plant } = await fill();
    await plant('recordings', { id: 'attic', name: 'attic.flac', addedAtMs: Number.NaN });
    await plant('recordings', { id: 7 });
    await plant('events', { ...crow, labelName: 'Owl', startSeconds: 'soon' }, ['garden', 'owl-1']);
    await plant('events', 'no event', ['garden', 'z']);
    await plant('tiles', 'no tile', ['garden', 2, 0]);
    await plant('places', [1, 2], 'garden');
    const store = open();
    expect(await store.list()).toEqual([garden]);
    expect(await store.events('garden')).toEqual([crow]);
    expect(await store.tile('garden', 2, 0)).toBeUndefined();
    expect(await store.places('garden')).toBeUndefined();
    expect(await store.damaged()).toEqual([
      { store: 'recordings', key: 7, name: '7', where: 'id', why: 'wrong-type' },
      { store: 'recordings', key: 'attic', name: 'attic.flac', where: 'folder', why: 'missing' },
      { store: 'events', key: ['garden', 'owl-1'], name: 'Owl', where: 'startSeconds', why: 'wrong-type' },
      { store: 'events', key: ['garden', 'z'], name: 'garden,z', where: '', why: 'wrong-type' },
    ]);
    const rows = JSON.parse(await (await store.exportDamaged()).text());
    expect(rows[1].row).toEqual({ id: 'attic', name: 'attic.flac', addedAtMs: { $: 'NaN' } });
    expect(rows[3].row).toBe('no event');
    await store.removeDamaged();
    expect(await store.damaged()).toEqual([]);
    expect(await open().list()).toEqual([garden]);
    expect(await open().events('garden')).toEqual([crow]);
  });

  it('of hundreds of kinds leave the good ones in use, and each is either usable or named', async () => {
    const { open, plant } = await fill();
    const planted = { recordings: 0, events: 0 };
    for (const { row } of badRows(garden)) {
      const id = `bad ${planted.recordings}`;
      const asPlanted = 'id' in row && row.id !== 'garden' ? row : { ...row, id };
      if (typeof asPlanted.id !== 'string') continue;
      planted.recordings++;
      await plant('recordings', { ...asPlanted, id });
    }
    for (const { row } of badRows(crow)) await plant('events', row, ['garden', `bad ${planted.events++}`]);
    expect(planted.recordings + planted.events).toBeGreaterThan(300);
    const store = open();
    const [recordings, events] = [await store.list(), await store.events('garden')];
    expect(recordings).toContainEqual(garden);
    expect(events).toContainEqual(crow);
    const damaged = await store.damaged();
    const countOf = (name: string): number => damaged.filter((row) => row.store === name).length;
    expect(recordings.length + countOf('recordings')).toBe(planted.recordings + 1);
    expect(events.length + countOf('events')).toBe(planted.events + 1);
    expect(countOf('recordings')).toBeGreaterThan(150);
    expect(countOf('events')).toBeGreaterThan(100);
    // What is used can be drawn: dates are dates, and numbers are finite.
    for (const { start, modifiedMs } of recordings) {
      expect(new Date(modifiedMs).getTime()).not.toBeNaN();
      if (start) expect(Date.parse(`${start.localTime}Z`)).not.toBeNaN();
    }
    for (const { startSeconds, endSeconds } of events) expect(startSeconds + endSeconds).toBeLessThan(1e11);
  });
});
