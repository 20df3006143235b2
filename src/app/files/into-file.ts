import { type SaveTarget, saveFile } from './save-file';

/** Bytes that are collected before they become part of the file: many small parts would be slow. */
const PART_BYTES = 4 * 2 ** 20;

/** Name of the folder in the browser's own file system. What is left in it is of downloads that have ended. */
const FOLDER = 'exports';

/**
 * Writes a file in pieces where the person chose, or offers it as a download when it is complete.
 *
 * A browser without a dialog for saving (Firefox, Safari) needs the whole file before it can download it. It is written
 * to the browser's own file system meanwhile; where that is impossible, the browser keeps its parts, and none of them is
 * ever text in the page's memory.
 *
 * @param write must close the stream, or abort it.
 */
export async function intoFile(
  { name, file }: SaveTarget,
  write: (file: WritableStream<Uint8Array>) => Promise<void>,
): Promise<void> {
  if (file) return write(file);
  const folder = await ownFolder().catch(() => undefined);
  if (!folder) {
    const parts = new BlobParts();
    await write(parts.stream);
    return saveFile(parts.blob(), name);
  }
  const handle = await folder.getFileHandle(crypto.randomUUID(), { create: true });
  await write(await handle.createWritable());
  saveFile(await handle.getFile(), name);
}

/** An empty folder for files to download. */
async function ownFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  if (!('createWritable' in FileSystemFileHandle.prototype)) return undefined;
  const root = await navigator.storage.getDirectory();
  // Files of a download that still runs can stay: the next export deletes them.
  await root.removeEntry(FOLDER, { recursive: true }).catch(() => undefined);
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** Collects bytes as parts of a blob, which browsers can keep on disk. */
class BlobParts {
  readonly #parts: Blob[] = [];
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #waitingBytes = 0;

  readonly stream = new WritableStream<Uint8Array>({
    write: (piece) => {
      this.#waiting.push(piece as Uint8Array<ArrayBuffer>);
      this.#waitingBytes += piece.length;
      if (this.#waitingBytes >= PART_BYTES) this.#pack();
    },
  });

  blob(): Blob {
    this.#pack();
    return new Blob(this.#parts);
  }

  #pack(): void {
    this.#parts.push(new Blob(this.#waiting));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}
