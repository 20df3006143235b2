import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Diary } from '../../../../src/app/diary/diary';
import { until } from '../../../../src/app/state-holder';
import type { DiarySettings } from '../../../../src/shared/contracts/diary/diary-settings';
import type { HeardEvent, HeardReport } from '../../../../src/shared/contracts/diary/heard';
import { EarmarkError, type Problem } from '../../../../src/shared/contracts/messages/problem';
import type { UnsavedNames, UnsavedNotes } from '../../../../src/shared/contracts/remembered';
import { DiaryStore } from '../../../../src/store/diary/diary-store';
import type { Remembered } from '../../../../src/store/remembered';
import { defaultSettings } from '../../../../src/store/settings';
import { StoreWriter } from '../../../../src/store/store-writer';
import { diaryHost, someMs, soundEvent } from '../../support/diary';
import { openDatabase, useEmptyBrowser } from '../../support/library';
import { FakeLocks } from '../../support/locks';

useEmptyBrowser();

const source = { kind: 'microphone', name: 'Built-in' } as const;
const nothing = { events: [], levels: [], clips: [], droppedForSpeech: 0 };

/** Outlives the page. */
function memory<Value>(): Remembered<Value> {
  let held: Value | undefined;
  return {
    load: () => held,
    save: (value) => {
      held = value;
    },
  };
}

/** A diary on a store that fails while `problem` is set. */
function openDiary(
  writer = new StoreWriter(undefined),
  notes = memory<UnsavedNotes>(),
  unsavedNames = memory<UnsavedNames>(),
) {
  const world: {
    problem: EarmarkError | undefined;
    isOn: boolean;
    renamed: DiarySettings['renamed'];
    labels: string[];
    writerListens: boolean;
    /** What a person was told. */
    reported: Problem[];
  } = { problem: undefined, isOn: true, renamed: {}, labels: [], writerListens: false, reported: [] };
  class Failing extends DiaryStore {
    override async write(...entries: Parameters<DiaryStore['write']>): Promise<void> {
      if (world.problem) throw world.problem;
      return super.write(...entries);
    }

    override async exportDamaged(): Promise<Blob> {
      if (world.problem) throw world.problem;
      return super.exportDamaged();
    }

    override async update(...change: Parameters<DiaryStore['update']>): Promise<void> {
      if (world.problem) throw world.problem;
      return super.update(...change);
    }
  }
  const diary = new Diary(
    {
      openStore: (onChange) => new Failing(openDatabase(writer), onChange),
      writer,
      unsavedNotes: notes,
      unsavedNames,
    },
    diaryHost({
      settings: () => ({ ...defaultSettings.diary, isOn: world.isOn, renamed: world.renamed }),
      hasLabel: (id) => world.labels.includes(id),
      writerListens: async () => world.writerListens,
      notices: {
        report: (problems) => void world.reported.push(...problems),
        saved: () => {
          world.reported = [];
        },
      },
    }),
  );
  return { diary, world };
}

/** The worker's report about a sound at this stage. */
function report(endMs: number, isOpen: boolean, change: Partial<HeardEvent> = {}): HeardReport {
  const { timeZone: _, utcOffsetMinutes: __, source: ___, ...event } = soundEvent({ id: 'a', endMs });
  return { ...nothing, events: [{ ...event, isOpen, ...change }] };
}

const full = new EarmarkError({ code: 'storage-full' });

describe('the diary', () => {
  it('goes on while the storage is full, says so, and writes the whole event once there is room', async () => {
    const { diary, world } = openDiary();
    await diary.heard(report(someMs + 1000, true), source);
    world.problem = full;
    await diary.heard(report(someMs + 2000, true), source);
    await diary.heard({ ...nothing, events: report(someMs + 3000, false).events }, source);
    await diary.heard(report(someMs + 9000, false, { id: 'b', startMs: someMs + 8000 }), source);
    expect(diary.state).toMatchObject({ unwrittenBecause: { code: 'storage-full' }, unwritten: 2 });
    await diary.open();
    expect(diary.state).toMatchObject({ unwrittenBecause: { code: 'storage-full' }, unwritten: 2 });
    world.problem = undefined;
    await diary.heard(nothing, source);
    expect(diary.state.unwritten).toBe(0);
    expect(diary.state.unwrittenBecause).toBeUndefined();
    const { source: written, endMs } = (await diary.event('a')) ?? {};
    expect([written, endMs]).toEqual([source, someMs + 3000]);
    expect((await diary.find({})).count).toBe(2);
  });

  it('gives up a clip that does not fit rather than its event, and counts it', async () => {
    const { diary, world } = openDiary();
    const clip = { event: 'a', startMs: someMs, samples: Int16Array.of(1, 2), sampleRateHz: 32_000 };
    world.problem = full;
    await diary.heard({ ...report(someMs + 1000, false), clips: [clip] }, source);
    world.problem = undefined;
    await diary.heard(nothing, source);
    expect(await diary.event('a')).toMatchObject({ endMs: someMs + 1000 });
    expect(await diary.clip('a')).toBeUndefined();
    expect(diary.state.clips.droppedForRoom).toBe(1);
  });

  it('says why damaged entries cannot be exported', async () => {
    const { diary, world } = openDiary();
    expect(await (await diary.exportDamaged())?.text()).toContain('[');
    world.problem = new EarmarkError({ code: 'storage-blocked' });
    expect(await diary.exportDamaged()).toBeUndefined();
    expect(world.reported).toEqual([{ code: 'storage-blocked' }]);
  });

  it('ends what sounds with the worker, and when it is turned off', async () => {
    const { diary, world } = openDiary();
    const isOpenOnDisk = async (): Promise<number> => {
      const database = openDatabase();
      return database.read(['events'], (transaction) => transaction.objectStore('events').index('open').count());
    };
    await diary.heard(report(someMs + 1000, true), source);
    expect(await isOpenOnDisk()).toBe(1);
    await diary.loseWorker();
    expect(await isOpenOnDisk()).toBe(0);
    await diary.heard(report(someMs + 9000, true, { id: 'b' }), source);
    world.isOn = false;
    await diary.heard(report(someMs + 9900, true, { id: 'b' }), source);
    expect(await isOpenOnDisk()).toBe(0);
    expect(await diary.event('b')).toMatchObject({ endMs: someMs + 9000 });
  });

  it('corrects every count by a verdict at once', async () => {
    const { diary } = openDiary();
    await diary.heard(report(someMs + 1000, false), source);
    await diary.heard(report(someMs + 1000, false, { id: 'b', startMs: someMs + 500 }), source);
    await diary.open();
    const counted = async () => {
      const rows = await diary.counts({}, [someMs, someMs + 1e6]);
      return Object.fromEntries(rows.map(({ label, counts }) => [label, counts[0]]));
    };
    expect(await counted()).toEqual({ dog: 2 });
    await diary.judge(['a'], { answer: 'other', label: 'cat' });
    expect(await counted()).toEqual({ dog: 1, cat: 1 });
    expect((await diary.find({ labels: ['cat'] })).count).toBe(1);
    await diary.judge(['b'], { answer: 'wrong' });
    expect(await counted()).toEqual({ cat: 1 });
    await diary.judge(['a', 'b'], undefined);
    expect(await counted()).toEqual({ dog: 2 });
    const { revision } = diary.state;
    await diary.annotate('a', '  Bello  ');
    expect((await diary.find({ text: 'bello' })).count).toBe(1);
    await until(diary, (state) => state.revision > revision);
    await diary.annotate('a', '');
    expect(await diary.event('a')).not.toHaveProperty('note');
  });

  it('keeps the events of a label that was renamed, a head that was deleted and a model that is gone', async () => {
    const { diary } = openDiary();
    const old = { label: 'bell', labelName: 'Bell', head: 'kitchen', model: 'earmark-1' };
    await diary.heard(report(someMs + 1000, false, old), source);
    await diary.heard(
      report(someMs + 9000, false, { ...old, id: 'b', labelName: 'Door bell', startMs: someMs + 8000 }),
      source,
    );
    await diary.open();
    expect(diary.state.labels).toEqual([{ id: 'bell', name: 'Door bell', count: 2 }]);
    expect(await diary.event('a')).toMatchObject(old);
    expect((await diary.find({ text: 'door' })).count).toBe(1);
  });

  it('only shows what another window writes, and writes once that one is closed', async () => {
    const locks = new FakeLocks();
    const first = locks.tab();
    const writing = openDiary(new StoreWriter(first));
    const reading = openDiary(new StoreWriter(locks.tab()));
    await writing.diary.heard(report(someMs + 1000, true), source);
    await reading.diary.open();
    expect(reading.diary.state).toMatchObject({ elsewhere: true, eventCount: 1, storage: 'ready' });
    await reading.diary.heard(report(someMs + 5000, false, { id: 'b' }), source);
    expect(reading.diary.state).toMatchObject({ unwrittenBecause: { code: 'storage-elsewhere' }, unwritten: 1 });
    await writing.diary.heard(report(someMs + 1000, false, { id: 'c' }), source);
    await until(reading.diary, ({ eventCount }) => eventCount === 2);
    first.close();
    await until(reading.diary, ({ elsewhere }) => !elsewhere);
    await reading.diary.heard(nothing, source);
    expect((await reading.diary.find({})).count).toBe(3);
  });

  it('writes a sound once that two windows hear, also after the first of them was closed', async () => {
    const locks = new FakeLocks();
    const first = locks.tab();
    const writing = openDiary(new StoreWriter(first));
    const { diary, world } = openDiary(new StoreWriter(locks.tab()));
    await diary.open();
    await diary.heard(report(someMs + 1000, true, { id: 'mine' }), source);
    world.writerListens = true;
    await writing.diary.heard(report(someMs + 9000, false, { id: 'once', startMs: someMs + 8000 }), source);
    await diary.heard(report(someMs + 9000, false, { id: 'twice', startMs: someMs + 8000 }), source);
    await diary.heard(report(someMs + 2000, false, { id: 'mine' }), source);
    first.close();
    await until(diary, ({ elsewhere }) => !elsewhere);
    world.writerListens = false;
    await diary.heard(report(someMs + 20_000, false, { id: 'next', startMs: someMs + 19_000 }), source);
    const found = await diary.find({});
    const ids = (await diary.rows(found, 0, found.count)).map((event) => event?.id);
    expect(ids).toEqual(['next', 'once', 'mine']);
    expect(await diary.event('mine')).toMatchObject({ endMs: someMs + 2000 });
  });

  it('writes a note when it is opened next, if the page was closed before it could, or there was no room', async () => {
    const notes = memory<UnsavedNotes>();
    const { diary, world } = openDiary(undefined, notes);
    await diary.heard(report(someMs + 1000, false), source);
    await diary.heard(report(someMs + 9000, false, { id: 'b', startMs: someMs + 8000 }), source);
    world.problem = full;
    await diary.annotate('a', 'at the do');
    // The page does not live until it is written.
    void diary.annotate('a', ' at the door ');
    void diary.annotate('b', 'the cat’s');
    const next = openDiary(undefined, notes);
    await next.diary.open();
    await expect.poll(async () => (await next.diary.event('a'))?.note).toBe('at the door');
    await expect.poll(async () => (await next.diary.event('b'))?.note).toBe('the cat’s');
    await expect.poll(notes.load).toBeUndefined();
    await next.diary.annotate('a', '');
    await openDiary(undefined, notes).diary.open();
    expect((await next.diary.event('a'))?.note).toBeUndefined();
  });

  it('keeps what was typed about what events were until it is used, given up, or they are deleted', async () => {
    const names = memory<UnsavedNames>();
    const { diary, world } = openDiary(undefined, undefined, names);
    await diary.heard(report(someMs + 1000, false), source);
    for (const id of ['a', 'b', 'c']) await diary.keepTypedName(id, `${id} sir`);
    await diary.keepTypedName('b', 'an ow');
    // The page was closed.
    const next = openDiary(undefined, undefined, names).diary;
    expect([await next.typedName('a'), await next.typedName('b')]).toEqual(['a sir', 'an ow']);
    world.problem = full;
    await diary.judge(['a'], { answer: 'other', label: 'siren' });
    expect(await diary.typedName('a')).toBe('a sir');
    world.problem = undefined;
    await diary.judge(['a'], { answer: 'other', label: 'siren' });
    await diary.keepTypedName('b', '');
    await diary.remove(['c']);
    expect(await diary.typedName('a')).toBe('');
    expect(names.load()).toBeUndefined();
  });

  it('tells a person which changes were not written, until one is', async () => {
    const { diary, world } = openDiary();
    await diary.heard(report(someMs + 1000, false), source);
    world.problem = full;
    expect(await diary.judge(['a'], { answer: 'right' })).toMatchObject({ code: 'storage-full' });
    expect(await diary.annotate('a', 'Bello')).toMatchObject({ code: 'storage-full' });
    expect(world.reported.map(({ code }) => code)).toEqual(['storage-full', 'storage-full']);
    expect(await diary.event('a')).not.toHaveProperty('verdict');
    world.problem = undefined;
    expect(await diary.judge(['a'], { answer: 'right' })).toBeUndefined();
    expect(world.reported).toEqual([]);
  });
});

describe('the night in which the clock changes', () => {
  const zone = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = 'Europe/Berlin';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('keeps the offset of each start', async () => {
    const { diary } = openDiary();
    // 2:00 becomes 3:00 at 1:00 UTC.
    const changeMs = Date.parse('2026-03-29T01:00:00Z');
    await diary.heard(report(changeMs + 5000, true, { startMs: changeMs - 5000 }), source);
    await diary.heard(report(changeMs + 9000, false, { startMs: changeMs - 5000 }), source);
    await diary.heard(report(changeMs + 9000, false, { id: 'b', startMs: changeMs + 8000 }), source);
    expect(await diary.event('a')).toMatchObject({ timeZone: 'Europe/Berlin', utcOffsetMinutes: 60 });
    expect(await diary.event('b')).toMatchObject({ timeZone: 'Europe/Berlin', utcOffsetMinutes: 120 });
  });
});

describe('a label that was renamed', () => {
  const heard = (id: string, label: string, labelName: string, second: number, change: Partial<HeardEvent> = {}) =>
    report(someMs + 1000 * second + 500, false, {
      ...{ id, label, labelName, startMs: someMs + 1000 * second },
      ...change,
    });

  /** Heard as a kettle, as an urn, and as a samovar; the first two have the name of the third today. */
  async function renamedDiary() {
    const opened = openDiary();
    const { diary, world } = opened;
    await diary.heard(heard('a', 'kettle', 'Kettle', 0), source);
    await diary.heard(heard('b', 'urn', 'Urn', 2), source);
    await diary.heard(heard('c', 'samovar', 'Samovar', 4), source);
    await diary.heard(heard('d', 'dog', 'Dog', 6), source);
    world.renamed = { kettle: { id: 'urn', name: 'Urn' }, urn: { id: 'samovar', name: 'Samovar' } };
    await diary.open();
    return opened;
  }

  it('is found, counted and named by its new name, whatever it was heard as', async () => {
    const { diary } = await renamedDiary();
    const found = await diary.find({ labels: ['samovar'] });
    expect((await diary.rows(found, 0, 3)).map((event) => [event?.id, event?.label, event?.labelName])).toEqual([
      ['c', 'samovar', 'Samovar'],
      ['b', 'samovar', 'Samovar'],
      ['a', 'samovar', 'Samovar'],
    ]);
    expect((await diary.details(found, 2, 3))[0]).toMatchObject({ id: 'a', label: 'samovar', labelName: 'Samovar' });
    expect(await diary.event('a')).toMatchObject({ label: 'samovar', labelName: 'Samovar' });
    expect(diary.state.labels).toEqual([
      { id: 'dog', name: 'Dog', count: 1 },
      { id: 'samovar', name: 'Samovar', count: 3 },
    ]);
    const counts = await diary.counts({}, [someMs, someMs + 3000, someMs + 9000]);
    expect(counts.map(({ label, labelName, counts: each }) => [label, labelName, ...each])).toEqual([
      ['samovar', 'Samovar', 2, 1],
      ['dog', 'Dog', 0, 1],
    ]);
    expect([...(counts[0]?.seconds ?? [])]).toEqual([1, 0.5]);
    expect((await diary.counts({ labels: ['samovar'] }, [someMs, someMs + 9000]))[0]?.counts).toEqual(
      Uint32Array.of(3),
    );
    const named = { text: 'teemaschine', names: { samovar: 'Teemaschine', dog: 'Hund' } };
    expect((await diary.find(named)).count).toBe(3);
  });

  it('is what verdicts named it', async () => {
    const { diary } = await renamedDiary();
    await diary.judge(['d'], { answer: 'other', label: 'kettle' });
    expect((await diary.find({ labels: ['samovar'] })).count).toBe(4);
    expect((await diary.event('d'))?.verdict).toEqual({ answer: 'other', label: 'samovar' });
    await diary.judge(['a'], { answer: 'wrong' });
    expect((await diary.counts({ labels: ['samovar'] }, [someMs, someMs + 9000]))[0]?.counts).toEqual(
      Uint32Array.of(3),
    );
  });

  it('is itself again if a label of that name comes back, even in settings that go round in a circle', async () => {
    const { diary, world } = await renamedDiary();
    world.labels = ['kettle'];
    expect((await diary.event('a'))?.label).toBe('kettle');
    expect((await diary.event('b'))?.label).toBe('samovar');
    expect((await diary.find({ labels: ['samovar'] })).count).toBe(2);
    world.labels = [];
    world.renamed = { ...world.renamed, samovar: { id: 'kettle', name: 'Kettle' } };
    expect((await diary.find({ labels: ['samovar', 'kettle', 'urn'] })).count).toBe(3);
  });
});
