import { expect, it } from 'vitest';
import type { OggPage } from '../../../src/sound/ogg/ogg-page';
import { pageBefore } from '../../../src/sound/ogg/page-before';
import { bytesSource } from '../support/byte-source';
import { seededRandom } from '../support/random';

const SOUND = 7;
const OTHER = 8;
const PAGES = 4000;
const PAGE_SAMPLES = 1000;

/** A page of one packet. @param granule −1 if no packet ends on it. */
function oggPage(granule: number, serial: number, packetBytes: number): Uint8Array {
  const segments = [...Array.from({ length: Math.floor(packetBytes / 255) }, () => 255), packetBytes % 255];
  const bytes = new Uint8Array(27 + segments.length + packetBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from('OggS'));
  view.setBigInt64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint8(26, segments.length);
  bytes.set(segments, 27);
  return bytes;
}

/** A file of sound, and its pages that tell a position. Some tell none, some belong to another stream. */
function oggFile(packetBytes: (page: number) => number) {
  const random = seededRandom(1);
  const pages: { at: number; position: number }[] = [];
  const parts: Uint8Array[] = [];
  let at = 0;
  for (let page = 0; page < PAGES; page++) {
    const kind = random();
    const position = PAGE_SAMPLES * (page + 1);
    const part = oggPage(kind < 0.1 ? -1 : position, kind > 0.9 ? OTHER : SOUND, packetBytes(page));
    if (kind >= 0.1 && kind <= 0.9) pages.push({ at, position });
    parts.push(part);
    at += part.length;
  }
  return { bytes: Buffer.concat(parts), pages };
}

it.for([
  ['as many bytes', () => 4000, 1],
  ['random numbers of bytes', (page: number) => (page * 7919) % 8000, 4],
  ['more and more bytes', (page: number) => 2 * page, 5],
  ['few bytes in a silent half', (page: number) => (page < PAGES / 2 ? 10 : 8000), 13],
  ['many bytes in a loud minute', (page: number) => (page > 3000 && page < 3100 ? 60_000 : 100), 14],
] as const)(
  'the last page before a sample is found by few reads where pages have %s',
  async ([, bytesOf, mostReads]) => {
    const { bytes, pages } = oggFile(bytesOf);
    const source = bytesSource(bytes);
    const random = seededRandom(2);
    const positionOf = ({ serial, granule }: OggPage) => (serial === SOUND ? granule : undefined);
    const end = { at: bytes.length, position: PAGES * PAGE_SAMPLES };
    const counts: number[] = [];
    for (const target of [0, ...Array.from({ length: 50 }, () => Math.floor(random() * end.position)), end.position]) {
      let reads = 0;
      const counted = {
        size: source.size,
        read: (from: number, to: number) => {
          reads++;
          return source.read(from, to);
        },
      };
      const page = await pageBefore(counted, target, { at: 0, position: 0 }, end, positionOf);
      expect(page?.at).toBe(pages.findLast(({ position }) => position <= target)?.at);
      counts.push(reads);
    }
    expect(Math.max(...counts)).toBe(mostReads);
  },
);
