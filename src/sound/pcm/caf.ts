import { type ByteSource, fourCharacters, viewOf } from '../bytes';
import {
  DamagedHeader,
  IMA4_BYTES,
  layoutOf,
  type PcmHeader,
  type PcmLayout,
  type SampleFormat,
  UnknownCodec,
} from './layout';

const MOST_CHUNKS = 1000;
const IS_FLOAT = 1;
const IS_LITTLE_ENDIAN = 2;

/**
 * Reads the header of a Core Audio Format file with uncompressed samples, or ADPCM.
 *
 * @returns undefined for other files.
 * @throws DamagedHeader, UnknownCodec.
 */
export async function readCaf(source: ByteSource): Promise<PcmLayout | undefined> {
  if (fourCharacters(await source.read(0, 8), 0) !== 'caff') return undefined;
  let format: PcmHeader | undefined;
  let position = 8;
  for (let count = 0; count < MOST_CHUNKS && position + 12 <= source.size; count++) {
    const header = await source.read(position, position + 12);
    const id = fourCharacters(header, 0);
    const claimed = Number(viewOf(header).getBigInt64(4));
    const start = position + 12;
    if (id === 'desc') format = descriptionOf(await source.read(start, start + 32));
    if (id === 'data') {
      if (!format) throw new DamagedHeader('no format before the samples');
      // Samples follow a count of edits. A size of −1 means that they reach to the end of the file.
      const rest = source.size - start;
      return layoutOf(format, start + 4, Math.max(0, (claimed > 0 ? Math.min(claimed, rest) : rest) - 4));
    }
    if (claimed < 0) break;
    position = start + claimed;
  }
  throw new DamagedHeader('no samples');
}

function descriptionOf(bytes: Uint8Array): PcmHeader {
  if (bytes.length < 32) throw new DamagedHeader(`a format of ${bytes.length} bytes`);
  const view = viewOf(bytes);
  const codec = fourCharacters(bytes, 8);
  const flags = view.getUint32(12);
  const channels = view.getUint32(24);
  const bits = view.getUint32(28);
  const bytesPerSample = view.getUint32(16) / channels;
  return {
    container: 'CAF',
    format: sampleFormat(codec, (flags & IS_FLOAT) !== 0, bits, bytesPerSample),
    isLittleEndian: (flags & IS_LITTLE_ENDIAN) !== 0,
    sampleRateHz: view.getFloat64(0),
    channels,
    bitsPerSample: bits,
    blockBytes: IMA4_BYTES * channels,
  };
}

function sampleFormat(codec: string, isFloat: boolean, bits: number, bytes: number): SampleFormat {
  if (codec === 'alaw' || codec === 'ulaw' || codec === 'ima4') return codec;
  if (codec !== 'lpcm') throw new UnknownCodec(codec.trim());
  const bitsWritten = 8 * (Number.isInteger(bytes) && bytes > 0 ? bytes : Math.ceil(bits / 8));
  if (isFloat && (bitsWritten === 32 || bitsWritten === 64)) return `f${bitsWritten}`;
  if (!isFloat && [8, 16, 24, 32, 64].includes(bitsWritten)) return `s${bitsWritten as 8 | 16 | 24 | 32 | 64}`;
  throw new DamagedHeader(`samples of ${bits} bits in ${bytes} bytes`);
}
