import { SoundError } from './sound-error';

/** Bytes that are read in chunks: from a file that a person chose, or one on disk. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /**
   * Reads the bytes from `start` to `end` (exclusive). Resolves to fewer bytes only if the source ends before `end`.
   *
   * @param room may be overwritten and become the result: new memory for each piece of a long file takes longer than
   * reading it.
   */
  read(start: number, end: number, room?: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/** The bytes of a blob or a file in the page. */
export function blobBytes(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (start, end) => {
      // The file may have been moved or changed since it was chosen.
      const bytes = await blob
        .slice(start, end)
        .arrayBuffer()
        .catch((cause: unknown) => {
          throw new SoundError('out-of-reach', '', { cause });
        });
      return new Uint8Array(bytes);
    },
  };
}

/** Text of four bytes, such as `RIFF`. Empty past the end. */
export function fourCharacters(bytes: Uint8Array, at: number): string {
  return at + 4 > bytes.length ? '' : String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** A view of the same bytes, to read numbers. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
