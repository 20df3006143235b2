import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobReader, BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import { readClipList } from '../../../../cli/clips/clip-list';
import { EarmarkError } from '../../../../src/shared/contracts/messages/problem';
import { decodeWav, encodeWav, toInt16 } from '../../../../src/shared/lib/files/wav';
import { ZipArchive } from '../../../../src/shared/lib/files/zip-archive';
import type { ClipLibrary } from '../../../../src/store/clips/clip-library';
import { exportDataset, importDataset } from '../../../../src/store/dataset/dataset-zip';
import type { ImportOptions } from '../../../../src/store/dataset/import-listed';
import { failureOf } from '../../../support/failure';
import { bell, countRecords, dog, newClip, openLibrary, RATE_HZ, useEmptyBrowser } from '../../support/library';
import { whiteNoise } from '../../support/random';
import { type RawFile, rawZip } from '../../support/raw-zip';

useEmptyBrowser();

const quiet = (): void => {};

/** Stands in for the browser's decoder. */
async function decode(file: File): Promise<Int16Array<ArrayBuffer>> {
  const wav = decodeWav(await file.arrayBuffer());
  if (!wav?.samples.length) throw new EarmarkError({ code: 'file-unreadable', file: file.name, fault: 'undecodable' });
  return wav.samples;
}

const options: ImportOptions = { sampleRateHz: RATE_HZ, decode, onProgress: quiet, findLabel: () => undefined };

function importZip(library: ClipLibrary, zip: Blob, name = 'set.zip') {
  return importDataset(library, new File([zip], name), options);
}

const wav = (seed: number): Uint8Array => new Uint8Array(encodeWav(toInt16(whiteNoise(100, seed)), RATE_HZ));

/** A data set from elsewhere, with two clips. */
const plainFiles: readonly RawFile[] = [
  { name: 'labels.csv', data: 'file,labels\na.wav,dog\nsub/b.wav,dog;Door bell\n' },
  { name: 'clips/a.wav', data: wav(1) },
  { name: 'clips/sub/b.wav', data: wav(2) },
];

/** The files with some of them replaced by name, or added. */
function filesWith(...changed: readonly RawFile[]): RawFile[] {
  const names = new Set(changed.map(({ name }) => name));
  return [...plainFiles.filter(({ name }) => !names.has(name)), ...changed];
}

const blob = (files: readonly RawFile[]): Blob => new Blob([rawZip(files)]);
const withList = (text: string): Blob => blob(filesWith({ name: 'labels.csv', data: text }));

/** A library with all that a data set has to bring over. */
async function fullLibrary(): Promise<ClipLibrary> {
  const library = openLibrary();
  const odd = { id: 'türklingel_2', name: 'Türklingel, "2"' };
  // NFKC makes the id of this name longer than a name may be.
  const long = { id: 'صلى_الله_عليه_وسلم_'.repeat(6).slice(0, -1), name: Array(6).fill('ﷺ').join(' ') };
  await library.add(newClip(1, { labels: [dog, bell], name: 'Dog, "Rex"\nand; bell' }));
  await library.add(newClip(2, { labels: [], name: '=1+1', fileName: 'Aufnahme 2, "leise".OGG' }));
  await library.add(newClip(3, { labels: [odd, long], name: '../../<b>ä</b>', keptAtMs: 1_700_000_000_000 }));
  await library.add(newClip(4, { reviewed: false, labels: [], name: '', keptAtMs: 1_700_000_000_000 }));
  const { clip } = await library.add(newClip(5, { labels: [{ id: 'unused', name: 'Un-used' }] }));
  await (await library.remove([clip.id])).discard();
  return library;
}

async function contentOf(library: ClipLibrary) {
  const clips = await library.list();
  const samples = await Promise.all(clips.map(({ id }) => library.samples(id)));
  return { clips: clips.map(({ id: _, ...rest }) => rest), samples, labels: await library.labels() };
}

/** Forgets everything, as another browser would. */
async function anotherBrowser(): Promise<ClipLibrary> {
  const { IDBFactory } = await import('fake-indexeddb');
  vi.stubGlobal('indexedDB', new IDBFactory());
  return openLibrary();
}

describe('export and import', () => {
  it('transfer samples, labels, names, dates and order exactly', async () => {
    const library = await fullLibrary();
    const before = await contentOf(library);
    const zip = (await exportDataset(library, quiet)).zip;
    const other = await anotherBrowser();
    const progress: [number, number][] = [];
    const file = new File([zip], 'set.zip');
    const result = await importDataset(other, file, {
      ...options,
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(result.added).toHaveLength(4);
    expect(result.alreadyThere).toBe(0);
    expect(await contentOf(other)).toEqual(before);
    expect(progress).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  });

  it('add nothing the second time, and change nothing', async () => {
    const library = await fullLibrary();
    const zip = (await exportDataset(library, quiet)).zip;
    const [first] = await library.list();
    await library.update(first?.id as string, { name: 'Renamed since' });
    const before = [await library.list(), await library.labels(), await countRecords()];
    expect(await importZip(library, zip)).toEqual({ added: [], alreadyThere: 4 });
    expect([await library.list(), await library.labels(), await countRecords()]).toEqual(before);
  });

  it('use the layout that the other commands read', async () => {
    const library = await fullLibrary();
    const archive = await ZipArchive.open((await exportDataset(library, quiet)).zip, 'set.zip', {
      files: 9,
      totalBytes: 1e9,
    });
    const folder = await mkdtemp(join(tmpdir(), 'earmark-zip-'));
    try {
      await writeFile(join(folder, 'labels.csv'), await archive.read('labels.csv', 1e6));
      const rows = await readClipList(join(folder, 'labels.csv'));
      expect(rows.map(({ labels }) => labels)).toEqual((await library.list()).map(({ labels }) => labels));
      expect(rows.every(({ file }) => archive.has(`clips/${file}`))).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a data set from elsewhere', () => {
  const expected = [
    { name: 'a', labels: ['dog'], reviewed: false, sampleCount: 100 },
    { name: 'b', labels: ['dog', 'door_bell'], reviewed: false, sampleCount: 100 },
  ];

  it.each<[string, RawFile[]]>([
    ['as it is', [...plainFiles]],
    ['compressed', plainFiles.map((file) => ({ ...file, deflate: true }))],
    [
      'in a folder, with what a Mac adds',
      [
        ...plainFiles.map((file) => ({ ...file, name: `my set/${file.name}` })),
        { name: '__MACOSX/my set/._labels.csv', data: 'x' },
        { name: 'my set/read me.txt', data: 'x' },
      ],
    ],
    ['with the files beside the list', plainFiles.map((file) => ({ ...file, name: file.name.replace('clips/', '') }))],
    [
      'with a mark of byte order, other columns and lines of Windows',
      filesWith({
        name: 'labels.csv',
        data: '\ufefffold,labels,file\r\n1,dog,a.wav\r\n2,dog;Door bell,sub/b.wav\r\n\r\n',
      }),
    ],
  ])('is accepted %s', async (_, files) => {
    const library = openLibrary();
    await importZip(library, blob(files));
    const clips = (await library.list()).sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(clips).toMatchObject(expected);
    expect(await library.samples(clips[0]?.id as string)).toEqual(toInt16(whiteNoise(100, 1)));
    expect((await library.labels()).map(({ id }) => id).sort()).toEqual(['dog', 'door_bell']);
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['semicolons', 'file;labels\r\na.wav;dog\r\nsub/b.wav;dog,Door bell\r\n'],
    ['tabs', 'file\tlabels\na.wav\tdog\nsub/b.wav\tdog;Door bell\n'],
    ['a line that names the separator', 'sep=;\r\nfile;labels\r\na.wav;dog\r\nsub/b.wav;dog|Door bell\r\n'],
    ['UTF-16', new Uint8Array(Buffer.from('\ufefffile,labels\na.wav,dog\nsub/b.wav,dog;Door bell\n', 'utf16le'))],
    ['capitals and spaces', 'File , LABELS\na.wav, dog\n sub/b.wav ,dog; Door bell \n'],
    ['a row for each label', 'file,labels\na.wav,dog\nsub/b.wav,dog\nsub/b.wav,Door bell\nsub/b.wav,DOG\n'],
    ['backslashes', 'file,labels\na.wav,dog\nclips\\sub\\b.wav,dog;Door bell\n'],
    ['paths of another computer', 'file,labels\nC:\\sounds\\A.WAV,dog\nD:\\B.wav,dog;Door bell\n'],
  ])('is accepted with a list with %s', async (_, data) => {
    const library = openLibrary();
    await importZip(library, blob(filesWith({ name: 'labels.csv', data })));
    const clips = (await library.list()).sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    expect(clips.map(({ labels }) => labels)).toEqual([['dog'], ['dog', 'door_bell']]);
  });

  it.each([
    ['yes', '2025-11-24T14:03:00Z', Date.UTC(2025, 10, 24, 14, 3)],
    ['YES', '24.11.2025 14:03', new Date(2025, 10, 24, 14, 3).getTime()],
    ['ja', '24/11/2025', new Date(2025, 10, 24).getTime()],
    ['1', '11/24/2025 2:03 PM', new Date(2025, 10, 24, 14, 3).getTime()],
    ['x', '2025-11-24 14:03:05', new Date(2025, 10, 24, 14, 3, 5).getTime()],
    ['TRUE', '45985.5', new Date(2025, 10, 24, 12).getTime()],
  ])('takes “%s” for yes and “%s” for a date', async (reviewed, keptAt, keptAtMs) => {
    const library = openLibrary();
    await importZip(library, withList(`${header}a.wav,dog,a,${keptAt},${reviewed}\n`));
    expect(await library.list()).toMatchObject([{ reviewed: true, keptAtMs }]);
  });

  it.each([
    '12-nfd-name',
    '13-backslash',
    '15-backslash-in-list',
    '15-excel-date',
    '15-header-space',
    '15-reviewed-caps',
    '15-semicolons',
  ])('is accepted as other programs write it: %s.zip', async (name) => {
    const library = openLibrary();
    await importZip(library, new Blob([await readFile(`test/cases/${name}.zip`)]));
    expect(await library.list()).toMatchObject([{ labels: ['door'] }]);
  });

  it.each([
    ['14-lzma', 'LZMA'],
    ['14-bzip2', 'BZip2'],
  ])('is refused with the name of a method that cannot be read: %s.zip', async (name, method) => {
    const importing = importZip(openLibrary(), new Blob([await readFile(`test/cases/${name}.zip`)]));
    const message = expect.stringMatching(new RegExp(`compressed as ${method}.*Make a new zip`));
    expect(await failureOf(importing)).toMatchObject({ name: 'zip-damaged', message });
  });

  it('is accepted with its list anywhere, under any name', async () => {
    const [, ...sounds] = plainFiles;
    const deep = [
      ...sounds.map(({ name, data }) => ({ name: `x/y/${name}`, data })),
      { name: 'x/notes.txt', data: 'file of mine' },
    ];
    const library = openLibrary();
    const list = { name: 'x/y/my clips.csv', data: 'labels;file\ndog;a.wav\ndog;b.wav\n' };
    await importZip(library, blob([...deep, list]));
    expect(await library.list()).toHaveLength(2);
  });

  it('is accepted in the format for very large archives (zip64)', async () => {
    const writer = new ZipWriter(new BlobWriter(), { zip64: true, useWebWorkers: false });
    for (const { name, data } of plainFiles) await writer.add(name, new BlobReader(new Blob([data as string])));
    const library = openLibrary();
    expect((await importZip(library, await writer.close())).added).toHaveLength(2);
  });

  it('names a clip after its file if the list has no name for it, or an empty one', async () => {
    for (const list of ['file,labels\na.wav,dog\nsub/b.wav,dog\n', 'file,labels,name\na.wav,dog,\nsub/b.wav,dog, \n']) {
      const library = await anotherBrowser();
      await importZip(library, withList(list));
      expect((await library.list()).map(({ name }) => name).sort()).toEqual(['a', 'b']);
    }
  });

  it('keeps the name of the file that a sound first came from, also through another export', async () => {
    const library = openLibrary();
    await importZip(library, blob(plainFiles));
    await library.add(newClip(1));
    const [first] = await library.list();
    await library.update(first?.id as string, { name: 'Renamed' });
    const { zip } = await exportDataset(library, quiet);
    const other = await anotherBrowser();
    await importZip(other, zip);
    for (const one of [library, other]) {
      const names = (await one.list()).map(({ fileName }) => fileName);
      expect(new Set(names)).toEqual(new Set(['a.wav', 'b.wav', undefined]));
    }
  });

  it('knows no such name from an export of an older version, whose own files are numbered', async () => {
    const list = 'file,labels,name,keptAt,reviewed\n1 Ring.wav,dog,Ring,2025-11-24T14:03:27.000Z,yes\n';
    const library = openLibrary();
    await importZip(
      library,
      blob([
        { name: 'labels.csv', data: list },
        { name: 'clips/1 Ring.wav', data: wav(1) },
      ]),
    );
    const [clip] = await library.list();
    expect(clip).toMatchObject({ name: 'Ring', reviewed: true });
    expect(clip).not.toHaveProperty('fileName');
  });

  it('leaves unnamed clips unnamed, including those from an export that still had generated names', async () => {
    const library = openLibrary();
    const keptAtMs = Date.parse('2025-11-24T14:03:27Z');
    await library.add(newClip(1, { name: '', keptAtMs }));
    const zip = (await exportDataset(library, quiet)).zip;
    const other = await anotherBrowser();
    await importZip(other, zip);
    expect(await other.list()).toMatchObject([{ name: '', keptAtMs }]);
    const old = `${header}a.wav,dog,"Snippet 24 Nov, 14:03:27",2025-11-24T14:03:27.000Z,yes\n`;
    const third = await anotherBrowser();
    await importZip(third, withList(old));
    expect(await third.list()).toMatchObject([{ name: '', keptAtMs }]);
  });

  it('has one label for names that differ only in case, spaces or Unicode form', async () => {
    const list = 'file,labels\na.wav,Türe\nsub/b.wav, tU\u0308RE ;türe\n';
    const library = openLibrary();
    await importZip(library, withList(list));
    expect(await library.labels()).toEqual([{ id: 'türe', name: 'Türe' }]);
    expect((await library.list()).map(({ labels }) => labels)).toEqual([['türe'], ['türe']]);
  });

  it('keeps markup as text', async () => {
    const library = openLibrary();
    await importZip(
      library,
      withList('file,labels,name\na.wav,<b>x</b>,<img src=x onerror=alert(1)>\nsub/b.wav,dog,b\n'),
    );
    expect((await library.list()).map(({ name }) => name)).toContain('<img src=x onerror=alert(1)>');
    expect(await library.labels()).toContainEqual({ id: 'b_x_b', name: '<b>x</b>' });
  });
});

async function encrypted(): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { password: 'secret', zipCrypto: true, useWebWorkers: false });
  for (const { name } of plainFiles) await writer.add(name, new TextReader('x'));
  return writer.close();
}

const whole = rawZip(plainFiles);
const header = 'file,labels,name,keptAt,reviewed\n';
const long = 'x'.repeat(10_000);
const manyLabels = Array.from({ length: 2001 }, (_, i) => `l${i}`).join(';');
const hostile: [string, string, RegExp, () => Blob | Promise<Blob>][] = [
  [
    'a list of 2,001 labels',
    'dataset-damaged',
    /2001 different labels, and Earmark takes at most 2000/,
    () => withList(`file,labels\na.wav,${manyLabels}\n`),
  ],
  [
    'no zip',
    'zip-damaged',
    /“set\.zip” isn’t a zip file/,
    () => new Blob(['PK, but no zip file at all, only words of it']),
  ],
  ['an empty file', 'zip-damaged', /isn’t a zip file/, () => new Blob([])],
  ['a zip that was cut off', 'zip-damaged', /is cut off/, () => new Blob([whole.subarray(0, 400)])],
  ['a zip without a data set', 'no-dataset', /no file “labels\.csv”/, () => blob(plainFiles.slice(1))],
  ['an empty zip', 'no-dataset', /no file “labels\.csv”/, () => blob([])],
  ['a list without rows', 'empty-dataset', /no clips/, () => withList('file,labels\n')],
  [
    'a name that leads up',
    'zip-damaged',
    /“\.\.\/evil\.wav”/,
    () => blob(filesWith({ name: '../evil.wav', data: 'x' })),
  ],
  [
    'a name that leads up inside',
    'zip-damaged',
    /points outside/,
    () => blob(filesWith({ name: 'clips/../../evil', data: 'x' })),
  ],
  [
    'a name that leads up on Windows',
    'zip-damaged',
    /points outside/,
    () => blob(filesWith({ name: '..\\evil', data: 'x' })),
  ],
  ['an absolute name', 'zip-damaged', /“\/etc\/passwd”/, () => blob(filesWith({ name: '/etc/passwd', data: 'x' }))],
  ['a name on a drive', 'zip-damaged', /points outside/, () => blob(filesWith({ name: 'C:/evil.wav', data: 'x' }))],
  [
    'a name of a network',
    'zip-damaged',
    /points outside/,
    () => blob(filesWith({ name: '\\\\host\\evil', data: 'x' })),
  ],
  [
    'a name with a zero byte',
    'zip-damaged',
    /points outside/,
    () => blob(filesWith({ name: 'evil\0.wav', data: 'x' })),
  ],
  [
    'a name of 60,000 letters',
    'zip-damaged',
    /^.{0,300}$/s,
    () => blob(filesWith({ name: `../${'x'.repeat(60_000)}`, data: 'x' })),
  ],
  [
    'a file twice',
    'zip-damaged',
    /“clips\/a\.wav” twice/,
    () => blob([...plainFiles, { name: 'clips/a.wav', data: 'x' }]),
  ],
  ['100,000 files', 'zip-damaged', /more than 50,000 files/, manyFiles],
  [
    '10 GB by its list',
    'zip-damaged',
    /larger than 8000 MB/,
    () => blob(filesWith(...[0, 1, 2, 3, 4].map((i) => ({ name: `${i}.wav`, data: 'x', claimedBytes: 2e9 })))),
  ],
  [
    'a clip of 100 MB by its list',
    'dataset-damaged',
    /“a\.wav” is too large/,
    () => blob(filesWith({ name: 'clips/a.wav', data: 'x', claimedBytes: 1e8 })),
  ],
  [
    'a list of 100 MB',
    'zip-damaged',
    /“labels\.csv”, which is larger than 16 MB/,
    () => blob(filesWith({ name: 'labels.csv', data: Buffer.alloc(1e8, 'x'), deflate: true })),
  ],
  [
    'a file that unpacks to more than it says',
    'zip-damaged',
    /damaged at “clips\/a\.wav”/,
    () => blob(filesWith({ name: 'clips/a.wav', data: Buffer.alloc(1e8), deflate: true, claimedBytes: 1000 })),
  ],
  [
    'a file that unpacks to less than it says',
    'zip-damaged',
    /damaged at “clips\/a\.wav”/,
    () => blob(filesWith({ name: 'clips/a.wav', data: wav(1), deflate: true, claimedBytes: 5000 })),
  ],
  [
    'a changed byte',
    'zip-damaged',
    /damaged at “clips\/a\.wav”/,
    () => blob(filesWith({ name: 'clips/a.wav', data: wav(1), claimedCrc: 1 })),
  ],
  ['a password', 'zip-damaged', /protected by a password/, encrypted],
  [
    'a file that is no sound',
    'dataset-damaged',
    /Nothing was imported from “set\.zip”.*“sub\/b\.wav” is damaged/,
    () => blob(filesWith({ name: 'clips/sub/b.wav', data: 'text' })),
  ],
  [
    'a file without samples',
    'dataset-damaged',
    /“sub\/b\.wav” is damaged/,
    () => blob(filesWith({ name: 'clips/sub/b.wav', data: new Uint8Array(encodeWav(new Int16Array(0), RATE_HZ)) })),
  ],
  [
    'a file that is not there',
    'dataset-damaged',
    /lists the file “c\.wav”, which isn’t there/,
    () => withList('file,labels\na.wav,dog\nc.wav,dog\n'),
  ],
  ['a list without labels', 'dataset-damaged', /no column “labels”/, () => withList('file,colour\na.wav,red\n')],
  [
    'a row that is too short',
    'dataset-damaged',
    /Row 2 of labels\.csv: It has 1 column instead of 2/,
    () => withList('file,labels\na.wav,dog\nb\n'),
  ],
  ['a row without a file', 'dataset-damaged', /Row 1 .*No file/, () => withList('file,labels\n,dog\n')],
  [
    'a label of 10,000 letters',
    'dataset-damaged',
    /Row 1 .*60 characters, and this one has 10,000/,
    () => withList(`file,labels\na.wav,${long}\n`),
  ],
  ['a label of signs', 'dataset-damaged', /Row 1 .*letter or digit/, () => withList('file,labels\na.wav,<>\n')],
  [
    'a date that is none',
    'dataset-damaged',
    /Row 1 .*“NaN” .*isn’t a date/,
    () => withList(`${header}a.wav,dog,a,NaN,yes\n`),
  ],
  ['an endless date', 'dataset-damaged', /isn’t a date/, () => withList(`${header}a.wav,dog,a,${long},yes\n`)],
  [
    'an answer that is none',
    'dataset-damaged',
    /“perhaps” .*neither yes nor no/,
    () => withList(`${header}a.wav,dog,a,,perhaps\n`),
  ],
  [
    'a list that is no text',
    'dataset-damaged',
    /no column “file”/,
    () => blob(filesWith({ name: 'labels.csv', data: Uint8Array.of(0xff, 0xfe, 0x00) })),
  ],
  [
    'an id that is none',
    'dataset-damaged',
    /Row 1 of label-names\.csv.*“<b>” isn’t a label’s id/,
    () => blob(filesWith({ name: 'label-names.csv', data: 'id,name\n<b>,Cat\n' })),
  ],
  [
    'a label’s name twice',
    'dataset-damaged',
    /Row 2 of label-names\.csv.*“dog” is listed twice/,
    () => blob(filesWith({ name: 'label-names.csv', data: 'id,name\ndog,Dog\ndog,DOG\n' })),
  ],
];

function manyFiles(): Blob {
  return blob(filesWith(...Array.from({ length: 100_000 }, (_, i) => ({ name: `clips/${i}`, data: '' }))));
}

describe('an archive with', () => {
  it.each(hostile)(
    '%s is refused in words, and nothing is imported',
    async (_, name, message, make) => {
      const library = openLibrary();
      await library.add(newClip(9));
      const before = [await library.list(), await library.labels(), await countRecords()];
      const failure = await failureOf(importZip(library, await make()));
      expect(failure).toEqual({ name, message: expect.stringMatching(message) });
      expect([await library.list(), await library.labels(), await countRecords()]).toEqual(before);
    },
    30_000,
  );
});

it.each([
  ['in one row', `a.wav,${Array.from({ length: 100_000 }, (_, i) => `l${i}`).join(';')}`],
  ['in a row each', Array.from({ length: 100_000 }, (_, i) => `a.wav,l${i}`).join('\n')],
])('a hundred thousand labels of a file, %s, are refused at once', { timeout: 20_000 }, async (_, rows) => {
  const library = openLibrary();
  const error = await failureOf(importZip(library, withList(`file,labels\n${rows}\n`)));
  expect(error.message).toMatch(/100000 different labels, and Earmark takes at most 2000\.$/);
});

describe('the disk', () => {
  it('being full during the import leaves nothing half-imported', async () => {
    const zip = (await exportDataset(await fullLibrary(), quiet)).zip;
    const other = await anotherBrowser();
    await other.list();
    const before = await countRecords();
    const { add } = IDBObjectStore.prototype;
    let left = 9;
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (--left === 0) throw new DOMException('full', 'QuotaExceededError');
      return add.call(this, value, key);
    } as typeof add);
    expect((await failureOf(importZip(other, zip))).name).toBe('storage-full');
    vi.restoreAllMocks();
    expect(await countRecords()).toEqual(before);
  });
});
