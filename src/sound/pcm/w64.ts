import { type ByteSource, fourCharacters, viewOf } from '../bytes';
import { DamagedHeader, layoutOf, type PcmHeader, type PcmLayout } from './layout';
import { formatOf } from './wav';

/** Ends of the GUIDs that name the chunks of a Wave64 file. They begin with `riff`, `wave`, `fmt `, `data`. */
const RIFF_END = '2e91cf11a5d628db04c10000';
const CHUNK_END = 'f3acd3118cd100c04f8edb8a';
const HEADER_BYTES = 24;
const MOST_CHUNKS = 1000;

/**
 * Reads the header of a Sony Wave64 file: like RIFF, but chunks are named by GUIDs and have 64-bit sizes that include
 * their header.
 *
 * @returns undefined for other files.
 * @throws DamagedHeader, UnknownCodec.
 */
export async function readW64(source: ByteSource): Promise<PcmLayout | undefined> {
  const head = await source.read(0, 40);
  if (fourCharacters(head, 0) !== 'riff' || hex(head, 4) !== RIFF_END || fourCharacters(head, 24) !== 'wave') {
    return undefined;
  }
  let format: PcmHeader | undefined;
  let position = 40;
  for (let count = 0; count < MOST_CHUNKS && position + HEADER_BYTES <= source.size; count++) {
    const header = await source.read(position, position + HEADER_BYTES);
    const claimed = Number(viewOf(header).getBigUint64(16, true)) - HEADER_BYTES;
    const start = position + HEADER_BYTES;
    const id = hex(header, 4) === CHUNK_END ? fourCharacters(header, 0) : '';
    if (id === 'fmt ')
      format = formatOf(viewOf(await source.read(start, start + Math.min(claimed, 4096))), 'W64', true);
    if (id === 'data') {
      if (!format) throw new DamagedHeader('no format before the samples');
      const rest = source.size - start;
      return layoutOf(format, start, claimed > 0 ? Math.min(claimed, rest) : rest);
    }
    position = start + 8 * Math.ceil(Math.max(0, claimed) / 8);
  }
  throw new DamagedHeader('no samples');
}

/** Twelve bytes, as hexadecimal digits. */
function hex(bytes: Uint8Array, at: number): string {
  return Array.from(bytes.subarray(at, at + 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
