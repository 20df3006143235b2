import { type ByteSource, fourCharacters, viewOf } from '../bytes';
import { chunksOf, sampleBytes } from './chunks';
import {
  DamagedHeader,
  IMA4_BYTES,
  layoutOf,
  type PcmHeader,
  type PcmLayout,
  type SampleFormat,
  UnknownCodec,
} from './layout';

const rules = {
  isLittleEndian: false,
  knownIds: new Set('COMM|SSND|FVER|MARK|INST|COMT|NAME|AUTH|(c) |ANNO|ID3 |APPL|CHAN|basc|MIDI|AESD|SAXL'.split('|')),
};

/** Compression types of AIFF-C besides integers. */
const formats: Readonly<Record<string, SampleFormat>> = {
  fl32: 'f32',
  FL32: 'f32',
  fl64: 'f64',
  FL64: 'f64',
  alaw: 'alaw',
  ALAW: 'alaw',
  ulaw: 'ulaw',
  ULAW: 'ulaw',
  'raw ': 'u8',
  ima4: 'ima4',
};
const integerTypes = new Set(['NONE', 'twos', 'sowt', 'in24', 'in32', '42ni', '23ni']);
const littleEndianTypes = new Set(['sowt', '42ni', '23ni']);

/**
 * Reads the header of an AIFF or AIFF-C file.
 *
 * @returns undefined for other files.
 * @throws DamagedHeader, UnknownCodec.
 */
export async function readAiff(source: ByteSource): Promise<PcmLayout | undefined> {
  const head = await source.read(0, 12);
  const type = fourCharacters(head, 8);
  if (fourCharacters(head, 0) !== 'FORM' || (type !== 'AIFF' && type !== 'AIFC')) return undefined;
  let common: PcmHeader | undefined;
  let samples: { start: number; bytes: number } | undefined;
  for await (const chunk of chunksOf(source, 12, rules)) {
    if (chunk.id === 'COMM') {
      common = commonOf(await source.read(chunk.start, chunk.start + Math.min(chunk.claimedBytes, 256)), type);
    }
    if (chunk.id === 'SSND' && !samples) {
      // The chunk begins with an offset to the samples and a block size that nobody uses.
      const offset = viewOf(await source.read(chunk.start, chunk.start + 8));
      const skipped = 8 + (offset.byteLength === 8 ? offset.getUint32(0) : 0);
      const bytes = await sampleBytes(source, chunk, rules);
      samples = { start: chunk.start + skipped, bytes: Math.max(0, bytes - skipped) };
    }
  }
  if (!common || !samples) throw new DamagedHeader(common ? 'no samples' : 'no format');
  return layoutOf(common, samples.start, samples.bytes);
}

function commonOf(bytes: Uint8Array, container: string): PcmHeader {
  if (bytes.length < 18) throw new DamagedHeader(`a format of ${bytes.length} bytes`);
  const view = viewOf(bytes);
  const bits = view.getInt16(6);
  const channels = view.getInt16(0);
  const compression = container === 'AIFC' ? fourCharacters(bytes, 18) : 'NONE';
  return {
    container,
    format: sampleFormat(compression, bits),
    isLittleEndian: littleEndianTypes.has(compression),
    sampleRateHz: extended(view, 8),
    channels,
    bitsPerSample: bits,
    blockBytes: IMA4_BYTES * channels,
  };
}

function sampleFormat(compression: string, bits: number): SampleFormat {
  const format = formats[compression];
  if (format) return format;
  if (!integerTypes.has(compression)) throw new UnknownCodec(compression.trim());
  const bitsWritten = 8 * Math.ceil(bits / 8);
  if (bitsWritten === 8 || bitsWritten === 16 || bitsWritten === 24 || bitsWritten === 32) return `s${bitsWritten}`;
  throw new DamagedHeader(`samples of ${bits} bits`);
}

/** An 80-bit number (IEEE 754 extended precision), the format of AIFF's sample rate. */
function extended(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 16383;
  const high = view.getUint32(at + 2);
  const low = view.getUint32(at + 6);
  return high * 2 ** (exponent - 31) + low * 2 ** (exponent - 63);
}
