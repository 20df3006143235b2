import { type FileHandle, open } from 'node:fs/promises';
import { Reader, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { isHiddenName, lastPart } from '../../../src/shared/lib/files/file-names';
import { isSoundName } from './sound-names';

/** The list of files is read at once. This is enough for hundreds of thousands of files. */
const LARGEST_LIST_BYTES = 32 * 1024 * 1024;

/** Reads a file where it lies. */
class FileReader extends Reader<FileHandle> {
  readonly #file: FileHandle;

  constructor(file: FileHandle, bytes: number) {
    super(file);
    this.#file = file;
    this.size = bytes;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (length > LARGEST_LIST_BYTES) throw new Error('its list of files is too long');
    const { buffer, bytesRead } = await this.#file.read(new Uint8Array(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }
}

/** How many sounds a zip file holds, by their names; 0 if it is no zip file, or a damaged one. */
export async function soundsInZip(path: Buffer, bytes: number): Promise<number> {
  const file = await open(path);
  let sounds = 0;
  try {
    for await (const { filename } of new ZipReader(new FileReader(file, bytes)).getEntriesGenerator()) {
      const parts = filename.split(/[/\\]/);
      if (isSoundName(lastPart(filename)) && !parts.some(isHiddenName)) sounds += 1;
    }
  } catch {
    // A folder may hold zip files of any kind: one that cannot be read is not known to have sounds.
    return 0;
  } finally {
    await file.close();
  }
  return sounds;
}
