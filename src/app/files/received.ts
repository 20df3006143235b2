import {
  FILE_NAME_HEADER,
  RECEIVED_FILES_CACHE,
  SHARE_RESULT,
  type ShareResult,
} from '../../shared/contracts/received-files';
import { blobBytes } from '../../sound/bytes';
import type { AppCommands } from '../state';
import { StateHolder, until, type Watchable } from '../state-holder';
import { type DroppedFiles, droppedFiles, pickedFiles } from './dropped-files';

/** Durations are read for at most this many files. Each takes the browser some milliseconds. */
const MOST_DURATIONS = 50;

/** What a browser with file handling gives to a page that files are opened with. TypeScript does not have it yet. */
interface LaunchQueue {
  setConsumer(take: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

/** A file from outside the page. */
export interface ReceivedFile {
  readonly name: string;
  readonly bytes: number;
  /** Unknown at first, and for files that are not sounds. */
  readonly seconds?: number;
}

export interface ReceivedState {
  /** Files that wait for the person's decision. */
  readonly files: readonly ReceivedFile[];
  /** Whether all of them can be recordings: there is no zip among them. */
  readonly canBeRecordings?: boolean;
  /** Why a share failed. */
  readonly failure?: Exclude<ShareResult, 'kept'>;
}

export interface ReceivedCommands extends Watchable<ReceivedState> {
  /** Imports the waiting files. */
  accept(): Promise<void>;
  /** Puts the waiting files into the queue of recordings. */
  acceptAsRecordings(): Promise<void>;
  /** Discards the waiting files. */
  discard(): Promise<void>;
  dismissFailure(): void;
}

/** Files that arrived together. */
interface Offer {
  readonly files: DroppedFiles;
  /** Called once they are imported or rejected. */
  settle(): Promise<void>;
}

/**
 * Files from outside the page: shared by another app, opened with Earmark, or dropped. None is imported before the
 * person has seen them, because someone else may have sent them.
 */
export class Received implements ReceivedCommands {
  readonly #holder = new StateHolder<ReceivedState>({ files: [] });
  readonly subscribe = this.#holder.subscribe;
  readonly #app: AppCommands;
  /** Of files that were opened with Earmark: with them they can be opened again after a reload. */
  readonly #handles = new Map<File, FileSystemFileHandle>();
  #offers: Offer[] = [];

  constructor(app: AppCommands) {
    this.#app = app;
  }

  get state(): ReceivedState {
    return this.#holder.state;
  }

  /** Shows what was shared before the page was opened, and from now on what is opened with Earmark or dropped on it. */
  async start(): Promise<void> {
    const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
    launchQueue?.setConsumer(async ({ files }) => {
      const opened = await Promise.all(files.map((handle) => this.#opened(handle)));
      if (opened.length > 0) this.#offer(pickedFiles(opened));
    });
    for (const type of ['dragenter', 'dragover'] as const) {
      document.addEventListener(type, (event) => {
        if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
      });
    }
    document.addEventListener('drop', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      void this.#takeDrop(event.dataTransfer.items);
    });
    this.#takeShareResult();
    await this.#takeShared();
  }

  async accept(): Promise<void> {
    const offers = this.#takeOffers();
    for (const { files, settle } of offers) {
      // Without room they wait until clips are deleted for good.
      while (!(await this.#import(files))) {
        const before = this.#app.teach.state.clips.length;
        await until(this.#app.teach, ({ clips, undo }) => clips.length < before && !undo);
      }
      await settle();
    }
  }

  async acceptAsRecordings(): Promise<void> {
    for (const { files, settle } of this.#takeOffers()) {
      const given = files.sounds.map(({ file, path }) => {
        const handle = this.#handles.get(file);
        return { file, folder: path.split('/').slice(0, -1).join('/'), ...(handle && { handle }) };
      });
      await this.#app.recordings.add(Promise.resolve(given));
      await settle();
    }
  }

  async discard(): Promise<void> {
    for (const { settle } of this.#takeOffers()) await settle();
  }

  dismissFailure(): void {
    this.#holder.change({ failure: undefined });
  }

  #takeOffers(): Offer[] {
    const offers = this.#offers;
    this.#offers = [];
    this.#holder.change({ files: [], canBeRecordings: undefined });
    return offers;
  }

  async #opened(handle: FileSystemFileHandle): Promise<File> {
    const file = await handle.getFile();
    this.#handles.set(file, handle);
    return file;
  }

  async #takeDrop(items: DataTransferItemList): Promise<void> {
    const dropped = droppedFiles(items);
    try {
      this.#offer(await dropped);
    } catch {
      // There is nothing to show: the import explains why.
      await this.#app.teach.transfers.importFiles(dropped);
    }
  }

  /** A share opens the page at an address that carries the result. It is reported once. */
  #takeShareResult(): void {
    const address = new URL(location.href);
    const result = address.searchParams.get(SHARE_RESULT);
    if (result === null) return;
    address.searchParams.delete(SHARE_RESULT);
    history.replaceState(history.state, '', address);
    if (result === 'refused' || result === 'no-room' || result === 'nothing') this.#holder.change({ failure: result });
  }

  /** Shows what the service worker has put aside. Deletes only what was read: more may arrive meanwhile. */
  async #takeShared(): Promise<void> {
    if (!('caches' in globalThis) || !(await caches.has(RECEIVED_FILES_CACHE))) return;
    const cache = await caches.open(RECEIVED_FILES_CACHE);
    const keys = await cache.keys();
    const settle = async (): Promise<void> => {
      for (const key of keys) await cache.delete(key);
      if ((await cache.keys()).length === 0) await caches.delete(RECEIVED_FILES_CACHE);
    };
    const responses = (await Promise.all(keys.map((key) => cache.match(key)))).filter(
      (response) => response !== undefined,
    );
    const files = await Promise.all(responses.map(fileOf));
    try {
      if (files.length > 0) this.#offer(pickedFiles(files), settle);
      else await settle();
    } catch (error) {
      // None of them can be imported. The import says so, and they are not offered again.
      await this.#app.teach.transfers.importFiles(Promise.reject(error));
      await settle();
    }
  }

  #offer(files: DroppedFiles, settle: Offer['settle'] = async () => undefined): void {
    this.#offers.push({ files, settle });
    const all = [...files.sounds.map(({ file }) => file), ...files.zips];
    const first = this.state.files.length;
    this.#holder.change({
      files: [...this.state.files, ...all.map(({ name, size }) => ({ name, bytes: size }))],
      canBeRecordings: this.#offers.every((offer) => offer.files.zips.length === 0),
    });
    void this.#readDurations(
      files.sounds.slice(0, MOST_DURATIONS).map(({ file }) => file),
      first,
    );
  }

  /** Adds the durations of the shown files from index `first`, one by one. */
  async #readDurations(files: readonly File[], first: number): Promise<void> {
    for (const [index, file] of files.entries()) {
      const seconds = await claimedSeconds(file);
      const shown = this.state.files[first + index];
      // They may have been imported meanwhile.
      if (shown?.name !== file.name || seconds === undefined) continue;
      this.#holder.change({ files: this.state.files.with(first + index, { ...shown, seconds }) });
    }
  }

  /**
   * Imports once a model is loaded, whose sample rate is needed, and this tab may save. A file opened with Earmark gets
   * its own window, often while another one is open. (`launch_handler` in the manifest could send it to the open
   * window, but then shared files would be dropped: https://github.com/WICG/web-app-launch/issues/62.)
   */
  async #import(files: DroppedFiles): Promise<boolean> {
    await until(this.#app, ({ model }) => model !== undefined);
    await until(this.#app.teach, ({ storage, elsewhere }) => storage === 'ready' && !elsewhere);
    return this.#app.teach.transfers.importFiles(Promise.resolve(files));
  }
}

/** How long a file is by its header; undefined if it does not say, or is no sound. */
async function claimedSeconds(file: File): Promise<number | undefined> {
  const { openSound } = await import('../../sound/open-sound');
  const sound = await openSound(blobBytes(file)).catch(() => undefined);
  return sound?.claimedSeconds;
}

async function fileOf(response: Response): Promise<File> {
  const name = decodeURIComponent(response.headers.get(FILE_NAME_HEADER) ?? '');
  const blob = await response.blob();
  return new File([blob], name, { type: blob.type });
}
