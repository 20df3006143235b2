import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Received } from '../../../../src/app/files/received';
import type { AppCommands } from '../../../../src/app/state';
import { type Change, StateHolder } from '../../../../src/app/state-holder';
import { emptyTeachState, type TeachState } from '../../../../src/app/teach/teach-state';
import type { ClipInfo } from '../../../../src/shared/contracts/clip';
import { FILE_NAME_HEADER, RECEIVED_FILES_CACHE } from '../../../../src/shared/contracts/received-files';
import { drop, folder } from '../../support/drop';

vi.mock('../../../../src/sound/open-sound', () => ({ openSound: async () => ({ claimedSeconds: 2.5 }) }));

const clip = {} as ClipInfo;

/** Files of a browser know where a folder's picker found them. */
class BrowserFile extends File {
  override readonly webkitRelativePath = '';
}

/** One named cache of a browser, and whether it is there. */
function fakeCaches() {
  const entries = new Map<string, Response>();
  const state = { exists: false };
  const cache = {
    keys: async () => [...entries.keys()],
    match: async (key: string) => entries.get(key)?.clone(),
    delete: async (key: string) => entries.delete(key),
  };
  const caches = {
    has: async (name: string) => name === RECEIVED_FILES_CACHE && state.exists,
    open: async () => cache,
    delete: async () => {
      state.exists = false;
      entries.clear();
      return true;
    },
  };
  /** What the service worker does. */
  const share = (name: string): void => {
    state.exists = true;
    const headers = { [FILE_NAME_HEADER]: encodeURIComponent(name) };
    entries.set(`received/${entries.size}-${name}`, new Response(new Uint8Array([1, 2, 3]), { headers }));
  };
  return { caches, share, waiting: () => [...entries.keys()], exists: () => state.exists };
}

let address: URL;
let listeners: Map<string, (event: unknown) => void>;
let files: ReturnType<typeof fakeCaches>;
beforeEach(() => {
  files = fakeCaches();
  address = new URL('https://earmark.example/#/teach');
  listeners = new Map();
  vi.stubGlobal('File', BrowserFile);
  vi.stubGlobal('caches', files.caches);
  vi.stubGlobal('location', {
    get href() {
      return address.href;
    },
  });
  vi.stubGlobal('history', {
    state: null,
    replaceState: (_state: unknown, _title: string, next: URL) => (address = next),
  });
  vi.stubGlobal('document', {
    addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
  });
});
afterEach(() => vi.unstubAllGlobals());

/** An app that is ready to save. */
function readyApp() {
  const importFiles = vi.fn(async (_files: Promise<unknown>) => true);
  const holder = new StateHolder<TeachState>({ ...emptyTeachState, storage: 'ready', clips: [clip, clip] });
  const teach = Object.assign(holder, { transfers: { importFiles } });
  const change = (changed: Change<TeachState>) => holder.change(changed);
  const add = vi.fn(async (_files: Promise<unknown>) => undefined);
  const app = Object.assign(new StateHolder({ model: {} }), { teach, recordings: { add } }) as unknown as AppCommands;
  return { received: new Received(app), importFiles, add, change };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('files that were shared with Earmark', () => {
  it('are shown with name, size and length, and imported only on a press', async () => {
    files.share('crow & rook.wav');
    const { received, importFiles } = readyApp();
    await received.start();
    await vi.waitFor(() => expect(received.state.files).toEqual([{ name: 'crow & rook.wav', bytes: 3, seconds: 2.5 }]));
    expect(importFiles).not.toHaveBeenCalled();
    expect(files.waiting()).toHaveLength(1);
    await received.accept();
    expect(await importFiles.mock.calls[0]?.[0]).toMatchObject({ sounds: [{ file: { name: 'crow & rook.wav' } }] });
    expect(received.state.files).toEqual([]);
    expect(files.exists()).toBe(false);
  });

  it('become recordings instead, if the person wants that', async () => {
    files.share('night.wav');
    const { received, importFiles, add } = readyApp();
    await received.start();
    expect(received.state.canBeRecordings).toBe(true);
    await received.acceptAsRecordings();
    expect(await add.mock.calls[0]?.[0]).toMatchObject([{ file: { name: 'night.wav' }, folder: '' }]);
    expect(importFiles).not.toHaveBeenCalled();
    expect(received.state.files).toEqual([]);
    expect(files.exists()).toBe(false);
  });

  it('can be opened again as recordings if they were opened with Earmark', async () => {
    let open: (launch: { files: unknown[] }) => Promise<void> = async () => {};
    vi.stubGlobal('launchQueue', { setConsumer: (take: typeof open) => (open = take) });
    const handle = { getFile: async () => new File(['x'], 'night.wav') };
    const { received, add } = readyApp();
    await received.start();
    await open({ files: [handle] });
    await received.acceptAsRecordings();
    expect(await add.mock.calls[0]?.[0]).toMatchObject([{ file: { name: 'night.wav' }, handle, folder: '' }]);
  });

  it('do not become recordings if there is a zip among them', async () => {
    files.share('night.wav');
    files.share('set.zip');
    const { received } = readyApp();
    await received.start();
    expect(received.state.canBeRecordings).toBe(false);
  });

  it('are discarded if they are not wanted', async () => {
    files.share('crow.wav');
    const { received, importFiles } = readyApp();
    await received.start();
    await received.discard();
    expect(importFiles).not.toHaveBeenCalled();
    expect(received.state.files).toEqual([]);
    expect(files.exists()).toBe(false);
  });

  it('keep what is shared while they are imported', async () => {
    files.share('first.wav');
    const { received, importFiles } = readyApp();
    importFiles.mockImplementationOnce(async () => {
      files.share('second.wav');
      return true;
    });
    await received.start();
    await received.accept();
    expect(files.waiting()).toEqual([expect.stringContaining('second.wav')]);
    const next = readyApp();
    await next.received.start();
    expect(next.received.state.files).toMatchObject([{ name: 'second.wav' }]);
  });

  it('wait if there is no room for them, until clips are deleted for good', async () => {
    files.share('crow.wav');
    const { received, importFiles, change } = readyApp();
    await received.start();
    importFiles.mockResolvedValueOnce(false);
    const imported = received.accept();
    await vi.waitFor(() => expect(importFiles).toHaveBeenCalledOnce());
    change({ clips: [clip], undo: { code: 'clips-deleted', clips: 1 } });
    await turn();
    expect(importFiles).toHaveBeenCalledOnce();
    expect(files.waiting()).toHaveLength(1);
    change({ undo: undefined });
    await imported;
    expect(importFiles).toHaveBeenCalledTimes(2);
    expect(files.exists()).toBe(false);
  });

  it('are not mentioned if the service worker left none', async () => {
    const { received, importFiles } = readyApp();
    await received.start();
    expect(received.state).toEqual({ files: [] });
    expect(importFiles).not.toHaveBeenCalled();
  });

  it.each(['refused', 'no-room', 'nothing'] as const)('say once why they were not accepted: %s', async (failure) => {
    address = new URL(`https://earmark.example/?backend=wasm&share=${failure}#/teach`);
    const { received } = readyApp();
    await received.start();
    expect(received.state.failure).toBe(failure);
    expect(address.href).toBe('https://earmark.example/?backend=wasm#/teach');
    received.dismissFailure();
    expect(received.state.failure).toBeUndefined();
  });
});

describe('files that are dropped', () => {
  it('are also shown first', async () => {
    const { received, importFiles } = readyApp();
    await received.start();
    const file = new BrowserFile([new Uint8Array(7)], 'bell.wav');
    const preventDefault = vi.fn();
    const items = [{ webkitGetAsEntry: () => null, getAsFile: () => file }];
    listeners.get('drop')?.({ dataTransfer: { types: ['Files'], items }, preventDefault });
    await vi.waitFor(() => expect(received.state.files).toMatchObject([{ name: 'bell.wav', bytes: 7 }]));
    expect(preventDefault).toHaveBeenCalled();
    expect(importFiles).not.toHaveBeenCalled();
    await received.accept();
    expect(importFiles).toHaveBeenCalledOnce();
  });

  it('keep the names of their folders as recordings', async () => {
    const { received, add } = readyApp();
    await received.start();
    const [alone, first, second] = ['alone.wav', '1.wav', '2.wav'].map((name) => new BrowserFile(['x'], name));
    const items = drop(alone as File, folder('card', folder('night', first as File), second as File));
    listeners.get('drop')?.({ dataTransfer: { types: ['Files'], items }, preventDefault: () => undefined });
    await vi.waitFor(() => expect(received.state.files).toHaveLength(3));
    await received.acceptAsRecordings();
    expect(await add.mock.calls[0]?.[0]).toEqual([
      { file: alone, folder: '' },
      { file: second, folder: 'card' },
      { file: first, folder: 'card/night' },
    ]);
  });
});
