import { describe, expect, it } from 'vitest';
import { droppedFiles, pickedFiles } from '../../../../src/app/files/dropped-files';
import { failureOf } from '../../../support/failure';
import { drop, entryOf, folder, type Tree } from '../../support/drop';

const sound = (name: string): File => new File(['x'], name, { type: 'audio/wav' });

function picked(path: string): File {
  return Object.defineProperty(sound(path.split('/').at(-1) as string), 'webkitRelativePath', { value: path });
}

describe('dropped files', () => {
  it('are collected from nested folders, each with its folder’s name', async () => {
    const { sounds, zips, others } = await droppedFiles(
      drop(
        sound('alone.wav'),
        folder('house', folder('door bell', sound('2.wav'), sound('10.wav'), sound('1.wav')), sound('hum.wav')),
        new File(['x'], 'set.ZIP'),
      ),
    );
    expect(sounds.map(({ file, folder }) => [folder, file.name])).toEqual([
      [undefined, 'alone.wav'],
      ['door bell', '1.wav'],
      ['door bell', '2.wav'],
      ['door bell', '10.wav'],
      ['house', 'hum.wav'],
    ]);
    expect(zips.map(({ name }) => name)).toEqual(['set.ZIP']);
    expect(others).toBe(0);
  });

  it('in one folder are all found, however many there are', async () => {
    const many = Array.from({ length: 350 }, (_, i) => sound(`${i}.wav`));
    expect((await droppedFiles(drop(folder('dog', ...many)))).sounds).toHaveLength(350);
  });

  it('exclude hidden system files, and count those that are not sounds', async () => {
    const { sounds, others } = await droppedFiles(
      drop(
        folder(
          'dog',
          sound('a.wav'),
          sound('._a.wav'),
          new File(['x'], '.DS_Store'),
          folder('__MACOSX', sound('a.wav')),
          new File(['x'], 'read me.txt', { type: 'text/plain' }),
          new File(['x'], 'typeless.opus'),
        ),
      ),
    );
    expect(sounds.map(({ file }) => file.name)).toEqual(['a.wav', 'typeless.opus']);
    expect(others).toBe(1);
  });

  it('are rejected if there is no sound, or far too much', async () => {
    const text = new File(['x'], 'read me.txt', { type: 'text/plain' });
    const bottomless = (depth: number): Tree =>
      folder('deep', ...(depth > 0 ? [bottomless(depth - 1)] : [sound('a.wav')]));
    const endless = folder('all', ...Array.from({ length: 20_001 }, (_, i) => sound(`${i}.wav`)));
    for (const tree of [text, folder('empty')]) {
      expect((await failureOf(droppedFiles(drop(tree)))).name).toBe('nothing-to-import');
    }
    for (const tree of [bottomless(25), endless]) {
      expect((await failureOf(droppedFiles(drop(tree)))).name).toBe('too-much-to-import');
    }
  });

  it('that cannot be read are named', async () => {
    const entry = entryOf(sound('gone.wav')) as FileSystemFileEntry;
    entry.file = (_, reject) => reject?.(new DOMException('not found', 'NotFoundError'));
    const items = [{ webkitGetAsEntry: () => entry }] as unknown as DataTransferItemList;
    const failure = await failureOf(droppedFiles(items));
    expect(failure).toEqual({ name: 'file-unreadable', message: expect.stringContaining('“gone.wav”') });
  });
});

describe('picked files', () => {
  it('know their folder', () => {
    const { sounds } = pickedFiles([picked('house/door bell/1.wav'), picked('house/.git/2.wav')]);
    expect(sounds.map(({ file, folder }) => [folder, file.name])).toEqual([['door bell', '1.wav']]);
  });

  it('may be single ones', () => {
    const { sounds } = pickedFiles([Object.defineProperty(sound('1.wav'), 'webkitRelativePath', { value: '' })]);
    expect(sounds.map(({ folder }) => folder)).toEqual([undefined]);
  });
});
