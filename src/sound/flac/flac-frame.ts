/** What the subframes of a pair are, if they are not its channels. The mean is rounded down. */
export type StereoCoding = 'first-and-difference' | 'difference-and-second' | 'mean-and-difference';

/** Header of a FLAC frame. */
export interface FlacFrameHeader {
  /** Of the header itself. */
  readonly bytes: number;
  /** Samples per channel. */
  readonly frames: number;
  /** Number of its first sample; undefined if blocks have a fixed size and the number counts frames. */
  readonly firstSample: number | undefined;
  readonly frameNumber: number | undefined;
  readonly channels: number;
  readonly stereoCoding: StereoCoding | undefined;
  /** Undefined if the stream's header says it. */
  readonly bitsPerSample: number | undefined;
}

const stereoCodings: readonly StereoCoding[] = ['first-and-difference', 'difference-and-second', 'mean-and-difference'];
const bitsByCode = [undefined, 8, 12, undefined, 16, 20, 24, 32];

/** Reads the header of the frame at `at`, and checks it. @returns undefined if there is none. */
export function flacFrameAt(bytes: Uint8Array, at: number): FlacFrameHeader | undefined {
  if (bytes[at] !== 0xff || ((bytes[at + 1] as number) & 0xfe) !== 0xf8) return undefined;
  const isVariable = ((bytes[at + 1] as number) & 1) === 1;
  const third = bytes[at + 2] as number;
  const fourth = bytes[at + 3] as number;
  const blockCode = third >> 4;
  const rateCode = third & 15;
  const channelCode = fourth >> 4;
  if (blockCode === 0 || rateCode === 15 || channelCode > 10 || (fourth & 1) !== 0) return undefined;
  const coded = utf8Number(bytes, at + 4);
  if (!coded) return undefined;
  let end = at + 4 + coded.bytes;
  let frames = blockFrames(blockCode);
  if (blockCode === 6) frames = (bytes[end++] as number) + 1;
  if (blockCode === 7) frames = (((bytes[end++] as number) << 8) | (bytes[end++] as number)) + 1;
  if (rateCode === 12) end += 1;
  if (rateCode === 13 || rateCode === 14) end += 2;
  if (crc8(bytes, at, end) !== bytes[end]) return undefined;
  return {
    bytes: end + 1 - at,
    frames,
    firstSample: isVariable ? coded.value : undefined,
    frameNumber: isVariable ? undefined : coded.value,
    channels: channelCode < 8 ? channelCode + 1 : 2,
    stereoCoding: stereoCodings[channelCode - 8],
    bitsPerSample: bitsByCode[(fourth >> 1) & 7],
  };
}

function blockFrames(code: number): number {
  if (code === 1) return 192;
  return code <= 5 ? 576 << (code - 2) : 256 << (code - 8);
}

/** A number in UTF-8's encoding, extended to 36 bits. */
function utf8Number(bytes: Uint8Array, at: number): { value: number; bytes: number } | undefined {
  const first = bytes[at] as number;
  if (first < 128) return { value: first, bytes: 1 };
  let length = 0;
  while (length < 8 && first & (128 >> length)) length++;
  if (length < 2 || length > 7) return undefined;
  let value = first & (127 >> length);
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] as number;
    if ((next & 0xc0) !== 0x80) return undefined;
    value = value * 64 + (next & 63);
  }
  return { value, bytes: length };
}

/** Polynomial x⁸ + x² + x + 1. */
const crc8Table = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 128 ? (crc << 1) ^ 7 : crc << 1;
  return crc & 255;
});

function crc8(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) crc = crc8Table[crc ^ (bytes[i] as number)] as number;
  return crc;
}
