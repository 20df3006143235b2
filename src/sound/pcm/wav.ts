import { type ByteSource, fourCharacters, viewOf } from '../bytes';
import { type Chunk, chunksOf, sampleBytes } from './chunks';
import { DamagedHeader, layoutOf, type PcmHeader, type PcmLayout, type SampleFormat, UnknownCodec } from './layout';

/** Chunks that programs write into WAV files. */
const knownIds = new Set(
  'fmt |data|fact|LIST|bext|iXML|axml|chna|ds64|JUNK|junk|PAD |FLLR|cue |smpl|inst|id3 |ID3 |PEAK|cart|guan|LGWV|MD5 |_PMX|aXML|DISP|umid'.split(
    '|',
  ),
);

/** How the chunks of a WAV file are read, unless it is RIFX. */
export const wavRules = { isLittleEndian: true, knownIds };

/** Codecs by their number in `fmt ` (RFC 2361). */
const codecNames: Readonly<Record<number, string>> = { 80: 'MPEG audio', 85: 'MP3', 255: 'AAC', 49: 'GSM 6.10' };

const EXTENSIBLE = 0xfffe;
/** A format chunk is small; only MS ADPCM needs more than 40 bytes. */
const MOST_FORMAT_BYTES = 4096;
const UNKNOWN_SIZE = 0xffffffff;

/**
 * Reads the header of a WAV file: RIFF or RIFX, RF64 or BW64.
 *
 * @returns undefined for other files.
 * @throws DamagedHeader, UnknownCodec.
 */
export async function readWav(source: ByteSource): Promise<PcmLayout | undefined> {
  const head = await source.read(0, 12);
  const magic = fourCharacters(head, 0);
  if (!['RIFF', 'RIFX', 'RF64', 'BW64'].includes(magic) || fourCharacters(head, 8) !== 'WAVE') return undefined;
  const rules = { ...wavRules, isLittleEndian: magic !== 'RIFX' };
  const container = magic === 'RF64' || magic === 'BW64' ? magic : 'WAV';
  let format: PcmHeader | undefined;
  let samples: Chunk | undefined;
  let samplesBytes = 0;
  let largeBytes = 0;
  let claimedFrames = 0;
  for await (const chunk of chunksOf(source, 12, rules, (c) => (c === samples ? samplesBytes : c.claimedBytes))) {
    const content = chunk.id === 'data' ? viewOf(new Uint8Array()) : await contentOf(source, chunk);
    if (chunk.id === 'ds64' && content.byteLength >= 16) largeBytes = Number(content.getBigUint64(8, true));
    if (chunk.id === 'fmt ') format ??= formatOf(content, container, rules.isLittleEndian);
    if (chunk.id === 'fact' && content.byteLength >= 4) claimedFrames = content.getUint32(0, rules.isLittleEndian);
    if (chunk.id === 'data' && !samples) {
      const isLarge = chunk.claimedBytes === UNKNOWN_SIZE && largeBytes > 0;
      samples = chunk;
      samplesBytes = await sampleBytes(source, isLarge ? { ...chunk, claimedBytes: largeBytes } : chunk, rules);
    }
  }
  if (!format || !samples) throw new DamagedHeader(format ? 'no samples' : 'no format');
  return layoutOf(format, samples.start, samplesBytes, claimedFrames);
}

/** A small chunk's bytes, as far as the file has them. */
async function contentOf(source: ByteSource, { start, claimedBytes }: Chunk): Promise<DataView> {
  return viewOf(await source.read(start, start + Math.min(claimedBytes, MOST_FORMAT_BYTES)));
}

/** Reads a `fmt ` chunk. W64 files use the same format. @throws DamagedHeader, UnknownCodec. */
export function formatOf(fmt: DataView, container: string, isLittleEndian: boolean): PcmHeader {
  if (fmt.byteLength < 16) throw new DamagedHeader(`a format of ${fmt.byteLength} bytes`);
  const number = (at: number): number => fmt.getUint16(at, isLittleEndian);
  const tag = number(0);
  const isExtensible = tag === EXTENSIBLE && fmt.byteLength >= 26;
  // Without the part that names the codec, nothing but PCM is meant.
  const codec = isExtensible ? number(24) : tag === EXTENSIBLE ? 1 : tag;
  const bits = number(14);
  const channels = number(2);
  const blockBytes = number(12);
  const validBits = isExtensible && number(18) > 0 && number(18) <= bits ? number(18) : bits;
  return {
    container,
    format: sampleFormat(codec, bits, blockBytes / channels),
    isLittleEndian,
    sampleRateHz: fmt.getUint32(4, isLittleEndian),
    channels,
    bitsPerSample: validBits,
    blockBytes,
    ...(codec === 2 && { coefficients: coefficientsOf(fmt, isLittleEndian) }),
  };
}

/** The format of samples of `bits` bits in `bytes` bytes. */
function sampleFormat(codec: number, bits: number, bytes: number): SampleFormat {
  if (codec === 6) return 'alaw';
  if (codec === 7) return 'ulaw';
  if (codec === 0x11) return 'ima-adpcm';
  if (codec === 2) return 'ms-adpcm';
  // Samples of 12 or 20 bits are at the upper end of 2 or 3 bytes. Some programs leave the block size at 0.
  const bitsWritten = 8 * (Number.isInteger(bytes) && 8 * bytes >= bits ? bytes : Math.ceil(bits / 8));
  if (codec === 3 && (bitsWritten === 32 || bitsWritten === 64)) return `f${bitsWritten}`;
  if (codec === 1 && bitsWritten === 8) return 'u8';
  if (codec === 1 && (bitsWritten === 16 || bitsWritten === 24 || bitsWritten === 32 || bitsWritten === 64)) {
    return `s${bitsWritten}`;
  }
  if (codec === 1 || codec === 3) throw new DamagedHeader(`samples of ${bits} bits in ${bytes} bytes`);
  throw new UnknownCodec(codecNames[codec] ?? `0x${codec.toString(16)}`);
}

/** The predictors of MS ADPCM. Every file carries the same seven. */
function coefficientsOf(fmt: DataView, isLittleEndian: boolean): [number, number][] {
  const count = fmt.byteLength >= 22 ? fmt.getUint16(20, isLittleEndian) : 0;
  if (fmt.byteLength < 22 + 4 * count || count === 0) throw new DamagedHeader('no ADPCM predictors');
  return Array.from({ length: count }, (_, index) => [
    fmt.getInt16(22 + 4 * index, isLittleEndian),
    fmt.getInt16(24 + 4 * index, isLittleEndian),
  ]);
}
