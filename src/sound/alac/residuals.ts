import type { AlacConfig } from './alac-config';
import type { BitReader } from './bit-reader';

/** Bits behind the point of the mean. */
const MEAN_SHIFT = 9;
const LARGEST_MEAN = 0xffff;
/** So many ones announce a number that is written out. */
const ESCAPE_ONES = 9;
const RUN_BITS = 16;

/**
 * Reads the differences between a channel's samples and their prediction: an adaptive Golomb code, with runs of zeros.
 *
 * @param rateFactor how fast the mean follows in this frame, in quarters. @param bits of a number that is written out.
 */
export function readResiduals(
  reader: BitReader,
  output: Int32Array,
  count: number,
  config: AlacConfig,
  rateFactor: number,
  bits: number,
): void {
  const rate = (config.historyRate * rateFactor) >> 2;
  const most = config.mostRemainderBits;
  let mean = config.initialHistory;
  let isAfterRun = 0;
  for (let i = 0; i < count && !reader.isAtEnd; ) {
    const k = Math.min(most, 31 - Math.clz32((mean >> MEAN_SHIFT) + 3));
    const value = readNumber(reader, k, bits);
    const folded = value + isAfterRun;
    output[i++] = folded & 1 ? -((folded + 1) >>> 1) : (folded + 1) >>> 1;
    mean = value > LARGEST_MEAN ? LARGEST_MEAN : rate * folded + mean - ((rate * mean) >> MEAN_SHIFT);
    isAfterRun = 0;
    if (mean << 2 >= 1 << MEAN_SHIFT || i >= count) continue;
    // The sound is so low that a run of zeros is likely.
    const runBits = Math.clz32(mean) - 24 + ((mean + 16) >> 6);
    const run = readRun(reader, ((1 << runBits) - 1) & ((1 << most) - 1), runBits);
    output.fill(0, i, Math.min(count, i + run));
    i += run;
    isAfterRun = run >= 0xffff ? 0 : 1;
    mean = 0;
  }
}

function readNumber(reader: BitReader, k: number, bits: number): number {
  const ones = reader.readOnes(ESCAPE_ONES);
  if (ones === ESCAPE_ONES) return reader.read(bits);
  if (k === 1) return ones;
  return ones * ((1 << k) - 1) + readRemainder(reader, k);
}

function readRun(reader: BitReader, modulus: number, k: number): number {
  const ones = reader.readOnes(ESCAPE_ONES);
  return ones === ESCAPE_ONES ? reader.read(RUN_BITS) : ones * modulus + readRemainder(reader, k);
}

/** A remainder of 0 takes one bit less than the others. */
function readRemainder(reader: BitReader, k: number): number {
  const value = reader.peek(k);
  reader.position += value >= 2 ? k : k - 1;
  return value >= 2 ? value - 1 : 0;
}
