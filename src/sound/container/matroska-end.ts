import { type ByteSource, viewOf } from '../bytes';

/** Searched for the last cluster. */
const LAST_BYTES = 4 * 1024 * 1024;
const MATROSKA = 0x1a45dfa3;
const CLUSTER = 0x1f43b675;
const CLUSTER_ID_BYTES = 4;
const BLOCK_GROUP = 0xa0;
const SIMPLE_BLOCK = 0xa3;
const DISCARD_PADDING = 0x75a2;

/**
 * Seconds at the end of a Matroska or WebM file that its last block declares as filling: encoders with blocks of fixed
 * length need it.
 */
export async function discardedSeconds(source: ByteSource): Promise<number> {
  const start = Math.max(0, source.size - LAST_BYTES);
  const bytes = await source.read(start, source.size);
  const view = viewOf(bytes);
  for (let at = bytes.length - 8; at >= 0; at--) {
    if (view.getUint32(at) !== CLUSTER) continue;
    const nanoseconds = lastDiscard(bytes, afterHeader(bytes, at), bytes.length);
    if (nanoseconds !== undefined) return Math.max(0, nanoseconds) / 1e9;
  }
  return 0;
}

/**
 * A Matroska or WebM file whose last cluster is cut off, as if that cluster ended with its last whole block: the library
 * that reads it takes whole clusters alone, and would leave out seconds of sound. Other files stay as they are.
 */
export async function withWholeClusters(source: ByteSource): Promise<ByteSource> {
  if (source.size < 8 || viewOf(await source.read(0, 4)).getUint32(0) !== MATROSKA) return source;
  const start = Math.max(0, source.size - LAST_BYTES);
  const bytes = await source.read(start, source.size);
  const at = lastCluster(bytes);
  const content = at === undefined ? undefined : afterHeader(bytes, at);
  if (at === undefined || content === undefined) return source;
  const size = sizeAt(bytes, at + CLUSTER_ID_BYTES);
  if (size === undefined || content + size <= bytes.length) return source;
  let end = content;
  for (const element of elements(bytes, content, bytes.length)) if (!element.isCut) end = element.end;
  const sizeBytes = sizeField(end - content, content - at - CLUSTER_ID_BYTES);
  return {
    size: start + end,
    read: async (from, to) => {
      const part = await source.read(from, Math.min(to, start + end));
      for (const [i, byte] of sizeBytes.entries()) {
        const place = start + at + CLUSTER_ID_BYTES + i - from;
        if (place >= 0 && place < part.length) part[place] = byte;
      }
      return part;
    },
  };
}

function lastCluster(bytes: Uint8Array): number | undefined {
  const view = viewOf(bytes);
  for (let at = bytes.length - 8; at >= 0; at--) if (view.getUint32(at) === CLUSTER) return at;
  return undefined;
}

/** A size of an element in so many bytes. */
function sizeField(size: number, length: number): number[] {
  const bytes = Array.from({ length }, (_, i) => Math.floor(size / 256 ** (length - 1 - i)) % 256);
  bytes[0] = (bytes[0] as number) | (0x100 >> length);
  return bytes;
}

/** The padding of the last group of blocks in a cluster. @returns undefined if the cluster is none. */
function lastDiscard(bytes: Uint8Array, start: number | undefined, end: number): number | undefined {
  let last: number | undefined;
  for (const element of elements(bytes, start, end)) {
    if (element.id === BLOCK_GROUP) {
      last = 0;
      for (const inner of elements(bytes, element.start, element.end)) {
        if (inner.id === DISCARD_PADDING) last = signed(bytes.subarray(inner.start, inner.end));
      }
    } else if (element.id === SIMPLE_BLOCK) {
      last = 0;
    }
  }
  return last;
}

function* elements(
  bytes: Uint8Array,
  start: number | undefined,
  end: number,
): Generator<{ id: number; start: number; end: number; isCut: boolean }> {
  let at = start;
  while (at !== undefined && at < end) {
    const id = idAt(bytes, at);
    const contentStart = afterHeader(bytes, at);
    if (!id || contentStart === undefined) return;
    const size = sizeAt(bytes, at + id.bytes);
    const claimedEnd = contentStart + (size ?? end);
    const elementEnd = Math.min(end, claimedEnd);
    yield { id: id.value, start: contentStart, end: elementEnd, isCut: claimedEnd > end };
    at = elementEnd;
  }
}

/** Where an element's content begins. */
function afterHeader(bytes: Uint8Array, at: number): number | undefined {
  const id = idAt(bytes, at);
  const first = id && bytes[at + id.bytes];
  if (!id || !first) return undefined;
  return at + id.bytes + lengthOf(first);
}

function idAt(bytes: Uint8Array, at: number): { value: number; bytes: number } | undefined {
  const first = bytes[at];
  if (!first) return undefined;
  const length = lengthOf(first);
  if (length > 4) return undefined;
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return { value, bytes: length };
}

/** The size of an element; undefined if it is unknown, as in a stream. */
function sizeAt(bytes: Uint8Array, at: number): number | undefined {
  const first = bytes[at] ?? 0;
  const length = lengthOf(first);
  let value = first & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (let i = 1; i < length; i++) {
    value = value * 256 + (bytes[at + i] ?? 0);
    isUnknown &&= bytes[at + i] === 0xff;
  }
  return isUnknown ? undefined : value;
}

/** Bytes of a number by the zeros before its first one. */
function lengthOf(first: number): number {
  return Math.clz32(first) - 23;
}

function signed(bytes: Uint8Array): number {
  let value = ((bytes[0] ?? 0) << 24) >> 24;
  for (const byte of bytes.subarray(1)) value = value * 256 + byte;
  return value;
}
