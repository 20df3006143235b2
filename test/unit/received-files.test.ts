import { afterEach, describe, expect, it, vi } from 'vitest';
import { importReceivedFiles } from '../../src/app/received-files';
import type { AppCommands } from '../../src/app/state';
import { FILE_NAME_HEADER, RECEIVED_FILES_CACHE } from '../../src/shared/received-files';

afterEach(() => vi.unstubAllGlobals());

/** Files of a browser know where a folder's picker found them. */
class BrowserFile extends File {
  override readonly webkitRelativePath = '';
}

/** What the service worker left: one sound; and an app that is ready to save. */
function oneWaitingFile(stored: boolean) {
  const response = new Response(new Uint8Array([1, 2, 3]), {
    headers: { [FILE_NAME_HEADER]: 'crow%20%26%20rook.wav' },
  });
  const waiting = new Map([[RECEIVED_FILES_CACHE, { matchAll: async () => [response] }]]);
  vi.stubGlobal('File', BrowserFile);
  vi.stubGlobal('caches', {
    has: async (name: string) => waiting.has(name),
    open: async (name: string) => waiting.get(name),
    delete: async (name: string) => waiting.delete(name),
  });
  const importFiles = vi.fn(async (_files: Promise<unknown>) => stored);
  const app = { state: { model: {} }, teach: { state: { storage: 'ready', elsewhere: false }, importFiles } };
  return { app: app as unknown as AppCommands, importFiles, waiting };
}

describe('files that were shared with Earmark', () => {
  it('are imported by their name and then wait no longer', async () => {
    const { app, importFiles, waiting } = oneWaitingFile(true);
    await importReceivedFiles(app);
    expect(await importFiles.mock.calls[0]?.[0]).toMatchObject({ sounds: [{ file: { name: 'crow & rook.wav' } }] });
    expect(waiting.size).toBe(0);
  });

  it('wait on where there was no room for them', async () => {
    const { app, waiting } = oneWaitingFile(false);
    await importReceivedFiles(app);
    expect(waiting.size).toBe(1);
  });
});
