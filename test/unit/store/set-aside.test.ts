import { describe, expect, it } from 'vitest';
import type { Head } from '../../../src/shared/contracts/model/head';
import { encodeWav } from '../../../src/shared/lib/files/wav';
import { ZipArchive } from '../../../src/shared/lib/files/zip-archive';
import { ClipLibrary } from '../../../src/store/clips/clip-library';
import { type Database, STORE_CHANGE_EVENT } from '../../../src/store/database';
import { exportDataset } from '../../../src/store/dataset/dataset-zip';
import { HeadLibrary } from '../../../src/store/head-library';
import type { CheckedStore } from '../../../src/store/row-schemas';
import { SetAside } from '../../../src/store/set-aside';
import { badRowKinds } from '../support/bad-rows';
import { bell, countRecords, newClip, openDatabase, RATE_HZ, useEmptyBrowser } from '../support/library';
import { mutateValue, oneOf } from '../support/mutate';
import { seededRandom } from '../support/random';

useEmptyBrowser();

const MUTATIONS = 200;

const head: Head = {
  id: 'h1',
  name: 'Kitchen',
  createdAtMs: 1_700_000_000_000,
  backbone: 'm-1',
  labels: [{ id: 'bell', name: 'Bell', group: 'taught' }],
  kernel: Float32Array.of(1, 2),
  bias: Float32Array.of(0),
  calibration: { scale: [1], offset: [0] },
  proof: { folds: 0, clips: 1, labels: [], wrongClips: [], shippedAuc: { before: 1, after: 1 }, advice: [] },
};

const rows: Record<CheckedStore, Record<string, unknown>> = {
  clips: {
    id: 'bad',
    name: 'Bad',
    fileName: 'bad.wav',
    keptAtMs: 1,
    sampleRateHz: 32_000,
    sampleCount: 3,
    labels: ['dog', 'bell'],
    reviewed: true,
    hash: 'ff',
  },
  labels: { id: 'bad', name: 'Bad' },
  heads: { ...head, id: 'bad' },
};

/** As {@link rows}, with a proof in which every part is there. */
const fullRows: typeof rows = {
  ...rows,
  heads: {
    ...rows.heads,
    proof: {
      ...head.proof,
      labels: [
        {
          id: 'bell',
          positives: 2,
          negatives: 3,
          auc: null,
          averagePrecision: null,
          threshold: 0.5,
          precision: null,
          recall: null,
          roc: [],
          reliability: [],
        },
      ],
    },
  },
};

const kinds = badRowKinds(fullRows);

/** What no JSON holds. */
const oddities: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  undefined,
  new Date(Number.NaN),
  new Uint8Array(3),
  new Map(),
  9e15,
  5n,
];

interface Opened {
  readonly database: Database;
  readonly library: ClipLibrary;
  readonly heads: HeadLibrary;
  readonly setAside: SetAside;
}

function open(): Opened {
  const database = openDatabase();
  return {
    database,
    library: new ClipLibrary(database, async () => true),
    heads: new HeadLibrary(database),
    setAside: new SetAside(database),
  };
}

/** Writes a row as a hand would that knows nothing of Earmark. */
function writeRow(database: Database, store: CheckedStore, row: unknown): Promise<unknown> {
  return database.write([store, 'samples'], async (transaction) => {
    if (store === 'clips') await transaction.objectStore('samples').put(encodeWav(new Int16Array(3), RATE_HZ), 'bad');
    return transaction.objectStore(store).put(row as never);
  });
}

function badRow(store: CheckedStore, random: () => number): unknown {
  const { id, ...fields } = rows[store];
  if (random() < 0.3) {
    const field = oneOf(random, Object.keys(fields));
    return { id, ...fields, [field]: oneOf(random, oddities) };
  }
  const mutated = mutateValue(fields, random);
  // Without its key, no row can be written.
  return typeof mutated === 'object' && mutated !== null ? { ...mutated, id } : { id };
}

async function namesOf({ library, heads }: Opened) {
  return {
    clips: (await library.list()).map(({ name }) => name),
    labels: (await library.labels()).map(({ name }) => name),
    heads: (await heads.list()).map(({ name }) => name),
  };
}

async function addGoodRows({ library, heads }: Opened): Promise<void> {
  await library.add(newClip(1));
  await library.add(newClip(2, { labels: [bell] }));
  await heads.add(head);
}

const good = { clips: ['Clip 1', 'Clip 2'], labels: ['Dog', 'Door bell'], heads: ['Kitchen'] };

describe('unusable rows', () => {
  it('of each kind are set aside alone, by the part that is wrong, and the good ones stay', async () => {
    expect(kinds.length).toBeGreaterThan(200);
    const opened = open();
    await addGoodRows(opened);
    for (const { store, where, what, row } of kinds) {
      await writeRow(opened.database, store, row);
      expect(await namesOf(opened), what).toEqual(good);
      const found = await opened.setAside.list();
      expect(found, what).toMatchObject([{ store, key: 'bad' }]);
      expect(found[0]?.where.split('.')[0], what).toBe(where);
      await opened.setAside.remove();
    }
    expect(await opened.setAside.list()).toEqual([]);
    expect(await namesOf(opened)).toEqual(good);
  }, 60_000);

  it('of all kinds together leave the library open, with all good rows, and everything that is done with them', async () => {
    const before = open();
    await addGoodRows(before);
    for (const [i, { store, row }] of kinds.entries()) {
      const hash = store === 'clips' && typeof row.hash === 'string' ? { hash: `bad ${i}` } : {};
      await writeRow(before.database, store, { ...row, ...hash, id: `bad ${i}` });
    }
    const opened = open();
    await opened.library.tidy();
    expect(await namesOf(opened)).toEqual(good);
    expect(await opened.setAside.list()).toHaveLength(kinds.length);
    expect(await exportDataset(opened.library, () => {})).toMatchObject({ clips: 2 });
    await opened.library.renameLabel('dog', { id: 'dog', name: 'Hound' });
    await opened.setAside.remove();
    expect(await opened.setAside.list()).toEqual([]);
    expect(await namesOf(opened)).toEqual({ ...good, labels: ['Door bell', 'Hound'] });
  }, 60_000);

  it(`of ${MUTATIONS} random mutations do not affect good rows`, async () => {
    const opened = open();
    await addGoodRows(opened);
    let bad = 0;
    for (let kind = 0; kind < MUTATIONS; kind++) {
      const random = seededRandom(kind);
      const store = oneOf(random, ['clips', 'labels', 'heads'] as const);
      await writeRow(opened.database, store, badRow(store, random));
      const found = await opened.setAside.list();
      const names = await namesOf(opened);
      if (found.length > 0) {
        bad++;
        expect(names, `kind ${kind}`).toEqual(good);
        expect(found, `kind ${kind}`).toMatchObject([{ store, key: 'bad' }]);
        expect((await opened.setAside.export()).size).toBeGreaterThan(100);
      } else {
        // What the mutation left good has to be of use as well.
        expect(names[store].length, `kind ${kind}`).toBe(good[store].length + 1);
      }
      await opened.library.renameLabel('dog', { id: 'dog', name: 'Dog' });
      await opened.library.updateMany(
        (await opened.library.list()).map(({ id }) => id),
        { reviewed: true },
      );
      if (store !== 'clips' || found.length > 0) {
        expect((await exportDataset(opened.library, () => {})).zip.size).toBeGreaterThan(1000);
      }
      await opened.setAside.remove();
      expect(await opened.setAside.list()).toEqual([]);
      // Where it was good, it makes room for the next one.
      await opened.database.write([store, 'samples'], async (transaction) => {
        await transaction.objectStore(store).delete('bad');
        await transaction.objectStore('samples').delete('bad');
      });
      expect(await namesOf(opened), `kind ${kind}`).toEqual(good);
    }
    expect(bad).toBeGreaterThan(MUTATIONS / 2);
  }, 60_000);

  it('are reported with their name, the part that is wrong, and why', async () => {
    const opened = open();
    await writeRow(opened.database, 'clips', { ...rows.clips, labels: 'dog' });
    await writeRow(opened.database, 'labels', { id: 'bad' });
    await writeRow(opened.database, 'heads', { ...rows.heads, proof: undefined });
    expect(await opened.setAside.list()).toEqual([
      { store: 'clips', key: 'bad', name: 'Bad', where: 'labels', why: 'wrong-type' },
      { store: 'labels', key: 'bad', name: 'bad', where: 'name', why: 'missing' },
      { store: 'heads', key: 'bad', name: 'Kitchen', where: 'proof', why: 'missing' },
    ]);
  });

  it('are packed as they are, with their sound, and deleted with everything that belongs to them', async () => {
    const opened = open();
    await addGoodRows(opened);
    const before = await countRecords();
    await writeRow(opened.database, 'clips', { ...rows.clips, keptAtMs: Number.NaN });
    await writeRow(opened.database, 'heads', { ...rows.heads, name: 7 });
    const zip = await ZipArchive.open(await opened.setAside.export(), 'x', { files: 9, totalBytes: 1e6 });
    expect(zip.paths.sort()).toEqual(['rows.json', 'samples/1.wav']);
    expect(await zip.read('samples/1.wav', 1000)).toHaveLength(50);
    const packed = JSON.parse(new TextDecoder().decode(await zip.read('rows.json', 1e5)));
    expect(packed[0].row).toEqual({ ...rows.clips, keptAtMs: { $: 'NaN' } });
    expect(packed[1].row).toMatchObject({ name: 7, kernel: { $: 'Float32Array', values: [1, 2] } });
    await opened.setAside.remove();
    expect(await countRecords()).toEqual(before);
  });
});

describe('a clip without its samples', () => {
  async function withoutSamples(): Promise<Opened> {
    const opened = open();
    await addGoodRows(opened);
    const [first] = await opened.library.list();
    await opened.database.write(['samples'], (transaction) =>
      transaction.objectStore('samples').delete(first?.id as string),
    );
    return opened;
  }

  it('is set aside, and does not prevent exporting the rest', async () => {
    const opened = await withoutSamples();
    expect(await opened.setAside.list()).toMatchObject([{ store: 'clips', name: 'Clip 1', why: 'sound-missing' }]);
    const zip = await ZipArchive.open((await exportDataset(opened.library, () => {})).zip, 'x', {
      files: 9,
      totalBytes: 1e6,
    });
    expect(zip.paths).toContain('clips/1 Clip 2.wav');
  });

  it('makes room if its sound is kept again, alone or in an import', async () => {
    for (const add of [
      (library: ClipLibrary) => library.add(newClip(1)),
      (library: ClipLibrary) =>
        library.addAll(
          (async function* () {
            yield newClip(1);
          })(),
          [],
        ),
    ]) {
      const opened = await withoutSamples();
      await add(opened.library);
      expect(await opened.setAside.list()).toEqual([]);
      expect((await namesOf(opened)).clips).toEqual(good.clips);
      await opened.library.remove((await opened.library.list()).map(({ id }) => id));
    }
  });
});

describe('what is in the place of samples', () => {
  it.each<[string, unknown]>([
    ['a text', 'no bytes'],
    ['a number', 7],
    ['null', null],
    ['an object', { byteLength: 3 }],
    ['no bytes', new ArrayBuffer(0)],
    ['other bytes', new ArrayBuffer(500)],
    ['a sound of no length', encodeWav(new Int16Array(0), RATE_HZ)],
    ['a sound that is cut off', encodeWav(new Int16Array(99), RATE_HZ).slice(0, 100)],
  ])('as %s is set aside, left out of an export, handed out as it is, and deleted', async (_, value) => {
    const opened = open();
    await addGoodRows(opened);
    const { clip } = await opened.library.add(newClip(3));
    await opened.database.write(['samples'], (transaction) =>
      transaction.objectStore('samples').put(value as never, clip.id),
    );
    expect(await exportDataset(opened.library, () => {})).toMatchObject({ clips: 2, leftOut: 1 });
    await expect(opened.library.wav(clip.id)).rejects.toMatchObject({ name: 'clip-not-sound' });
    await expect(opened.library.samples(clip.id)).rejects.toMatchObject({ name: 'clip-not-sound' });

    const later = open();
    const changed = new Promise((resolve) => later.database.addEventListener(STORE_CHANGE_EVENT, resolve));
    expect(await later.setAside.list()).toEqual([
      { store: 'clips', key: clip.id, name: 'Clip 3', where: '', why: 'not-sound' },
    ]);
    await changed;
    expect(await namesOf(later)).toEqual(good);
    const zip = await ZipArchive.open(await later.setAside.export(), 'x', { files: 9, totalBytes: 1e9 });
    expect(zip.paths).toEqual(['rows.json', `samples/1.${value instanceof ArrayBuffer ? 'wav' : 'json'}`]);
    if (value === 'no bytes') {
      expect(new TextDecoder().decode(await zip.read('samples/1.json', 1e9))).toBe('"no bytes"');
    }
    await later.setAside.remove();
    expect(await later.setAside.list()).toEqual([]);
    expect(await namesOf(later)).toEqual(good);
    expect(await countRecords()).toMatchObject({ clips: 2, samples: 2 });
  });

  it('makes room for the same sound, which then can be used', async () => {
    const opened = open();
    const { clip } = await opened.library.add(newClip(3));
    await opened.database.write(['samples'], (transaction) =>
      transaction.objectStore('samples').put('no bytes' as never, clip.id),
    );
    expect(await opened.setAside.list()).toHaveLength(1);
    expect(await opened.library.add(newClip(3))).toMatchObject({ added: true });
    expect(await opened.setAside.list()).toEqual([]);
    expect((await opened.library.list()).map(({ name }) => name)).toEqual(['Clip 3']);
    expect(await countRecords()).toMatchObject({ clips: 1, samples: 1 });
  });
});
