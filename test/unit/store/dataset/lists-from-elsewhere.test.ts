import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClipList } from '../../../../cli/clips/clip-list';
import { listText } from '../../../../src/shared/lib/files/list-table';
import { type FindLabel, parseClipList } from '../../../../src/store/dataset/dataset-lists';
import { isLabelName, labelIdOf } from '../../../../src/ui/messages/label-ids';

const findLabel: FindLabel = (text) => (isLabelName(text) ? { id: labelIdOf(text), name: text } : undefined);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earmark-lists-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the page and the command line read, as `file=label+label` each. They must agree. */
async function read(list: string | Uint8Array): Promise<string> {
  const bytes = typeof list === 'string' ? new TextEncoder().encode(list) : list;
  const path = join(folder, 'list.csv');
  await writeFile(path, bytes);
  const shown = (rows: readonly { file: string; labels: readonly string[] }[]): string =>
    rows.map(({ file, labels }) => `${file}=${labels.join('+')}`).join(' ');
  const page = parseClipList(listText(bytes), [], findLabel);
  const shownByPage = shown(page.map(({ file, labels }) => ({ file, labels: labels.map(({ id }) => id) })));
  expect(shownByPage).toBe(shown(await readClipList(path)));
  return shownByPage;
}

const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le');
const windows1252 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const dogAndRain = 'a.wav=dog b.wav=rain';
const both = 'a.wav=dog+rain b.wav=rain';

const lists: [string, string | Uint8Array, string][] = [
  ['a stated separator and Mac’s old line ends', 'sep=;\rfile;labels\ra.wav;dog\rb.wav;rain\r', dogAndRain],
  ['a stated tab in quotes', '\uFEFF"sep=\t"\r\nfile\tlabels\r\na.wav\tdog\r\nb.wav\train\r\n', dogAndRain],
  ['upright strokes between columns', 'file|labels\na.wav|dog\nb.wav|rain\n', dogAndRain],
  ['more commas than semicolons in its header', 'file;labels;a, b, c, d\na.wav;dog;x\nb.wav;rain;y\n', dogAndRain],
  ['UTF-16 without a mark', utf16('file\tlabels\r\na.wav\tdog\r\nb.wav\tRegen\r\n'), dogAndRain],
  [
    'umlauts of Windows-1252 in its header',
    windows1252('Datei;Geräusche\r\na.wav;Hund\r\nb.wav;Regen\r\n'),
    dogAndRain,
  ],
  ['two byte order marks', '\uFEFF\uFEFFfile;labels\na.wav;dog\nb.wav;rain\n', dogAndRain],
  ['an end of file of DOS', 'file,labels\na.wav,dog\nb.wav,rain\n\x1A', dogAndRain],
  ['zeros behind it', 'file,labels\na.wav,dog\nb.wav,rain\n\0\0\0', dogAndRain],
  ['comments above its header', '# 2025\n# mine\nfile,labels\na.wav,dog\nb.wav,rain\n', dogAndRain],
  ['no header', 'a.wav,dog\nb.wav,rain\n', dogAndRain],
  ['no header, labels first', 'dog;a.wav\nrain;b.wav\n', dogAndRain],
  ['German columns', 'Dateiname;Klasse;Datum\na.wav;Hund;24.11.2025\nb.wav;Regen;\n', dogAndRain],
  ['files in a column of any name', 'take,sound,label\n1,a.wav,dog\n2,b.wav,rain\n', dogAndRain],
  [
    'the columns of ESC-50',
    'filename,fold,target,category,esc10\na.wav,1,0,dog,True\nb.wav,1,9,rain,False\n',
    dogAndRain,
  ],
  ['the columns of FSD50K', 'fname,labels,mids,split\na,"Bark,Dog",/m/1,train\nb,Rain,/m/2,val\n', 'a=bark+dog b=rain'],
  ['the columns of UrbanSound8K', 'slice_file_name,fold,classID,class\na.wav,5,3,dog\nb.wav,2,8,rain\n', dogAndRain],
  ['numbered columns of labels', 'file,label1,label2\na.wav,dog,rain\nb.wav,rain,\n', both],
  ['columns of labels with one name', 'file,Label,Label\na.wav,dog,rain\nb.wav,rain,\n', both],
  ['columns of labels without a name', 'file,labels,,\na.wav,dog,rain,\nb.wav,rain,,\n', both],
  ['a column for each label', 'file;dog;rain;wind\na.wav;YES;x;nein\nb.wav;;ja;0\n', both],
  ['a column for each label, beside a fold', 'file,fold,dog,rain\na.wav,3,1.0,1.0\nb.wav,4,0.0,1.0\n', both],
  ['labels with commas between', 'file,labels\na.wav,"dog,rain"\nb.wav,rain\n', both],
  ['known labels with commas and spaces between', 'file,labels\na.wav,"Hund, Regen"\nb.wav,rain\n', both],
  ['labels with strokes between', 'file,labels\na.wav,dog | rain\nb.wav,rain\n', both],
  ['a total', 'file,labels\na.wav,dog\nb.wav,rain\nTotal,2\n', dogAndRain],
  ['a remark below', 'file;labels;name\na.wav;dog;x\nb.wav;rain;y\n;;Summe: 2\n', dogAndRain],
  ['empty cells behind its rows', 'file,labels\na.wav,dog,,\nb.wav,rain,\n', dogAndRain],
  ['rows that end early', 'file,labels,name,reviewed\na.wav,dog\nb.wav,rain,y\n', dogAndRain],
];

describe('a list from elsewhere with', () => {
  it.each(lists)('%s is read alike by page and command line', async (_, list, expected) => {
    expect(await read(list)).toBe(expected);
  });

  it('a name with a comma, as it is, where nobody knows its parts', async () => {
    const [row] = parseClipList('file,labels\na.wav,"Door, slam"\n', [], findLabel);
    expect(row?.labels).toEqual([{ id: 'door_slam', name: 'Door, slam' }]);
  });
});

describe('dates of clips', () => {
  const local = (month: number, day: number, hour = 0, minute = 0): number =>
    new Date(2025, month - 1, day, hour, minute).getTime();
  it.each([
    ['German, with short years', ['24.11.25', '1.2.25 7:05'], [local(11, 24), local(2, 1, 7, 5)]],
    ['American', ['11/24/25', '1/2/25 2:03 PM'], [local(11, 24), local(1, 2, 14, 3)]],
    ['British', ['24/11/2025', '1/2/2025 14:03'], [local(11, 24), local(2, 1, 14, 3)]],
    ['in words', ['24 Nov 2025', 'March 2, 2025 2:03 PM'], [local(11, 24), local(3, 2, 14, 3)]],
    ['in German words', ['24. November 2025', '2. März 2025 14:03'], [local(11, 24), local(3, 2, 14, 3)]],
    ['without signs', ['20251124', '20250201_140300'], [local(11, 24), local(2, 1, 14, 3)]],
    ['of Excel', ['45985', '45689,5'], [local(11, 24), local(2, 1, 12)]],
    [
      'with a zone',
      ['2025-11-24 14:03:00 UTC', '2025-11-24T14:03+01:00'],
      [Date.UTC(2025, 10, 24, 14, 3), Date.UTC(2025, 10, 24, 13, 3)],
    ],
    ['of Unix', ['1763992980', '1763992980000'], [1763992980000, 1763992980000]],
  ])('are read: %s', (_, [first, second], expected) => {
    const list = `file\tlabels\tkeptAt\na.wav\tdog\t${first}\nb.wav\train\t${second}\n`;
    expect(parseClipList(list, [], findLabel).map(({ keptAtMs }) => keptAtMs)).toEqual(expected);
  });

  it('come from a foreign column only if all of it is dates', () => {
    const dated = (second: string) =>
      parseClipList(`file;labels;Datum\na.wav;dog;24.11.2025\nb.wav;rain;${second}\n`, [], findLabel);
    expect(dated('').map(({ keptAtMs }) => keptAtMs)).toEqual([local(11, 24), undefined]);
    expect(dated('last summer').map(({ keptAtMs }) => keptAtMs)).toEqual([undefined, undefined]);
  });

  it('are refused where they can be read in two ways', () => {
    expect(() => parseClipList('file;labels;keptAt\na.wav;dog;25-11-24\n', [], findLabel)).toThrow('list-date');
  });
});
