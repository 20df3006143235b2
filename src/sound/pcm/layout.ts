/** How samples are written. Integers are signed, but for 8 bits in WAV files (`u`). */
export type SampleFormat =
  | `s${8 | 16 | 24 | 32 | 64}`
  | 'u8'
  | 'f32'
  | 'f64'
  | 'alaw'
  | 'ulaw'
  | 'ima-adpcm'
  | 'ms-adpcm';

/** Where the samples of an uncompressed file are, and how they are written. */
export interface PcmLayout {
  /** `WAV`, `RF64`, `BW64`, `W64`, `AIFF`, `AIFC`, `CAF` or `AU`. */
  readonly container: string;
  readonly format: SampleFormat;
  readonly isLittleEndian: boolean;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Bits that carry the sample: 24 of a sample of 32 bits, for instance. */
  readonly bitsPerSample: number;
  /** First byte of the samples, and their number of bytes. */
  readonly dataStart: number;
  readonly dataBytes: number;
  /** Bytes of a block: one sample of each channel, or an ADPCM block. */
  readonly blockBytes: number;
  /** Samples of each channel in a block: 1 but for ADPCM. */
  readonly blockFrames: number;
  /** Samples of each channel in the file. */
  readonly frames: number;
  /** MS ADPCM: pairs of predictor coefficients, in 1/256. */
  readonly coefficients?: readonly (readonly [number, number])[];
}

/** A header that contradicts itself: a sentence fragment for developers, such as `0 channels`. */
export class DamagedHeader extends Error {}

/** The samples are compressed in a way that this reader does not know; `codec` names it. */
export class UnknownCodec extends Error {
  readonly codec: string;

  constructor(codec: string) {
    super(`codec ${codec}`);
    this.codec = codec;
  }
}

/** What a header says of a file's samples, before it is checked. */
export interface PcmHeader {
  readonly container: string;
  readonly format: SampleFormat;
  readonly isLittleEndian: boolean;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  /** Undefined where the header has none, or none that can be true. */
  readonly blockBytes?: number;
  readonly coefficients?: readonly (readonly [number, number])[];
}

/** More channels than any recorder has: the header is damaged. */
const MOST_CHANNELS = 256;

const bytesOf: Readonly<Record<SampleFormat, number>> = {
  s8: 1,
  u8: 1,
  s16: 2,
  s24: 3,
  s32: 4,
  s64: 8,
  f32: 4,
  f64: 8,
  alaw: 1,
  ulaw: 1,
  'ima-adpcm': 0,
  'ms-adpcm': 0,
};

/**
 * Checks a header and counts the samples.
 *
 * @param claimedFrames samples of each channel by the header; counts only where it is less than the data holds.
 * @throws DamagedHeader for a rate, channels or blocks that cannot be.
 */
export function layoutOf(header: PcmHeader, dataStart: number, dataBytes: number, claimedFrames?: number): PcmLayout {
  const { format, channels, sampleRateHz, blockBytes: claimedBlockBytes = 0, ...rest } = header;
  if (!(sampleRateHz > 0 && Number.isFinite(sampleRateHz))) throw new DamagedHeader(`a rate of ${sampleRateHz} Hz`);
  if (!(channels > 0 && channels <= MOST_CHANNELS)) throw new DamagedHeader(`${channels} channels`);
  const isAdpcm = bytesOf[format] === 0;
  const blockBytes = isAdpcm ? claimedBlockBytes : bytesOf[format] * channels;
  const blockFrames = adpcmFrames(format, channels, blockBytes);
  if (!(blockBytes > 0 && blockFrames > 0)) throw new DamagedHeader(`blocks of ${blockBytes} bytes`);
  const whole = Math.floor(dataBytes / blockBytes) * blockFrames;
  // A recorder that lost power leaves half a block: what it holds counts as well.
  const partial = isAdpcm ? Math.max(0, adpcmFrames(format, channels, dataBytes % blockBytes)) : 0;
  const frames = isAdpcm ? Math.min(whole + partial, claimedFrames || Number.POSITIVE_INFINITY) : whole;
  return { ...rest, format, channels, sampleRateHz, dataStart, dataBytes, blockBytes, blockFrames, frames };
}

/** Samples of each channel in an ADPCM block of that many bytes; 1 for other formats. */
function adpcmFrames(format: SampleFormat, channels: number, blockBytes: number): number {
  // IMA: one sample in the header of 4 bytes, then words of 8 nibbles. MS: two samples in the header of 7, then nibbles.
  if (format === 'ima-adpcm') return 1 + 8 * Math.floor((blockBytes - 4 * channels) / (4 * channels));
  if (format === 'ms-adpcm') return 2 + Math.floor((2 * (blockBytes - 7 * channels)) / channels);
  return 1;
}
