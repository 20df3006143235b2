import type { ByteSource } from '../bytes';
import { headerBits, type MpegFrame, mpegFrameAt, SAME_BITS } from './mpeg-frame';

const CHUNK_BYTES = 256 * 1024;
/** More bytes than a frame can have. */
const MOST_FRAME_BYTES = 4096;
/** Consecutive headers that make it certain that bytes are MPEG audio. */
const CERTAIN_FRAMES = 3;
/** Other bytes may precede the first frame: tags that are cut off, or zeros. More of them are another kind of file. */
const MOST_JUNK_BYTES = 1024 * 1024;

/** A frame and its place in the file. */
export interface PlacedFrame {
  readonly at: number;
  readonly header: MpegFrame;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Finds the first frame of MPEG audio at or after byte `start`: a header that is followed by others that agree with it,
 * or by the end of the file.
 *
 * @returns its position and the bits that all headers share; undefined if there is none.
 */
export async function findFirstFrame(
  source: ByteSource,
  start: number,
): Promise<{ at: number; sameBits: number } | undefined> {
  for (let position = start; position < Math.min(source.size, start + MOST_JUNK_BYTES); position += CHUNK_BYTES) {
    const bytes = await source.read(position, position + CHUNK_BYTES + CERTAIN_FRAMES * MOST_FRAME_BYTES);
    const isEnd = position + bytes.length >= source.size;
    for (let at = 0; at < Math.min(CHUNK_BYTES, bytes.length - 3); at++) {
      const sameBits = (headerBits(bytes, at) & SAME_BITS) >>> 0;
      if (bytes[at] === 0xff && isStream(bytes, at, sameBits, isEnd)) return { at: position + at, sameBits };
    }
  }
  return undefined;
}

function isStream(bytes: Uint8Array, start: number, sameBits: number, isEnd: boolean): boolean {
  let at = start;
  for (let count = 0; count < CERTAIN_FRAMES; count++) {
    if (isEnd && count > 0 && at + 4 > bytes.length) return true;
    const frame = frameLike(bytes, at, sameBits);
    if (!frame) return false;
    at += frame.bytes;
  }
  return true;
}

function frameLike(bytes: Uint8Array, at: number, sameBits: number): MpegFrame | undefined {
  return (headerBits(bytes, at) & SAME_BITS) >>> 0 === sameBits ? mpegFrameAt(bytes, at) : undefined;
}

/**
 * The frames from byte `start` on. Damaged stretches and tags in the middle are skipped, up to the next header that is
 * followed by another one. A last frame that is cut off is left out.
 */
export async function* mpegFrames(source: ByteSource, start: number, sameBits: number): AsyncGenerator<PlacedFrame> {
  let position = start;
  while (position < source.size) {
    const bytes = await source.read(position, position + CHUNK_BYTES);
    const isEnd = position + bytes.length >= source.size;
    let at = 0;
    while (at + 4 <= bytes.length) {
      const header = frameLike(bytes, at, sameBits);
      if (!header) {
        at = nextFrame(bytes, at + 1, sameBits, isEnd);
        continue;
      }
      if (at + header.bytes > bytes.length) break;
      yield { at: position + at, header, bytes: bytes.slice(at, at + header.bytes) };
      at += header.bytes;
    }
    if (isEnd || bytes.length === 0) return;
    position += at;
  }
}

/** Position of the next header that is followed by another one; where a search in more bytes must go on, if there is none. */
function nextFrame(bytes: Uint8Array, start: number, sameBits: number, isEnd: boolean): number {
  for (let at = start; at + 4 <= bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const frame = frameLike(bytes, at, sameBits);
    if (!frame) continue;
    const next = at + frame.bytes;
    if (next + 4 > bytes.length) {
      // Whether another one follows is not known yet.
      if (at > 0 && !isEnd) return at;
      if (next <= bytes.length) return at;
      continue;
    }
    if (frameLike(bytes, next, sameBits)) return at;
  }
  return bytes.length - 3;
}
