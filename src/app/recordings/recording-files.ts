import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { Recording } from '../../shared/contracts/recordings/recording';
import type { RecordingsStore } from '../../store/recordings/recordings-store';
import { storageRoom } from '../../store/storage-room';

/** A larger file is not copied: it would fill the disk for little. */
const LARGEST_COPY_BYTES = 2e9;
/** A copy leaves at least this share of the page's room free. */
const FREE_SHARE = 0.5;

/** What Chromium adds. TypeScript does not have it yet. */
interface PermittedHandle extends FileSystemFileHandle {
  queryPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
}

/** Finds the files of recordings: those that this page was given, copies, and files that the browser opens again. */
export class RecordingFiles {
  readonly #store: RecordingsStore;
  readonly #given = new Map<string, File>();

  constructor(store: RecordingsStore) {
    this.#store = store;
  }

  /** Notes the file that a person gave for a recording. */
  give(id: string, file: File): void {
    this.#given.set(id, file);
  }

  forget(id: string): void {
    this.#given.delete(id);
  }

  /**
   * @returns undefined if the person must allow it, or choose the file again.
   * @throws EarmarkError recording-unreadable if it is gone or was changed.
   */
  async find(recording: Recording): Promise<File | undefined> {
    const file = this.#given.get(recording.id) ?? (await this.#stored(recording));
    if (file && (file.size !== recording.bytes || file.lastModified !== recording.modifiedMs)) {
      // A copy has a date of its own.
      const isCopy = recording.place === 'copy' && file.size === recording.bytes;
      if (!isCopy) throw new EarmarkError({ code: 'recording-changed', file: recording.name });
    }
    return file && new File([file], recording.name, { lastModified: recording.modifiedMs });
  }

  /** @throws EarmarkError as `find`, and also if the person must allow it, or choose the file again. */
  async require(recording: Recording): Promise<File> {
    const file = await this.find(recording);
    if (file) return file;
    throw new EarmarkError({ code: 'recording-unreadable', file: recording.name, fault: 'out-of-reach' });
  }

  /** Asks the browser for permission to open a file again. @returns whether it may be. */
  async allow({ id }: Recording): Promise<boolean> {
    const handle: PermittedHandle | undefined = await this.#store.handle(id);
    return (await handle?.requestPermission?.({ mode: 'read' })) === 'granted';
  }

  /** Whether there is room for a copy of a file. */
  static async hasRoomFor({ size }: File): Promise<boolean> {
    const room = await storageRoom();
    if (!room || size > LARGEST_COPY_BYTES) return false;
    return room.quotaBytes - room.usedBytes - size > FREE_SHARE * room.quotaBytes;
  }

  async #stored(recording: Recording): Promise<File | undefined> {
    if (recording.place === 'copy') {
      const copy = await this.#store.copy(recording.id);
      if (!copy) throw unreadable(recording);
      return copy;
    }
    if (recording.place === 'page') return undefined;
    const handle: PermittedHandle | undefined = await this.#store.handle(recording.id);
    if (!handle) return undefined;
    const permission = (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
    if (permission !== 'granted') return undefined;
    return handle.getFile().catch((cause: unknown) => {
      throw unreadable(recording, cause);
    });
  }
}

function unreadable({ name }: Recording, cause?: unknown): EarmarkError {
  return new EarmarkError({ code: 'recording-unreadable', file: name, fault: 'out-of-reach' }, { cause });
}
