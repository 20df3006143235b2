import { afterEach, describe, expect, it, vi } from 'vitest';
import { intoFile } from '../../src/app/files/into-file';

afterEach(() => vi.restoreAllMocks());

/** What is downloaded, instead of the download. It is read when the test asks: a later export may take its place. */
function downloads(): { name: string; text: () => Promise<string> }[] {
  const saved: { name: string; text: () => Promise<string> }[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const { download: name, href } = this;
    saved.push({ name, text: () => fetch(href).then((response) => response.text()) });
  });
  return saved;
}

const piece = 'a row of the table\n'.repeat(60_000);

async function write(file: WritableStream<Uint8Array>): Promise<void> {
  const writer = file.getWriter();
  for (let i = 0; i < 10; i++) await writer.write(new TextEncoder().encode(piece));
  await writer.close();
}

const ownFiles = async (): Promise<string[]> => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('exports', { create: true });
  const names: string[] = [];
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
  return names;
};

describe('a file without a dialog for saving', () => {
  it('is collected in the browser’s own file system, where one export is left at most', async () => {
    const saved = downloads();
    await intoFile({ name: 'first.csv' }, write);
    await intoFile({ name: 'second.csv' }, write);
    expect(saved.map(({ name }) => name)).toEqual(['first.csv', 'second.csv']);
    expect(await saved[1]?.text()).toBe(piece.repeat(10));
    expect(await ownFiles()).toHaveLength(1);
  });

  it('is collected as parts of a blob where there is none', async () => {
    vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(new Error('private window'));
    const saved = downloads();
    await intoFile({ name: 'events.csv' }, write);
    expect(await saved[0]?.text()).toBe(piece.repeat(10));
  });

  it('is not offered if it could not be written completely', async () => {
    const saved = downloads();
    const failing = async (file: WritableStream<Uint8Array>): Promise<void> => {
      await file.abort();
      throw new Error('cut');
    };
    await expect(intoFile({ name: 'events.csv' }, failing)).rejects.toThrow('cut');
    expect(saved).toEqual([]);
  });
});
