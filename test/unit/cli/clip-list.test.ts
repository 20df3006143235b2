import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readClipList } from '../../../cli/clips/clip-list';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earmark-clip-list-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a list and gives its path. */
async function list(text: string): Promise<string> {
  const path = join(folder, 'list.csv');
  await writeFile(path, text);
  return path;
}

describe('a clip list', () => {
  test('has files, labels and folds, in whatever order the columns come', async () => {
    const path = await list('fold,licence,labels,file\n1,CC0,dog,a.wav\n2,"CC-BY, 4.0",rain;wind,"sub/b, c.wav"\n');
    expect(await readClipList(path)).toEqual([
      { file: 'a.wav', labels: ['dog'], fold: '1' },
      { file: 'sub/b, c.wav', labels: ['rain', 'wind'], fold: '2' },
    ]);
  });

  test('may have no folds, and clips without a label', async () => {
    expect(await readClipList(await list('file,labels\na.wav,\n'))).toEqual([{ file: 'a.wav', labels: [], fold: '' }]);
  });

  test('is read with a byte order mark, Windows line ends, blank lines, spaces and labels given twice', async () => {
    const path = await list('\uFEFFfile,labels\r\n a.wav , dog ; cat;dog; \r\n\r\n');
    expect(await readClipList(path)).toEqual([{ file: 'a.wav', labels: ['dog', 'cat'], fold: '' }]);
  });

  test.each([
    ['a missing file column', 'thing,labels\na,dog\n', /list\.csv has no column "file"/],
    ['a missing label column', 'file,colour\na.wav,red\n', /list\.csv has no column "labels"/],
    ['no rows', 'file,labels\n', /list\.csv has no rows/],
    ['nothing in it', '\n', /list\.csv is empty/],
    ['rows of other lengths', 'file,labels\na.wav\n', /list\.csv is no CSV: .*line 2/],
    ['an open quote', 'file,labels\n"a.wav,dog\n', /list\.csv is no CSV: /],
    ['a row without a file', 'file,labels\na.wav,dog\n,cat\n', /list\.csv names no file in row 2/],
  ])('is refused with %s', async (_, text, message) => {
    await expect(readClipList(await list(text))).rejects.toThrow(message);
  });

  test('is rejected without folds if they are needed', async () => {
    const path = await list('file,labels\na.wav,dog\n');
    await expect(readClipList(path, ['fold'])).rejects.toThrow(/list\.csv has no column "fold"/);
  });

  test('is rejected if it is missing', async () => {
    await expect(readClipList(join(folder, 'none.csv'))).rejects.toThrow(/none\.csv cannot be read/);
  });
});
