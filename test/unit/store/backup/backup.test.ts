import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import { importFiles } from '../../../../src/app/files/import-files';
import { EarmarkError, problemOf } from '../../../../src/shared/contracts/messages/problem';
import type { Head } from '../../../../src/shared/contracts/model/head';
import type { Recording, RecordingEvent } from '../../../../src/shared/contracts/recordings/recording';
import type { Settings } from '../../../../src/shared/contracts/settings';
import { writeZip, ZipArchive, type ZipPart } from '../../../../src/shared/lib/files/zip-archive';
import { Backup } from '../../../../src/store/backup/backup';
import { ClipLibrary } from '../../../../src/store/clips/clip-library';
import { DiaryStore } from '../../../../src/store/diary/diary-store';
import { HeadLibrary } from '../../../../src/store/head-library';
import { RecordingsStore } from '../../../../src/store/recordings/recordings-store';
import { SetAside } from '../../../../src/store/set-aside';
import { defaultSettings } from '../../../../src/store/settings';
import { failureOf } from '../../../support/failure';
import { someMs, soundEvent } from '../../support/diary';
import { bell, countRecords, dog, newClip, openDatabase, RATE_HZ, useEmptyBrowser } from '../../support/library';
import { mutateBytes } from '../../support/mutate';
import { seededRandom } from '../../support/random';

useEmptyBrowser();

const quiet = (): void => {};
const settings: Settings = { ...defaultSettings, deviceId: 'mic-2', head: 'kitchen', noiseFloorDb: null };

/** A head of two labels on an embedding of three values. */
function head(id: string, change: Partial<Head> = {}): Head {
  return {
    id,
    name: `Head ${id}`,
    createdAtMs: 1_700_000_000_000,
    backbone: 'some-model-1',
    labels: [
      { ...dog, group: 'animals' },
      { ...bell, group: 'taught' },
    ],
    kernel: Float32Array.of(0.1, -1e-30, 3, 4, 5, 6.5),
    bias: Float32Array.of(-0.25, 7),
    calibration: { scale: [1, 2], offset: [0, 0.5] },
    proof: { folds: 5, clips: 9, labels: [], wrongClips: [], shippedAuc: { before: 0.9, after: 0.8 }, advice: [] },
    ...change,
  };
}

function openAll() {
  const database = openDatabase();
  const library = new ClipLibrary(database, async () => true);
  const heads = new HeadLibrary(database);
  const recordings = new RecordingsStore({ require: async () => undefined });
  return { database, library, heads, recordings, backup: new Backup(database, library, heads, recordings) };
}

type Everything = ReturnType<typeof openAll>;

/** A browser with all that a backup has to bring over. */
async function fullBrowser(): Promise<Everything> {
  const all = openAll();
  const { library, heads } = all;
  await library.add(newClip(1, { labels: [dog, bell], name: 'Dog, "Rex"\nand; bell', fileName: 'Rex 01.FLAC' }));
  await library.add(newClip(2, { labels: [], name: 'Snippet 14 Nov, 22:13:20' }));
  await library.add(newClip(3, { labels: [], name: '', reviewed: false, heardLive: true, sampleRateHz: 8000 }));
  const { clip } = await library.add(newClip(4, { labels: [{ id: 'unused', name: 'Un-used' }] }));
  await (await library.remove([clip.id])).discard();
  await heads.add(head('kitchen'));
  await heads.add(head('other', { createdAtMs: 5, backbone: 'another-model-7', bias: Float32Array.of(1, 2) }));
  return all;
}

/** All that is kept, with the ids. */
async function contentOf({ library, heads }: Everything) {
  const clips = await library.list();
  const samples = await Promise.all(clips.map(({ id }) => library.samples(id)));
  return { clips, samples, labels: await library.labels(), heads: await heads.list() };
}

/** Forgets everything, as clearing the site's data does. */
function emptyBrowser(): Everything {
  vi.stubGlobal('indexedDB', new IDBFactory());
  return openAll();
}

const file = (zip: Blob, name = 'backup.zip'): File => new File([zip], name);

async function backupOf({ backup }: Everything): Promise<File> {
  return file((await backup.pack(settings, quiet)).zip);
}

/** A backup with some of its files replaced, by what makes the new one from the old; undefined leaves it out. */
async function changed(
  zip: File,
  change: (path: string, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | undefined,
): Promise<File> {
  const archive = await ZipArchive.open(zip, zip.name, { files: 99, totalBytes: 1e9 });
  async function* parts(): AsyncGenerator<ZipPart> {
    for (const path of archive.paths) {
      const bytes = change(path, await archive.read(path, 1e9));
      if (bytes) yield { path, bytes };
    }
  }
  return file(await writeZip(parts()));
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** A backup whose card says something else. */
function withCard(zip: File, change: object): Promise<File> {
  return changed(zip, (path, bytes) =>
    path === 'backup.json'
      ? bytesOf(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(bytes)), ...change }))
      : bytes,
  );
}

describe('a backup', () => {
  it('restores clips with ids and samples, labels, heads of all models and settings, exactly', async () => {
    const full = await fullBrowser();
    const before = await contentOf(full);
    const progress: number[][] = [];
    const packed = await full.backup.pack(settings, (...step) => progress.push(step));
    expect(packed).toMatchObject({ clips: 3, heads: 2, leftOut: 0 });
    const empty = emptyBrowser();
    const restored = await empty.backup.restore(file(packed.zip), (...step) => progress.push(step));
    expect(await contentOf(empty)).toEqual(before);
    expect(before.clips).toHaveLength(3);
    expect(restored).toMatchObject({ alreadyThere: 0, settings });
    expect(restored.added).toHaveLength(3);
    expect(restored.heads.map(({ id }) => id)).toEqual(['other', 'kitchen']);
    expect(progress).toEqual([1, 2, 3, 1, 2, 3].map((done) => [done, 3]));
    expect(await countRecords()).toMatchObject({ unlisted: 0, samples: 3 });
  });

  it('restores the diary: events with verdicts and embeddings, levels and sounds', async () => {
    const full = openAll();
    const diary = new DiaryStore(full.database, quiet);
    const embedding = Uint16Array.of(0, 0x3c00, 0xffff);
    const judged = soundEvent({ embedding, backbone: 'b-1', verdict: { answer: 'other', label: 'cat' }, note: 'Mimi' });
    const silent = soundEvent({ startMs: someMs + 1000, peakLevelDb: Number.NEGATIVE_INFINITY });
    const day = 86_400_000;
    const level = { startMs: someMs, minimumDb: -60, meanDb: -50, maximumDb: -40, laeqDb: -55, heardSeconds: 10 };
    const levels = [level, { ...level, startMs: someMs + 400 * day }];
    const clip = { event: judged.id, startMs: someMs, samples: Int16Array.of(1, -2, 3), sampleRateHz: RATE_HZ };
    await diary.write({ events: [judged, { ...silent, open: 1 }], levels, clips: [clip] });
    await diary.keepSound(judged.id, true);
    const { zip, events } = await full.backup.pack(settings, quiet);
    expect(events).toBe(2);

    const empty = emptyBrowser();
    const other = new DiaryStore(empty.database, quiet);
    await other.write({ events: [], levels: [{ ...level, heardSeconds: 3 }], clips: [] });
    expect(await empty.backup.restore(file(zip), quiet)).toMatchObject({ events: 2, alreadyThere: 0 });
    expect(await empty.backup.restore(file(zip), quiet)).toMatchObject({ events: 0, alreadyThere: 2 });
    expect(await other.rows((await other.find({})).keys)).toEqual([silent, { ...judged, clip: judged.id }]);
    // What was heard here stays.
    expect((await other.levels(0, 2 * someMs)).map(({ heardSeconds }) => heardSeconds)).toEqual([3, 10]);
    expect(await other.sound(judged.id)).toMatchObject({ isKept: true, samples: clip.samples });
  });

  it('with a damaged diary restores nothing', async () => {
    const full = await fullBrowser();
    const level = { startMs: someMs, minimumDb: -60, meanDb: -50, maximumDb: -40, laeqDb: -55, heardSeconds: 10 };
    await new DiaryStore(full.database, quiet).write({ events: [soundEvent()], levels: [level], clips: [] });
    const zip = await backupOf(full);
    const good = JSON.stringify(soundEvent());
    const backwards = JSON.stringify({ ...soundEvent(), endMs: 1 });
    for (const [folder, text, reason] of [
      ['events', '{"id": 5}\n', { code: 'part-damaged', where: '1: id' }],
      ['events', `${good}\n${backwards}\n`, { code: 'part-damaged', where: '2', why: 'ends-before-start' }],
      ['events', '{"id": ', { code: 'part-not-json' }],
      ['levels', JSON.stringify({ ...level, startMs: 1e300 }), { code: 'part-damaged', where: 'startMs' }],
    ] as const) {
      const damaged = await changed(zip, (path, bytes) =>
        path.startsWith(`diary/${folder}/`) ? bytesOf(text) : bytes,
      );
      const empty = emptyBrowser();
      const problem = await empty.backup.restore(damaged, quiet).catch(problemOf);
      expect(problem).toMatchObject({ code: 'backup-damaged', reason });
      expect(await contentOf(empty)).toMatchObject({ clips: [], heads: [] });
    }
  });

  it('is restored twice without duplicating anything, and keeps later changes', async () => {
    const full = await fullBrowser();
    const zip = await backupOf(full);
    const [clip] = await full.library.list();
    await full.library.update(clip?.id as string, { name: 'Renamed since' });
    await full.heads.rename('kitchen', 'Renamed too');
    const before = [await contentOf(full), await countRecords()];
    expect(await full.backup.restore(zip, quiet)).toMatchObject({ added: [], heads: [], alreadyThere: 5 });
    expect([await contentOf(full), await countRecords()]).toEqual(before);
  });

  it('adds an entry whose id is taken under another id, once', async () => {
    const full = await fullBrowser();
    const zip = await backupOf(full);
    const other = emptyBrowser();
    await other.heads.add(head('kitchen', { bias: Float32Array.of(0, 0) }));
    const { settings: offered } = await other.backup.restore(zip, quiet);
    const heads = await other.heads.list();
    expect(heads).toHaveLength(3);
    expect(heads.filter(({ id }) => id === 'kitchen')).toMatchObject([{ bias: Float32Array.of(0, 0) }]);
    expect(heads.find(({ id }) => id === offered.head)?.bias).toEqual(Float32Array.of(-0.25, 7));
    await other.backup.restore(zip, quiet);
    expect(await other.heads.list()).toHaveLength(3);
  });

  it('gives a clip another id if a deletion of the first can still be undone', async () => {
    const full = await fullBrowser();
    const zip = await backupOf(full);
    const ids = (await full.library.list()).map(({ id }) => id);
    const removed = await full.library.remove(ids);
    expect((await full.backup.restore(zip, quiet)).added).toHaveLength(3);
    expect(await removed.restore()).toEqual([]);
    await removed.discard();
    for (const { id } of await full.library.list()) {
      expect(ids).not.toContain(id);
      expect((await full.library.samples(id)).length).toBeGreaterThan(0);
    }
    expect(await full.library.list()).toHaveLength(3);
  });

  it('can be imported as a data set, and from a folder that was packed again', async () => {
    const full = await fullBrowser();
    const before = await contentOf(full);
    const zip = await backupOf(full);
    const archive = await ZipArchive.open(zip, 'x', { files: 99, totalBytes: 1e9 });
    async function* inFolder(): AsyncGenerator<ZipPart> {
      for (const path of archive.paths) yield { path: `earmark-backup/${path}`, bytes: await archive.read(path, 1e9) };
    }
    const packedAgain = file(await writeZip(inFolder()));
    const empty = emptyBrowser();
    await empty.backup.restore(packedAgain, quiet);
    expect(await contentOf(empty)).toEqual(before);
    expect(archive.paths).toEqual(expect.arrayContaining(['labels.csv', 'label-names.csv']));
  });

  it('is written in spite of damaged entries, and without a clip that is deleted meanwhile', async () => {
    const full = await fullBrowser();
    const [, second] = await full.library.list();
    await full.database.write(['clips', 'labels', 'heads', 'samples'], async (transaction) => {
      await transaction.objectStore('clips').put({ id: 'bad' } as never);
      await transaction.objectStore('labels').delete('dog');
      await transaction.objectStore('labels').put({ id: 'dog' } as never);
      await transaction.objectStore('heads').put({ id: 'bad' } as never);
    });
    const wav = full.library.wav.bind(full.library);
    vi.spyOn(full.library, 'wav').mockImplementation(async (id) => {
      if (id === second?.id) throw new EarmarkError({ code: 'clip-missing' });
      return wav(id);
    });
    const { zip, ...told } = await full.backup.pack(settings, quiet);
    expect(told).toEqual({ clips: 2, heads: 2, events: 0, recordings: 0, leftOut: 1 });
    const empty = emptyBrowser();
    await empty.backup.restore(file(zip), quiet);
    expect((await empty.library.list()).map(({ name }) => name)).toEqual(['Dog, "Rex"\nand; bell', '']);
    // The name of a label whose row is damaged is lost; the clips keep the label.
    expect(await empty.library.labels()).toContainEqual({ id: 'dog', name: 'dog' });
  });
});

describe('what was damaged since', () => {
  it('is mended by a restore: samples that are no sound, lost samples, rows and heads', async () => {
    const full = await fullBrowser();
    const before = await contentOf(full);
    const zip = await backupOf(full);
    const [first, second] = before.clips.map(({ id }) => id) as [string, string];
    await full.database.write(['samples', 'heads'], async (transaction) => {
      await transaction.objectStore('samples').put('no bytes' as never, first);
      await transaction.objectStore('samples').delete(second);
      await transaction.objectStore('heads').put({ id: 'kitchen' } as never);
    });
    const setAside = new SetAside(full.database);
    expect(await setAside.list()).toHaveLength(3);
    expect((await full.backup.restore(zip, quiet)).added).toHaveLength(2);
    expect(await setAside.list()).toEqual([]);
    const withoutIds = ({ clips, ...rest }: typeof before) => ({
      ...rest,
      clips: clips.map(({ id: _, ...clip }) => clip),
    });
    expect(withoutIds(await contentOf(full))).toEqual(withoutIds(before));
    expect(await countRecords()).toMatchObject({ clips: 3, samples: 3, heads: 2 });
  });
});

describe('a backup that cannot be used', () => {
  async function refusal(zip: File): Promise<string> {
    const empty = emptyBrowser();
    await empty.library.add(newClip(9));
    const before = [await contentOf(empty), await countRecords()];
    const { message } = await failureOf(empty.backup.restore(zip, quiet));
    expect([await contentOf(empty), await countRecords()]).toEqual(before);
    return message;
  }

  it('of a newer version says so', async () => {
    const zip = await withCard(await backupOf(await fullBrowser()), { version: 2, clips: 'in another form' });
    expect(await refusal(zip)).toBe(
      'Nothing was restored: “backup.zip” was saved by a newer version of Earmark. Press “Get the newer version”, then import the file again.',
    );
  });

  it.each([
    ['no format', { format: 'x' }, '“format” is none of the possible values'],
    ['no version', { version: 0 }, '“version” should be at least 1'],
    ['a clip without labels', { clips: [{ id: 'a' }] }, '“clips.0.name” is missing'],
    ['a label whose name is none', { labels: [{ id: 'a', name: 7 }] }, '“labels.0.name” should be text'],
    ['a head twice', { heads: ['heads/1', 'heads/1'] }, '“heads” contains an entry twice'],
  ])('whose card has %s says where', async (_, change, said) => {
    const zip = await withCard(await backupOf(await fullBrowser()), change);
    expect(await refusal(zip)).toBe(
      `Nothing was restored from “backup.zip”. The file backup.json is damaged: ${said}.`,
    );
  });

  it.each<[string, (path: string, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | undefined, RegExp]>([
    ['lacks a clip', (path, bytes) => (path.startsWith('clips/2') ? undefined : bytes), /has no file “clips\/2/],
    ['lacks a head', (path, bytes) => (path === 'heads/2.bin' ? undefined : bytes), /heads\/2\.bin/],
    [
      'has half a head',
      (path, bytes) => (path === 'heads/1.bin' ? bytes.slice(0, 13) : bytes),
      /heads\/1\.json is damaged/,
    ],
    ['has a text for a head', (path, bytes) => (path === 'heads/1.json' ? bytesOf('{') : bytes), /can’t be read/],
    [
      'has a text for a sound',
      (path, bytes) => (path.startsWith('clips/3') ? bytesOf('x') : bytes),
      /contains no sound/,
    ],
    [
      'has a head with weights that are none',
      (path, bytes) => (path === 'heads/1.bin' ? bytes.map(() => 0xff) : bytes),
      /damaged/,
    ],
  ])('%s is refused whole', async (_, change, said) => {
    const zip = await changed(await backupOf(await fullBrowser()), change);
    expect(await refusal(zip)).toMatch(said);
  });

  it('because a head cannot be saved leaves no clip behind', async () => {
    const zip = await backupOf(await fullBrowser());
    const empty = emptyBrowser();
    const { IDBObjectStore } = await import('fake-indexeddb');
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...values: unknown[]) {
      if (this.name === 'heads') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, values as never);
    } as never);
    expect((await failureOf(empty.backup.restore(zip, quiet))).name).toBe('storage-full');
    expect(await countRecords()).toMatchObject({ clips: 0, samples: 0, labels: 0, heads: 0, unlisted: 0 });
  });

  it('damaged in 60 ways is rejected whole, or restored whole', async () => {
    const full = await fullBrowser();
    const whole = await contentOf(full);
    const bytes = new Uint8Array(await (await backupOf(full)).arrayBuffer());
    const nothing = { clips: [], samples: [], labels: [], heads: [] };
    let refused = 0;
    for (let seed = 0; seed < 60; seed++) {
      const all = emptyBrowser();
      const zip = file(new Blob([mutateBytes(bytes, seededRandom(seed))]));
      const { problems } = await importFiles(
        { sounds: [], zips: [zip], lists: [], others: 0 },
        {
          ...all,
          sampleRateHz: RATE_HZ,
          findLabel: () => undefined,
          readHead: () => Promise.reject(new Error('no head')),
          onProgress: quiet,
        },
      );
      for (const { code } of problems) expect(code, `case ${seed}`).not.toBe('unexpected');
      refused += problems.length;
      expect(await contentOf(all), `case ${seed}`).toEqual(problems.length > 0 ? nothing : whole);
      await all.database.close();
    }
    expect(refused).toBeGreaterThan(30);
  });
});

describe('recordings in a backup', () => {
  const recording = (id: string, change: Partial<Recording> = {}): Recording => ({
    id,
    name: `${id}.wav`,
    folder: 'card/100',
    bytes: 1000,
    modifiedMs: 5,
    addedAtMs: 7,
    status: 'done',
    place: 'handle',
    start: { localTime: '2025-06-01T04:30:00', utcOffsetMinutes: 120, source: 'name' },
    doneSeconds: 60,
    settledSeconds: 60,
    seconds: 60,
    events: 0,
    model: 'earmark-111',
    head: 'shipped',
    ...change,
  });
  const found: RecordingEvent = {
    id: '1.000 dog',
    label: 'dog',
    labelName: 'Dog',
    startSeconds: 1,
    endSeconds: 3,
    found: { peakProbability: 0.9, meanProbability: 0.7, peakLevelDb: Number.NEGATIVE_INFINITY, threshold: 0.5 },
    verdict: { answer: 'other', label: 'wolf' },
    note: 'far away',
  };
  const drawn: RecordingEvent = {
    id: 'drawn',
    label: 'owl',
    labelName: 'Owl',
    startSeconds: 4,
    endSeconds: 5.5,
    lowHz: 300,
    highHz: 900,
  };

  it('come back with their events and what a person said about them, and ask for their files', async () => {
    const full = openAll();
    await full.recordings.addMissing(recording('night'), [found, drawn]);
    await full.recordings.addMissing(recording('half', { status: 'waiting', doneSeconds: 30, addedAtMs: 8 }), []);
    const zip = await backupOf(full);

    const empty = emptyBrowser();
    expect(await empty.backup.restore(zip, quiet)).toMatchObject({ recordings: 2, alreadyThere: 0 });
    const { seconds: _, ...half } = recording('half', { addedAtMs: 8 });
    expect(await empty.recordings.list()).toEqual([
      recording('night', { place: 'page', events: 2 }),
      { ...half, seconds: 60, status: 'paused', place: 'page', doneSeconds: 0, settledSeconds: 0 },
    ]);
    expect(await empty.recordings.events('night')).toEqual([found, drawn]);

    // What is there already stays as it is.
    await empty.recordings.putEvents('night', [{ ...drawn, note: 'changed here' }]);
    expect(await empty.backup.restore(zip, quiet)).toMatchObject({ recordings: 0, alreadyThere: 2 });
    expect((await empty.recordings.events('night'))[1]?.note).toBe('changed here');
  });

  it('are refused if one is damaged, and nothing is restored', async () => {
    const full = openAll();
    await full.recordings.addMissing(recording('night'), [found]);
    const zip = await changed(await backupOf(full), (path, bytes) =>
      path === 'recordings/1.jsonl' ? new TextEncoder().encode('{"id":7}\n') : bytes,
    );
    const empty = emptyBrowser();
    const restored = empty.backup.restore(zip, quiet);
    await expect(restored).rejects.toMatchObject({ problem: { code: 'backup-damaged' } });
    expect(await empty.recordings.list()).toEqual([]);
  });
});
