import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes a stream to a file. @returns its size. */
export async function saveStream(from: Readable, target: string, onBytes: () => void): Promise<number> {
  let bytes = 0;
  await pipeline(
    from,
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        bytes += piece.length;
        onBytes();
        yield piece;
      }
    },
    createWriteStream(target),
  );
  return bytes;
}
