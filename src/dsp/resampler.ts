import { fromInt16, toInt16 } from '../shared/lib/files/wav';
import { Pauses } from '../shared/lib/pause';
import { HALF_WIDTH, type PhaseTable, phaseTable } from './phase-table';
import { ResampleKernel } from './resample-kernel';

export const LOWEST_RATE_HZ = 2000;
export const HIGHEST_RATE_HZ = 500_000;

/**
 * Tabulated positions between two samples of the lower rate, if the positions are too many to tabulate each. Linear
 * interpolation between them is off by (π / 512)² / 8 at most: −106 dB.
 */
const PHASES_PER_SAMPLE = 512;

/** Input samples converted at once: large enough to be fast, small enough to yield the thread. */
const BLOCK_SAMPLES = 16_384;

/** Converts a stream of mono samples from one rate to another. A sample at t seconds stays at t seconds. */
export class Resampler {
  readonly #fromHz: number;
  readonly #toHz: number;
  /** There is one output sample every `#step / #parts` input samples. */
  readonly #step: number;
  readonly #parts: number;
  /** Input samples on each side of a position that contribute to its output sample. */
  readonly #reach: number;
  readonly #filter: PhaseTable;
  /** Undefined if positions have no row of their own in the filter, or the machine lacks SIMD. */
  readonly #kernel: ResampleKernel | undefined;
  /** Begins with the input samples that are still needed. Silence precedes the first one. */
  #input: Float32Array;
  #held: number;
  #output = new Float32Array();
  /** Position of the next output sample in them, as a sample index and a number of parts towards the next sample. */
  #sample: number;
  #part = 0;
  #taken = 0;
  #given = 0;

  /** @throws RangeError if a rate is not an integer from 2 to 500 kHz. */
  constructor(fromHz: number, toHz: number) {
    for (const rateHz of [fromHz, toHz]) {
      if (!Number.isInteger(rateHz) || rateHz < LOWEST_RATE_HZ || rateHz > HIGHEST_RATE_HZ) {
        throw new RangeError(`the sample rate ${rateHz} Hz is not from 2 to 500 kHz`);
      }
    }
    this.#fromHz = fromHz;
    this.#toHz = toHz;
    const divisor = greatestCommonDivisor(fromHz, toHz);
    this.#step = fromHz / divisor;
    this.#parts = toHz / divisor;
    const scale = Math.min(1, toHz / fromHz);
    this.#reach = Math.ceil(HALF_WIDTH / scale);
    const sharedPhases = Math.ceil(PHASES_PER_SAMPLE * scale);
    const hasOwnRows = this.#parts <= 2 * sharedPhases;
    this.#filter = phaseTable(scale, this.#reach, hasOwnRows ? this.#parts : sharedPhases);
    this.#kernel = hasOwnRows ? ResampleKernel.create(this.#filter, this.#step) : undefined;
    this.#held = this.#reach;
    this.#input = new Float32Array(this.#held);
    this.#sample = this.#reach;
  }

  /**
   * Takes the next samples.
   *
   * @returns the output so far, which lags the input by 58 samples of the lower rate. The next call overwrites it: new memory
   * for each piece would keep the garbage collector busy.
   */
  push(samples: Float32Array): Float32Array {
    this.#taken += samples.length;
    const output = this.#convert(samples);
    this.#given += output.length;
    return output;
  }

  /** @returns the rest, as if silence followed. The total output lasts as long as the total input. */
  end(): Float32Array {
    const rest = Math.round((this.#taken * this.#toHz) / this.#fromHz) - this.#given;
    return this.#convert(new Float32Array(this.#reach + 1)).subarray(0, rest);
  }

  #convert(samples: Float32Array): Float32Array {
    const input = this.#withHeld(samples);
    const partsAhead = (input.length - this.#reach - this.#sample) * this.#parts - this.#part;
    const length = Math.max(0, Math.ceil(partsAhead / this.#step));
    if (length > this.#output.length) this.#output = new Float32Array(length);
    const output = this.#output.subarray(0, length);
    const start = this.#sample - this.#reach + 1;
    if (this.#kernel) this.#kernel.convert(input, start, this.#part, output);
    else this.#interpolate(input, start, output);
    const parts = this.#part + output.length * this.#step;
    this.#sample += Math.floor(parts / this.#parts);
    this.#part = parts % this.#parts;
    // If a step is longer than the chunk, the next output sample lies beyond all available input.
    const used = Math.min(input.length, this.#sample - this.#reach);
    this.#input.copyWithin(0, used, input.length);
    this.#held = input.length - used;
    this.#sample -= used;
    return output;
  }

  /** @returns the samples behind those that are held, until the next call. */
  #withHeld(samples: Float32Array): Float32Array {
    const length = this.#held + samples.length;
    if (length > this.#input.length) {
      const larger = new Float32Array(length);
      larger.set(this.#input.subarray(0, this.#held));
      this.#input = larger;
    }
    this.#input.set(samples, this.#held);
    return this.#input.subarray(0, length);
  }

  /** @param start first input sample that the first output sample needs. */
  #interpolate(input: Float32Array, start: number, output: Float32Array): void {
    for (let i = 0, part = this.#part; i < output.length; i++, part += this.#step) {
      const whole = Math.floor(part / this.#parts);
      output[i] = sampleAt(input, start + whole, this.#filter, part / this.#parts - whole);
    }
  }
}

/**
 * Converts a whole recording. Yields the thread now and then. Samples already at the right rate are returned unchanged.
 *
 * @throws RangeError if a rate is not an integer from 2 to 500 kHz.
 */
export async function resample(samples: Float32Array, fromHz: number, toHz: number): Promise<Float32Array> {
  if (fromHz === toHz || samples.length === 0) return samples;
  const resampler = new Resampler(fromHz, toHz);
  const output = new Float32Array(Math.round((samples.length * toHz) / fromHz));
  const pauses = new Pauses();
  let written = 0;
  const write = (piece: Float32Array): void => {
    output.set(piece, written);
    written += piece.length;
  };
  for (let start = 0; start < samples.length; start += BLOCK_SAMPLES) {
    write(resampler.push(samples.subarray(start, start + BLOCK_SAMPLES)));
    await pauses.take();
  }
  write(resampler.end());
  return output;
}

/** The same for 16-bit sound, which is decoded only if the rates differ. */
export async function resampleInt16(
  samples: Int16Array<ArrayBuffer>,
  fromHz: number,
  toHz: number,
): Promise<Int16Array<ArrayBuffer>> {
  return fromHz === toHz ? samples : toInt16(await resample(fromInt16(samples), fromHz, toHz));
}

/**
 * The sample at a position: the fraction `between` towards the next sample. @param start first sample of the filter.
 */
function sampleAt(input: Float32Array, start: number, { phases, taps, values }: PhaseTable, between: number): number {
  const phase = between * phases;
  // A position with its own row is a whole phase, up to rounding.
  const nearest = Math.round(phase);
  if (Math.abs(phase - nearest) < 1e-9) return dot(input, start, values, nearest * taps, taps);
  const before = Math.floor(phase);
  const low = dot(input, start, values, before * taps, taps);
  const high = dot(input, start, values, (before + 1) * taps, taps);
  return low + (phase - before) * (high - low);
}

function dot(input: Float32Array, start: number, values: Float32Array, row: number, taps: number): number {
  // Two sums, because each addition waits for the previous one. The number of taps is even.
  let [even, odd] = [0, 0];
  for (let tap = 0; tap < taps; tap += 2) {
    even += (input[start + tap] as number) * (values[row + tap] as number);
    odd += (input[start + tap + 1] as number) * (values[row + tap + 1] as number);
  }
  return even + odd;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
