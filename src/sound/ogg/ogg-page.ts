import { type ByteSource, fourCharacters, viewOf } from '../bytes';

const HEADER_BYTES = 27;
const MOST_PAGE_BYTES = HEADER_BYTES + 255 + 255 * 255;
const CHUNK_BYTES = 256 * 1024;
const CONTINUES = 1;
const BEGINS = 2;
const ENDS = 4;

/** A page of an Ogg file. */
export interface OggPage {
  readonly at: number;
  /** All of it, header included. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly serial: number;
  /** Counts the pages of its stream, from 0. */
  readonly sequence: number;
  /** Whether it continues the packet that the stream's last page left unfinished. */
  readonly continues: boolean;
  /** Whether it begins or ends its stream. */
  readonly begins: boolean;
  readonly ends: boolean;
  /** Position of the last sample that ends on it; undefined if no packet does. */
  readonly granule: number | undefined;
  /** Contents, cut where packets end. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  /** Whether the last part is a packet's end too. */
  readonly isWhole: boolean;
}

/**
 * The pages from byte `start` to `end`. Damaged stretches are skipped.
 *
 * @param chunkBytes read at once, and one page more.
 */
export async function* oggPages(
  source: ByteSource,
  start: number,
  end = source.size,
  chunkBytes = CHUNK_BYTES,
): AsyncGenerator<OggPage> {
  let position = start;
  while (position < end) {
    const bytes = await source.read(position, position + chunkBytes + MOST_PAGE_BYTES);
    const isEnd = position + bytes.length >= source.size;
    let at = nextPage(bytes, 0);
    while (at !== undefined && at < chunkBytes && position + at < end) {
      const page = pageAt(bytes, at, position);
      // A recorder that lost power leaves a page without its end, and goes on with another one there.
      const cutOffAt = page && pageInside(bytes, at, page.bytes.length);
      if (cutOffAt !== undefined) {
        at = cutOffAt;
        continue;
      }
      if (page) yield page;
      at = page ? at + page.bytes.length : nextPage(bytes, at + 1);
      if (page && fourCharacters(bytes, at as number) !== 'OggS') at = nextPage(bytes, at as number);
    }
    if (isEnd && (at === undefined || at + HEADER_BYTES > bytes.length)) return;
    position += at ?? Math.max(1, bytes.length - 3);
  }
}

/** Where a page begins inside one that claims to be longer; undefined if another page or nothing follows, as it should. */
function pageInside(bytes: Uint8Array, at: number, length: number): number | undefined {
  const end = at + length;
  if (end === bytes.length || fourCharacters(bytes, end) === 'OggS') return undefined;
  const inside = nextPage(bytes, at + 1);
  return inside !== undefined && inside < end && bytes[inside + 4] === 0 ? inside : undefined;
}

function nextPage(bytes: Uint8Array, start: number): number | undefined {
  for (let at = bytes.indexOf(0x4f, start); at >= 0; at = bytes.indexOf(0x4f, at + 1)) {
    if (fourCharacters(bytes, at) === 'OggS') return at;
  }
  return undefined;
}

function pageAt(bytes: Uint8Array<ArrayBuffer>, at: number, offset: number): OggPage | undefined {
  if (at + HEADER_BYTES > bytes.length) return undefined;
  const view = viewOf(bytes.subarray(at));
  const segments = view.getUint8(26);
  const lengths = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + segments);
  const bodyStart = at + HEADER_BYTES + segments;
  const bodyBytes = lengths.reduce((sum, length) => sum + length, 0);
  if (view.getUint8(4) !== 0 || bodyStart + bodyBytes > bytes.length) return undefined;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let partStart = bodyStart;
  let partEnd = bodyStart;
  for (const length of lengths) {
    partEnd += length;
    if (length === 255) continue;
    parts.push(bytes.subarray(partStart, partEnd));
    partStart = partEnd;
  }
  const isWhole = partStart === partEnd;
  if (!isWhole) parts.push(bytes.subarray(partStart, partEnd));
  const flags = view.getUint8(5);
  const granule = Number(view.getBigInt64(6, true));
  return {
    at: offset + at,
    bytes: bytes.subarray(at, bodyStart + bodyBytes),
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    continues: (flags & CONTINUES) !== 0,
    begins: (flags & BEGINS) !== 0,
    ends: (flags & ENDS) !== 0,
    granule: granule === -1 ? undefined : granule,
    parts,
    isWhole,
  };
}

/** Puts the packets of one stream's pages together. */
export class PacketAssembler {
  #unfinished: Uint8Array<ArrayBuffer>[] = [];

  /** The next page does not follow the last one. */
  forget(): void {
    this.#unfinished = [];
  }

  /** @returns the packets that end on this page. What a lost page began is left out. */
  take({ continues, parts, isWhole }: OggPage): Uint8Array<ArrayBuffer>[] {
    const isLost = continues && this.#unfinished.length === 0;
    if (!continues) this.#unfinished = [];
    const packets: Uint8Array<ArrayBuffer>[] = [];
    for (const [i, part] of parts.entries()) {
      if (i === 0 && isLost) continue;
      this.#unfinished.push(part);
      if (i === parts.length - 1 && !isWhole) break;
      packets.push(joined(this.#unfinished));
      this.#unfinished = [];
    }
    return packets;
  }
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0] as Uint8Array<ArrayBuffer>;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
