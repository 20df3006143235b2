/** Header of a frame of MPEG audio (MP3, and the older layers I and II). */
export interface MpegFrame {
  /** Of the whole frame, header included. */
  readonly bytes: number;
  readonly layer: 1 | 2 | 3;
  /** Samples per channel. */
  readonly frames: number;
  readonly sampleRateHz: number;
  readonly channels: 1 | 2;
  /** Bytes from the header to the place of a Xing header (layer III). */
  readonly sideBytes: number;
}

/** In kbit/s, by version (1, or 2 and 2.5) and layer. */
const bitrates: Readonly<Record<string, readonly number[]>> = {
  '1-1': [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2-3': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const ratesHz = [44_100, 48_000, 32_000];
/** By the two bits of the version: 2.5, reserved, 2, 1. */
const rateDivisors = [4, 0, 2, 1];

/** The bits of a header that stay the same in a stream: sync, version, layer, and the bits of the sample rate. */
export const SAME_BITS = 0xfffe0c00;

/** Reads the header at `at`. @returns undefined if there is none, or one of free bit rate, which nobody uses. */
export function mpegFrameAt(bytes: Uint8Array, at: number): MpegFrame | undefined {
  const [first, second, third, fourth] = bytes.subarray(at, at + 4) as unknown as [number, number, number, number];
  if (first !== 0xff || fourth === undefined || (second & 0xe0) !== 0xe0) return undefined;
  const divisor = rateDivisors[(second >> 3) & 3] as number;
  const layer = (4 - ((second >> 1) & 3)) as 1 | 2 | 3 | 4;
  const rateIndex = (third >> 2) & 3;
  if (divisor === 0 || layer === 4 || rateIndex === 3) return undefined;
  const isVersion1 = divisor === 1;
  const kilobits = bitrates[`${isVersion1 ? 1 : 2}-${layer}`]?.[(third >> 4) - 1];
  if (kilobits === undefined || third >> 4 === 15) return undefined;
  const sampleRateHz = (ratesHz[rateIndex] as number) / divisor;
  const frames = layer === 1 ? 384 : layer === 3 && !isVersion1 ? 576 : 1152;
  const padding = (third >> 1) & 1;
  const slotBytes = layer === 1 ? 4 : 1;
  const channels = fourth >> 6 === 3 ? 1 : 2;
  return {
    bytes: slotBytes * (Math.floor((frames / 8 / slotBytes) * ((1000 * kilobits) / sampleRateHz)) + padding),
    layer,
    frames,
    sampleRateHz,
    channels,
    sideBytes: isVersion1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17,
  };
}

/** The four bytes of a header as a number. */
export function headerBits(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
}
