import { afterEach, describe, expect, it, vi } from 'vitest';
import { importReceivedFiles } from '../../../../src/app/files/received-files';
import type { AppCommands } from '../../../../src/app/state';
import { type Change, StateHolder } from '../../../../src/app/state-holder';
import { emptyTeachState, type TeachState } from '../../../../src/app/teach/teach-state';
import type { ClipInfo } from '../../../../src/shared/contracts/clip';
import { FILE_NAME_HEADER, RECEIVED_FILES_CACHE } from '../../../../src/shared/contracts/received-files';

afterEach(() => vi.unstubAllGlobals());

const clip = {} as ClipInfo;

/** Files of a browser know where a folder's picker found them. */
class BrowserFile extends File {
  override readonly webkitRelativePath = '';
}

/** What the service worker left: one sound; and an app that is ready to save. */
function oneWaitingFile() {
  const response = new Response(new Uint8Array([1, 2, 3]), {
    headers: { [FILE_NAME_HEADER]: 'crow%20%26%20rook.wav' },
  });
  const waiting = new Map([[RECEIVED_FILES_CACHE, { matchAll: async () => [response.clone()] }]]);
  vi.stubGlobal('File', BrowserFile);
  vi.stubGlobal('caches', {
    has: async (name: string) => waiting.has(name),
    open: async (name: string) => waiting.get(name),
    delete: async (name: string) => waiting.delete(name),
  });
  const importFiles = vi.fn(async (_files: Promise<unknown>) => true);
  const holder = new StateHolder<TeachState>({ ...emptyTeachState, storage: 'ready', clips: [clip, clip] });
  const teach = Object.assign(holder, { transfers: { importFiles } });
  const change = (changed: Change<TeachState>) => holder.change(changed);
  const app = Object.assign(new StateHolder({ model: {} }), { teach }) as unknown as AppCommands;
  return { app, importFiles, waiting, change };
}

describe('files that were shared with Earmark', () => {
  it('are imported by their name and then wait no longer', async () => {
    const { app, importFiles, waiting } = oneWaitingFile();
    await importReceivedFiles(app);
    expect(await importFiles.mock.calls[0]?.[0]).toMatchObject({ sounds: [{ file: { name: 'crow & rook.wav' } }] });
    expect(waiting.size).toBe(0);
  });

  it('wait where there is no room for them, until clips are deleted for good', async () => {
    const { app, importFiles, waiting, change } = oneWaitingFile();
    importFiles.mockResolvedValueOnce(false);
    const imported = importReceivedFiles(app);
    await vi.waitFor(() => expect(importFiles).toHaveBeenCalledOnce());
    change({ clips: [clip], undo: { code: 'clips-deleted', clips: 1 } });
    await new Promise((resolve) => setTimeout(resolve));
    expect(importFiles).toHaveBeenCalledOnce();
    expect(waiting.size).toBe(1);
    change({ undo: undefined });
    await imported;
    expect(importFiles).toHaveBeenCalledTimes(2);
    expect(waiting.size).toBe(0);
  });
});
