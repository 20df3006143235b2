import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeFile } from '../../src/audio/decode-file';
import { toInt16 } from '../../src/shared/lib/files/wav';
import { Backup } from '../../src/store/backup/backup';
import { ClipLibrary } from '../../src/store/clips/clip-library';
import { Database, STORE_CHANGE_EVENT } from '../../src/store/database';
import { exportDataset, importDataset } from '../../src/store/dataset/dataset-zip';
import { HeadLibrary } from '../../src/store/head-library';
import { RecordingsStore } from '../../src/store/recordings/recordings-store';
import { defaultSettings } from '../../src/store/settings';
import { whiteNoise } from '../unit/support/random';

const RATE_HZ = 32_000;
const dog = { id: 'dog', name: 'Dog' };

let databases: Database[];
let name: string;

beforeEach(() => {
  databases = [];
  name = `earmark-test-${crypto.randomUUID()}`;
});

afterEach(async () => {
  for (const database of databases) await database.close();
  indexedDB.deleteDatabase(name);
  vi.unstubAllGlobals();
});

function openDatabase(): Database {
  const database = new Database(name);
  databases.push(database);
  return database;
}

const openLibrary = () => new ClipLibrary(openDatabase(), async () => true);

function newClip(seed: number, seconds = 1) {
  const samples = toInt16(whiteNoise(seconds * RATE_HZ, seed));
  return { samples, sampleRateHz: RATE_HZ, name: `Clip ${seed}`, labels: [dog], reviewed: true };
}

/** A place for databases of its own, with little room; Chromium alone has them. */
async function smallBucket(quotaBytes: number): Promise<IDBFactory> {
  interface Buckets {
    open(name: string, options: { quota: number }): Promise<{ indexedDB: IDBFactory }>;
  }
  const { storageBuckets } = navigator as unknown as { storageBuckets: Buckets };
  return (await storageBuckets.open(name, { quota: quotaBytes })).indexedDB;
}

describe('the library in a browser', () => {
  it('gives back what was kept, to another tab too', async () => {
    const here = openLibrary();
    const there = openDatabase();
    const heard = new Promise((resolve) => there.addEventListener(STORE_CHANGE_EVENT, resolve));
    const sound = newClip(1);
    const { clip } = await here.add(sound);
    await heard;
    const library = new ClipLibrary(there, async () => true);
    expect(await library.list()).toEqual([clip]);
    expect(await library.samples(clip.id)).toEqual(sound.samples);
  });

  it('adds a sound only once if two tabs keep it at the same time', async () => {
    const [one, two] = [openLibrary(), openLibrary()];
    const results = await Promise.all([one, two, one, two].map((library, i) => library.add(newClip(i >> 1))));
    expect(results.filter(({ added }) => added)).toHaveLength(2);
    expect(await one.list()).toHaveLength(2);
  });

  it('imports its own export exactly, and adds nothing the second time', async () => {
    const library = openLibrary();
    for (const seed of [1, 2, 3]) await library.add(newClip(seed));
    const [clips, zip] = [await library.list(), (await exportDataset(library, () => {})).zip];
    const before = await Promise.all(clips.map(({ id }) => library.samples(id)));
    const file = new File([zip], 'set.zip');
    const importIt = () =>
      importDataset(library, file, {
        sampleRateHz: RATE_HZ,
        decode: decodeFile,
        onProgress: () => {},
        findLabel: () => undefined,
      });
    expect(await importIt()).toEqual({ added: [], alreadyThere: 3 });
    await (await library.remove(clips.map(({ id }) => id))).discard();
    expect((await importIt()).added).toHaveLength(3);
    const again = await library.list();
    expect(again.map(({ id: _, ...rest }) => rest)).toEqual(clips.map(({ id: _, ...rest }) => rest));
    expect(await Promise.all(again.map(({ id }) => library.samples(id)))).toEqual(before);
  });
});

describe('a backup', () => {
  it('streams into a file, and is restored from it exactly', async () => {
    const database = openDatabase();
    const library = new ClipLibrary(database, async () => true);
    for (const seed of [1, 2, 3]) await library.add(newClip(seed));
    const clips = await library.list();
    const before = await Promise.all(clips.map(({ id }) => library.samples(id)));
    const backup = new Backup(
      database,
      library,
      new HeadLibrary(database),
      new RecordingsStore({ require: async () => undefined }, 'earmark-recordings-backup'),
    );
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle(`${name}.zip`, { create: true });
    await backup.stream(defaultSettings, await handle.createWritable(), () => {});
    const file = await handle.getFile();
    expect(await backup.restore(file, () => {})).toMatchObject({ added: [], alreadyThere: 3 });
    await (await library.remove(clips.map(({ id }) => id))).discard();
    const cutOff = new File([file.slice(0, file.size - 100)], 'cut-off.zip');
    await expect(backup.restore(cutOff, () => {})).rejects.toMatchObject({ name: 'zip-damaged' });
    expect(await library.list()).toEqual([]);
    expect((await backup.restore(file, () => {})).added).toHaveLength(3);
    expect(await library.list()).toEqual(clips);
    expect(await Promise.all(clips.map(({ id }) => library.samples(id)))).toEqual(before);
    await folder.removeEntry(handle.name);
  });
});

describe('a full disk', () => {
  it('keeps what was saved before, says so, and imports all or nothing', async () => {
    vi.stubGlobal('indexedDB', await smallBucket(2_000_000));
    const library = openLibrary();
    const { clip } = await library.add(newClip(1));
    // Two minutes of sound are 8 MB.
    await expect(library.add(newClip(2, 120))).rejects.toMatchObject({ name: 'storage-full' });
    async function* many() {
      for (let seed = 3; seed < 60; seed++) yield newClip(seed, 20);
    }
    await expect(library.addAll(many(), [])).rejects.toMatchObject({ name: 'storage-full' });
    expect(await library.list()).toEqual([clip]);
    expect((await library.samples(clip.id)).length).toBe(RATE_HZ);
    expect((await library.add(newClip(2))).added).toBe(true);
  });
});
