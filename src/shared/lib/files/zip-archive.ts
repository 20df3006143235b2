import {
  BlobReader,
  BlobWriter,
  ERR_AMBIGUOUS_ARCHIVE,
  ERR_BAD_FORMAT,
  ERR_CENTRAL_DIRECTORY_NOT_FOUND,
  ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND,
  ERR_EOCDR_NOT_FOUND,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSAFE_FILENAME,
  type FileEntry,
  Uint8ArrayReader,
  ZipReader,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { EarmarkError, type ZipFault } from '../../contracts/messages/problem';
import { Pauses } from '../pause';
import { plainPath } from './file-names';

/** What an archive may hold. A file of unknown origin is not unpacked beyond these limits. */
export interface ZipLimits {
  readonly files: number;
  /** Of all files together, unpacked. */
  readonly totalBytes: number;
}

/** The list of files is read at once. This is enough for hundreds of thousands of files, and fits in memory. */
const LARGEST_LIST_BYTES = 32 * 1024 * 1024;

/** Methods of compression that browsers can undo: none at all, and Deflate. */
const ownMethods = new Set([0, 8]);

/** Names of others, which 7-Zip, WinZip and old programs offer. */
const foreignMethods: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'BZip2',
  14: 'LZMA',
  20: 'Zstandard',
  93: 'Zstandard',
  94: 'MP3',
  95: 'XZ',
  96: 'JPEG',
  97: 'WavPack',
  98: 'PPMd',
};
/** In place of a method, for a file that is encrypted by AES. */
const AES = 99;

const noZip: readonly string[] = [
  ERR_BAD_FORMAT,
  ERR_EOCDR_NOT_FOUND,
  ERR_CENTRAL_DIRECTORY_NOT_FOUND,
  ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND,
];

/** Never reads more at once than the list of files may take, whatever the archive claims. */
class CappedReader extends BlobReader {
  override readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (length > LARGEST_LIST_BYTES) throw new Error('its list of files is too long');
    return super.readUint8Array(offset, length);
  }
}

/**
 * A zip file of unknown origin. Its parts are read one at a time, so it may be larger than the memory.
 *
 * It rejects files that are not archives, and archives that are cut off, damaged (every file's checksum is compared) or
 * encrypted, that hold a file twice, a path outside the archive or overlapping files, or that exceed the limits.
 */
export class ZipArchive {
  readonly #name: string;
  readonly #files: ReadonlyMap<string, FileEntry>;

  private constructor(name: string, files: ReadonlyMap<string, FileEntry>) {
    this.#name = name;
    this.#files = files;
  }

  /**
   * Reads the list of files. Unpacks nothing.
   *
   * @param name the zip file's name, as the person knows it. @throws EarmarkError zip-damaged.
   */
  static async open(zip: Blob, name: string, limits: ZipLimits): Promise<ZipArchive> {
    const reader = new ZipReader(new CappedReader(zip), {
      useWebWorkers: false,
      filenameValidation: 'balanced',
      checkCrc32: true,
      checkOverlappingEntry: true,
    });
    const files = new Map<string, FileEntry>();
    let totalBytes = 0;
    const pauses = new Pauses();
    try {
      for await (const entry of reader.getEntriesGenerator()) {
        await pauses.take();
        const path = pathOf(entry);
        if (entry.directory || path.endsWith('/')) continue;
        if (/[\0]|^\.\.$/m.test(path.replaceAll('/', '\n'))) throw damaged(name, { code: 'unsafe-path', path });
        if (files.has(path)) throw damaged(name, { code: 'twice', path });
        if (entry.encrypted || entry.compressionMethod === AES) throw damaged(name, { code: 'encrypted' });
        files.set(path, entry);
        totalBytes += entry.uncompressedSize;
        if (files.size > limits.files) throw damaged(name, { code: 'too-many-files', files: limits.files });
        if (totalBytes > limits.totalBytes) {
          throw damaged(name, { code: 'unpacks-too-large', megabytes: Math.floor(limits.totalBytes / 1e6) });
        }
      }
    } catch (error) {
      throw explain(name, error);
    }
    return new ZipArchive(name, files);
  }

  /** Paths of the files, `/` between folders and in Unicode's form NFC, however the archive writes them. */
  get paths(): string[] {
    return [...this.#files.keys()];
  }

  /** Whether there is such a file. */
  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** Unpacked size of a file in bytes, as the list of files claims. */
  sizeOf(path: string): number {
    return this.#file(path).uncompressedSize;
  }

  /** @throws EarmarkError zip-damaged if one of the files is compressed by a method that cannot be read. */
  requireReadable(paths: readonly string[]): void {
    for (const path of paths) this.#requireOwnMethod(path, this.#file(path));
  }

  /**
   * Unpacks one file. Stops as soon as it grows beyond what the archive claims.
   *
   * @throws EarmarkError zip-damaged if the file is missing, larger than `mostBytes`, or damaged.
   */
  async read(path: string, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.#file(path);
    if (file.uncompressedSize > mostBytes) {
      throw damaged(this.#name, { code: 'file-too-large', path, megabytes: Math.floor(mostBytes / 1e6) });
    }
    this.#requireOwnMethod(path, file);
    const bytes = new Uint8Array(file.uncompressedSize);
    let length = 0;
    const sink = new WritableStream<Uint8Array>({
      write(chunk) {
        if (length + chunk.length > bytes.length) throw new Error('it is larger than its header says');
        bytes.set(chunk, length);
        length += chunk.length;
      },
    });
    try {
      await file.getData(sink);
    } catch (error) {
      throw explain(this.#name, error, path);
    }
    if (length < bytes.length) throw damaged(this.#name, { code: 'damaged', path, detail: '' });
    return bytes;
  }

  #requireOwnMethod(path: string, { compressionMethod }: FileEntry): void {
    if (ownMethods.has(compressionMethod)) return;
    const method = foreignMethods[compressionMethod] ?? String(compressionMethod);
    throw damaged(this.#name, { code: 'method', path, method });
  }

  #file(path: string): FileEntry {
    const file = this.#files.get(path);
    if (!file) throw damaged(this.#name, { code: 'lacks', path });
    return file;
  }
}

/** A file for {@link writeZip}. */
export interface ZipPart {
  /** `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Packs files as they come, uncompressed: recorded sound hardly shrinks, and neither do weights. */
export async function writeZip(parts: AsyncIterable<ZipPart>): Promise<Blob> {
  return (await packed(parts, new ZipWriter(new BlobWriter('application/zip'), zipOptions))).close();
}

/** The same, written to a file in chunks: it may be larger than the memory. If it fails, the file is discarded. */
export async function streamZip(parts: AsyncIterable<ZipPart>, file: WritableStream<Uint8Array>): Promise<void> {
  const sink = file.getWriter();
  try {
    const pieces = new WritableStream<Uint8Array>({ write: (piece) => sink.write(piece) });
    await (await packed(parts, new ZipWriter(pieces, zipOptions))).close();
    await sink.close();
  } catch (error) {
    // It may have failed itself: the first failure is the one to report.
    await sink.abort(error).catch(() => undefined);
    throw error;
  }
}

const zipOptions = { level: 0, useWebWorkers: false };

async function packed<Result>(parts: AsyncIterable<ZipPart>, zip: ZipWriter<Result>): Promise<ZipWriter<Result>> {
  for await (const { path, bytes } of parts) await zip.add(path, new Uint8ArrayReader(bytes));
  return zip;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Archives of some programs have `\\` between folders, `.` as a folder, names in NFD, UTF-8 without saying so, or
 * Windows-1252 in place of CP437, the encoding of DOS.
 */
function pathOf(entry: { filename: string; rawFilename: Uint8Array }): string {
  const path = plainPath(nameIn(entry));
  return path.replace(/(^|\/)(\.?\/)+/g, '$1');
}

function nameIn({ filename, rawFilename }: { filename: string; rawFilename: Uint8Array }): string {
  try {
    return utf8.decode(rawFilename);
  } catch {
    const asWindows = new TextDecoder('windows-1252').decode(rawFilename);
    return !areLatinLetters(filename) && areLatinLetters(asWindows) ? asWindows : filename;
  }
}

/** Whether all characters beyond ASCII are letters of languages with Latin script. “ⁿ” is what CP437 has for “ü”. */
function areLatinLetters(name: string): boolean {
  return [...name].every(
    (character) => character < '\u0080' || (/\p{Script=Latin}/u.test(character) && character !== 'ⁿ'),
  );
}

function explain(name: string, error: unknown, path?: string): EarmarkError {
  if (error instanceof EarmarkError) return error;
  const { message, filename = '', reason = '' } = error as Error & { filename?: string; reason?: string };
  const cause = { cause: error };
  if (message === ERR_UNSAFE_FILENAME) {
    return damaged(name, { code: 'unsafe-path', path: filename }, cause);
  }
  if (message === ERR_AMBIGUOUS_ARCHIVE) return damaged(name, { code: 'contradictory', detail: reason }, cause);
  if (message === ERR_SPLIT_ZIP_FILE) return damaged(name, { code: 'split' }, cause);
  if (noZip.includes(message)) return damaged(name, { code: 'no-zip' }, cause);
  return damaged(name, { code: 'damaged', ...(path !== undefined && { path }), detail: message }, cause);
}

function damaged(file: string, fault: ZipFault, options?: ErrorOptions): EarmarkError {
  return new EarmarkError({ code: 'zip-damaged', file, fault }, options);
}
