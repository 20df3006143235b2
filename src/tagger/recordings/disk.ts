import { EarmarkError } from '../../shared/contracts/messages/problem';
import { LOOKING_LOCK, RECORDINGS_FOLDER } from '../../shared/contracts/recordings/recordings-api';
import { HEADER_BYTES, wavHeader } from './wav-header';

/** How much is copied at once: what a person looks at waits for no more. */
const CHUNK_BYTES = 1024 * 1024;

/** What a worker can do with a file of the page's own part of the disk. Pages and Node, whose types tests have, cannot. */
interface SyncFile {
  write(bytes: Uint8Array<ArrayBuffer> | Int16Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  close(): void;
}

interface SyncHandle {
  createSyncAccessHandle(): Promise<SyncFile>;
}

/** A file in the page's own part of the disk, open for writing. */
async function openForWriting(name: string): Promise<SyncFile> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(RECORDINGS_FOLDER, { create: true });
  const handle = await folder.getFileHandle(name, { create: true });
  return (handle as unknown as SyncHandle).createSyncAccessHandle();
}

/** Copies a file in chunks, while nobody waits for the picture of a recording. @throws EarmarkError storage-full; then nothing of it is left. */
export async function copyToDisk(file: File, name: string): Promise<void> {
  const target = await openForWriting(name);
  try {
    target.truncate(0);
    for (let at = 0; at < file.size; at += CHUNK_BYTES) {
      await navigator.locks?.request(LOOKING_LOCK, () => undefined);
      const bytes = new Uint8Array(await file.slice(at, at + CHUNK_BYTES).arrayBuffer());
      if (target.write(bytes, { at }) < bytes.length) throw new EarmarkError({ code: 'storage-full' });
    }
    target.flush();
    target.close();
  } catch (cause) {
    target.close();
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(RECORDINGS_FOLDER);
    await folder.removeEntry(name).catch(() => undefined);
    throw (cause as Error).name === 'QuotaExceededError'
      ? new EarmarkError({ code: 'storage-full' }, { cause })
      : cause;
  }
}

/** The header is written anew this often: a crash loses no more. */
const HEADER_EVERY_SECONDS = 1;

/**
 * Writes a 16-bit mono WAV file that can be read at any time, also after a crash: its header is kept up to date. Where a WAV
 * file can be no larger, it becomes RF64, whose room is there from the start (EBU Tech 3306).
 */
export class SoundWriter {
  readonly #file: SyncFile;
  readonly #sampleRateHz: number;
  #dataBytes = 0;
  #headerSeconds = 0;

  private constructor(file: SyncFile, sampleRateHz: number) {
    this.#file = file;
    this.#sampleRateHz = sampleRateHz;
  }

  static async create(name: string, sampleRateHz: number): Promise<SoundWriter> {
    const file = await openForWriting(name);
    file.truncate(0);
    const writer = new SoundWriter(file, sampleRateHz);
    writer.#writeHeader();
    return writer;
  }

  get seconds(): number {
    return this.#dataBytes / 2 / this.#sampleRateHz;
  }

  /** @throws Error if the disk is full. */
  write(samples: Int16Array<ArrayBuffer>): void {
    const written = this.#file.write(samples, { at: HEADER_BYTES + this.#dataBytes });
    if (written < samples.byteLength) throw new Error('the disk is full');
    this.#dataBytes += written;
    if (this.seconds - this.#headerSeconds >= HEADER_EVERY_SECONDS) this.#writeHeader();
  }

  /** Ends the file. */
  close(): void {
    this.#writeHeader();
    this.#file.close();
  }

  #writeHeader(): void {
    this.#headerSeconds = this.seconds;
    this.#file.write(wavHeader(this.#dataBytes, this.#sampleRateHz), { at: 0 });
    this.#file.flush();
  }
}
