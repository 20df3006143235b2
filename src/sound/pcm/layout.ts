/** Sample formats. Integers are signed, except 8-bit ones in WAV files (`u`). */
export type SampleFormat =
  | `s${8 | 16 | 24 | 32 | 64}`
  | 'u8'
  | 'f32'
  | 'f64'
  | 'alaw'
  | 'ulaw'
  | 'ima-adpcm'
  | 'ima4'
  | 'ms-adpcm';

/** Where the samples of an uncompressed file are, and their format. */
export interface PcmLayout {
  /** `WAV`, `RF64`, `BW64`, `W64`, `AIFF`, `AIFC`, `CAF` or `AU`. */
  readonly container: string;
  readonly format: SampleFormat;
  readonly isLittleEndian: boolean;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Bits that carry the sample: 24 in a 32-bit sample, for example. */
  readonly bitsPerSample: number;
  /** First byte of the samples, and their total number of bytes. */
  readonly dataStart: number;
  readonly dataBytes: number;
  /** Bytes of a block: one sample of each channel, or an ADPCM block. */
  readonly blockBytes: number;
  /** Samples per channel in a block: 1 except for ADPCM. */
  readonly blockFrames: number;
  /** Samples per channel in the file. */
  readonly frames: number;
  /** MS ADPCM: pairs of predictor coefficients, in 1/256. */
  readonly coefficients?: readonly (readonly [number, number])[];
}

/** A header that contradicts itself. The message is a sentence fragment for developers, such as `0 channels`. */
export class DamagedHeader extends Error {}

/** The samples are compressed in a way that this reader does not support; `codec` names it. */
export class UnknownCodec extends Error {
  readonly codec: string;

  constructor(codec: string) {
    super(`codec ${codec}`);
    this.codec = codec;
  }
}

/** What a header says about a file's samples, before it is checked. */
export interface PcmHeader {
  readonly container: string;
  readonly format: SampleFormat;
  readonly isLittleEndian: boolean;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  /** Undefined if the header has none, or an impossible one. */
  readonly blockBytes?: number;
  readonly coefficients?: readonly (readonly [number, number])[];
}

/** No recorder has more channels: the header is damaged. */
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
  ima4: 0,
  'ms-adpcm': 0,
};

/**
 * Checks a header and counts the samples.
 *
 * @param claimedFrames samples per channel by the header; used only if it is less than the data holds.
 * @throws DamagedHeader for an impossible rate, channel count or block size.
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
  // A recorder that lost power leaves a partial block. Its samples count as well.
  const partial = isAdpcm ? Math.max(0, adpcmFrames(format, channels, dataBytes % blockBytes)) : 0;
  const frames = isAdpcm ? Math.min(whole + partial, claimedFrames || Number.POSITIVE_INFINITY) : whole;
  return { ...rest, format, channels, sampleRateHz, dataStart, dataBytes, blockBytes, blockFrames, frames };
}

/** Apple's IMA ADPCM: bytes of a packet, which each channel has in turn, and its samples. */
export const IMA4_BYTES = 34;
export const IMA4_FRAMES = 64;

/** Samples per channel in an ADPCM block of that many bytes; 1 for other formats. */
function adpcmFrames(format: SampleFormat, channels: number, blockBytes: number): number {
  // IMA: one sample in the 4-byte header, then words of 8 nibbles. MS: two samples in the 7-byte header, then nibbles.
  if (format === 'ima-adpcm') return 1 + 8 * Math.floor((blockBytes - 4 * channels) / (4 * channels));
  if (format === 'ima4') return IMA4_FRAMES * Math.floor(blockBytes / (IMA4_BYTES * channels));
  if (format === 'ms-adpcm') return 2 + Math.floor((2 * (blockBytes - 7 * channels)) / channels);
  return 1;
}
