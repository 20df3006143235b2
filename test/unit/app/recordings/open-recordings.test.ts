import { expect, it } from 'vitest';
import { leftHere } from '../../../../src/app/recordings/open-recordings';
import { EarmarkError } from '../../../../src/shared/contracts/messages/problem';
import type { Recording } from '../../../../src/shared/contracts/recordings/recording';
import type { RecordingsStore } from '../../../../src/store/recordings/recordings-store';

it('deletes only files that belong to no recording, also none that another window or a damaged row has', async () => {
  const removed: string[] = [];
  const added: string[] = [];
  const store = {
    ids: async () => ['of another window', 'damaged', 'made here.wav'],
    copies: async () => ['of another window', 'damaged', 'made here.wav', 'of nobody', 'cut off.wav'],
    copy: async (name: string) => new File(['RIFF'], name),
    add: async ({ id }: Recording) => void added.push(id),
    removeCopy: async (name: string) => void removed.push(name),
  };
  const stored = await leftHere(store as unknown as RecordingsStore);
  expect(removed).toEqual(['of nobody']);
  expect(added).toEqual(['cut off.wav']);
  expect(stored.map(({ id }) => id)).toEqual(['cut off.wav']);
});

it('lists what was recorded here also if the disk is full, so that it can be deleted', async () => {
  const add = (code: 'storage-full' | 'storage-elsewhere') => async () => {
    throw new EarmarkError({ code });
  };
  const store = {
    ids: async () => [],
    copies: async () => ['cut off.wav'],
    copy: async (name: string) => new File(['RIFF'], name),
    add: add('storage-full'),
  };
  const stored = await leftHere(store as unknown as RecordingsStore);
  expect(stored.map(({ id }) => id)).toEqual(['cut off.wav']);
  const others = { ...store, add: add('storage-elsewhere') };
  await expect(leftHere(others as unknown as RecordingsStore)).rejects.toThrow(EarmarkError);
});
