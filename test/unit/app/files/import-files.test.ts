import { describe, expect, it } from 'vitest';
import type { DroppedFile, DroppedFiles } from '../../../../src/app/files/dropped-files';
import { type ImportParts, importFiles } from '../../../../src/app/files/import-files';
import { EarmarkError } from '../../../../src/shared/contracts/messages/problem';
import { encodeWav, toInt16 } from '../../../../src/shared/lib/files/wav';
import type { FindLabel } from '../../../../src/store/dataset/dataset-lists';
import { en } from '../../../../src/ui/messages/en';
import { isLabelName, labelIdOf } from '../../../../src/ui/messages/label-ids';
import { openLibrary, RATE_HZ, useEmptyBrowser } from '../../support/library';
import { whiteNoise } from '../../support/random';
import { type RawFile, rawZip } from '../../support/raw-zip';

useEmptyBrowser();

const wav = new Uint8Array(encodeWav(toInt16(whiteNoise(100, 1)), RATE_HZ));
const folders = Array.from({ length: 2001 }, (_, i) => `sound ${i}`);

const findLabel: FindLabel = (text) => (isLabelName(text) ? { id: labelIdOf(text), name: text } : undefined);

function importInto(library: ReturnType<typeof openLibrary>, files: Parameters<typeof importFiles>[0]) {
  const parts = { library, findLabel, sampleRateHz: RATE_HZ, onProgress: () => undefined };
  return importFiles(files, parts as unknown as ImportParts);
}

describe('sounds in more folders than there may be labels', () => {
  it('are refused as a whole when they are dropped', async () => {
    const library = openLibrary();
    const sounds = folders.map((folder) => ({ file: new File([wav], 'a.wav'), folder, path: `${folder}/a.wav` }));
    const { clips, problems } = await importInto(library, { sounds, zips: [], lists: [], others: 0 });
    expect(problems).toEqual([{ code: 'too-many-folders', folders: 2001, most: 2000 }]);
    expect(clips).toBe(0);
    expect(await library.labels()).toEqual([]);
  });

  it('are refused as a whole in a zip', async () => {
    const library = openLibrary();
    const zip = new File([rawZip(folders.map((folder) => ({ name: `${folder}/a.wav`, data: wav })))], 'set.zip');
    const { clips, problems } = await importInto(library, { sounds: [], zips: [zip], lists: [], others: 0 });
    expect(problems).toEqual([{ code: 'too-many-folders', folders: 2001, most: 2000 }]);
    expect(clips).toBe(0);
    expect(await library.labels()).toEqual([]);
  });
});

describe('sounds for which there is no room', () => {
  const files = ['a', 'b', 'c'].map((name) => new File([wav], `${name}.wav`));
  const full = { sampleRateHz: RATE_HZ, add: async () => Promise.reject(new EarmarkError({ code: 'storage-full' })) };

  it('are counted, also those that were not tried any more', async () => {
    const zip = new File([rawZip(['a.wav', 'b.wav'].map((name) => ({ name, data: wav })))], 'set.zip');
    const sounds = files.map((file) => ({ file, folder: undefined, path: file.name }));
    const { clips, problems, notTried } = await importInto(full as never, {
      sounds,
      zips: [zip],
      lists: [],
      others: 0,
    });
    expect(clips).toBe(0);
    expect(problems.map(({ code }) => code)).toEqual(['storage-full', 'storage-full']);
    expect(notTried).toBe(3);
  });
});

const wavOf = (seed: number): Uint8Array => new Uint8Array(encodeWav(toInt16(whiteNoise(100, seed)), RATE_HZ));
const [first, second] = [wavOf(1), wavOf(2)];
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
/** “ü” and “ö” in CP437, the encoding of DOS. */
const dos = { ü: '\x81', ö: '\x94' };

/** What is in the library after an import, as `name=label+label`, and what the page says of problems. */
async function outcome(files: Partial<DroppedFiles>): Promise<{ clips: string; problems: string[] }> {
  const library = openLibrary();
  const { problems } = await importInto(library, { sounds: [], zips: [], lists: [], others: 0, ...files });
  const clips = (await library.list()).map(({ name, labels }) => `${name}=${labels.join('+')}`);
  return { clips: clips.sort().join(' '), problems: problems.map((problem) => en.problemText(problem)) };
}

const zipped = (files: readonly RawFile[]): Promise<{ clips: string; problems: string[] }> =>
  outcome({ zips: [new File([rawZip(files)], 'set.zip')] });

describe('a zip from elsewhere', () => {
  it.each<[string, RawFile[]]>([
    [
      'with what macOS and Windows put into it',
      [
        { name: 'set/labels.csv', data: 'file,labels\na.wav,dog\nb.wav,rain\n' },
        { name: 'set/a.wav', data: first },
        { name: 'set/b.wav', data: second },
        { name: '__MACOSX/set/._labels.csv', data: 'x' },
        { name: '__MACOSX/set/._a.wav', data: 'x' },
        { name: 'set/.DS_Store', data: 'x' },
      ],
    ],
    [
      'with “.” as a folder',
      [
        { name: './labels.csv', data: 'file,labels\n./a.wav,dog\nb.wav,rain\n' },
        { name: './a.wav', data: first },
        { name: './b.wav', data: second },
      ],
    ],
    [
      'with a list for each part',
      [
        { name: 'meta/train.csv', data: 'file,labels\na.wav,dog\n' },
        { name: 'meta/test.csv', data: 'file,labels\nb.wav,rain\n' },
        { name: 'audio/a.wav', data: first },
        { name: 'audio/b.wav', data: second },
      ],
    ],
    [
      'with several data sets',
      [
        { name: '1/labels.csv', data: 'file,labels\na.wav,dog\n' },
        { name: '1/clips/a.wav', data: first },
        { name: '2/labels.csv', data: 'file,labels\nb.wav,rain\n' },
        { name: '2/clips/b.wav', data: second },
      ],
    ],
    [
      'with a list of names without extensions',
      [
        { name: 'labels.csv', data: 'file,labels\na,dog\nb,rain\n' },
        { name: 'a.wav', data: first },
        { name: 'b.wav', data: second },
      ],
    ],
    [
      'with a list from before a conversion',
      [
        { name: 'labels.csv', data: 'file,labels\na.mp3,dog\nb.mp3,rain\n' },
        { name: 'a.wav', data: first },
        { name: 'b.wav', data: second },
      ],
    ],
    [
      'whose folders are labels of the model in German',
      [
        { name: 'Hund/a.wav', data: first },
        { name: 'Regen/b.wav', data: second },
      ],
    ],
  ])('%s is imported', async (_, files) => {
    expect(await zipped(files)).toEqual({ clips: 'a=dog b=rain', problems: [] });
  });

  it.each([
    ['DOS', `V${dos.ö}gel`, `M${dos.ü}cken`],
    ['Windows', 'Vögel', 'Mücken'],
  ])('is imported with names in the encoding of %s', async (_, birds, door) => {
    const files = [
      { name: '', nameBytes: latin(`${birds}/a.wav`), data: first, flags: 0 },
      { name: '', nameBytes: latin(`${door}/b.wav`), data: second, flags: 0 },
    ];
    expect(await zipped(files)).toEqual({ clips: 'a=vögel b=mücken', problems: [] });
  });

  it.each<[string, RegExp, RawFile[]]>([
    ['another zip', /contains another zip file, “sets\/one\.zip”\. Unpack it/, [{ name: 'sets/one.zip', data: 'PK' }]],
    [
      'a spreadsheet',
      /“set\.zip”\. labels\.xlsx is a spreadsheet\. Save it as CSV/,
      [
        { name: 'labels.xlsx', data: 'PK' },
        { name: 'a.wav', data: first },
      ],
    ],
    [
      'a spreadsheet under a list’s name',
      /labels\.csv is a spreadsheet/,
      [
        { name: 'labels.csv', data: 'PK\x03\x04' },
        { name: 'a.wav', data: first },
      ],
    ],
    [
      'WinZip’s compression of sound',
      /“a\.wav”, compressed as WavPack/,
      [
        { name: 'a.wav', data: first, claimedMethod: 97 },
        { name: 'b.wav', data: second },
      ],
    ],
    ['AES', /protected by a password/, [{ name: 'a.wav', data: first, claimedMethod: 99 }]],
    ['a method that nobody knows', /compressed as 77/, [{ name: 'a.wav', data: first, claimedMethod: 77 }]],
    ['no sounds', /contains no sounds/, [{ name: 'photo.jpg', data: 'x' }]],
  ])('with %s is refused, with what to do', async (_, message, files) => {
    expect(await zipped(files)).toEqual({ clips: '', problems: [expect.stringMatching(message)] });
  });

  it('that is one part of several is refused', async () => {
    const bytes = rawZip([{ name: 'a.wav', data: first }]);
    // Number of the part in which the list of files ends, counted from 0.
    bytes.writeUInt16LE(1, bytes.length - 18);
    const part = new File([bytes], 'set.zip');
    const { problems } = await outcome({ zips: [part] });
    expect(problems).toEqual([expect.stringMatching(/one part of a zip file that was split\. Join the parts/)]);
  });

  it('with a damaged sound is imported without it, if it has no list', async () => {
    const files = [
      { name: 'dog/a.wav', data: first },
      { name: 'dog/b.wav', data: second, claimedCrc: 1 },
    ];
    const problems = [expect.stringMatching(/^“dog\/b\.wav” is damaged.*It wasn’t imported\.$/)];
    expect(await zipped(files)).toEqual({ clips: 'a=dog', problems });
  });
});

describe('a dropped folder with a list', () => {
  const dropped = (path: string, data: Uint8Array<ArrayBuffer> | string): DroppedFile => {
    const parts = path.split('/');
    return { file: new File([data], parts.at(-1) as string), folder: parts.at(-2), path };
  };
  const sounds = [
    dropped('set/audio/a.wav', wavOf(1) as Uint8Array<ArrayBuffer>),
    dropped('set/audio/b.wav', wavOf(2) as Uint8Array<ArrayBuffer>),
  ];
  const list = dropped('set/labels.csv', 'file,labels\na.wav,Hund\nb.wav,Regen\n');

  it('is imported with the list’s labels, not with the folder’s name', async () => {
    expect(await outcome({ sounds, lists: [list], others: 1 })).toEqual({ clips: 'a=dog b=rain', problems: [] });
  });

  it('does not keep other sounds from being imported', async () => {
    const other = dropped('wind/c.wav', wavOf(3) as Uint8Array<ArrayBuffer>);
    const { clips } = await outcome({ sounds: [...sounds, other], lists: [list], others: 1 });
    expect(clips).toBe('a=dog b=rain c=wind');
  });

  it('is refused if the list names what is not there', async () => {
    const wrong = dropped('set/labels.csv', 'file,labels\nx.wav,dog\n');
    const problems = [expect.stringMatching(/“set\/labels\.csv”.*“x\.wav”, which isn’t there/)];
    expect(await outcome({ sounds, lists: [wrong], others: 1 })).toEqual({ clips: '', problems });
  });

  it('is imported by its folders’ names if the table is no list of clips', async () => {
    const table = dropped('set/weather.csv', 'day,degrees\n1,20\n');
    const { clips } = await outcome({ sounds, lists: [table], others: 1 });
    expect(clips).toBe('a=audio b=audio');
  });
});
