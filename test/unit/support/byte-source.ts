import type { ByteSource } from '../../../src/sound/bytes';

/** Bytes in memory as a source. Each read gives a copy, as of a file. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (start, end) => Uint8Array.from(bytes.subarray(start, end)) };
}
