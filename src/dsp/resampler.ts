import { fromInt16, toInt16 } from '../shared/lib/files/wav';
import { Pauses } from '../shared/lib/pause';

export const LOWEST_RATE_HZ = 2000;
export const HIGHEST_RATE_HZ = 500_000;

/**
 * The filter is a Kaiser-windowed sinc. It passes frequencies below 0.9 of the lower rate's Nyquist frequency and
 * attenuates those above Nyquist by 90 dB, so nothing aliases.
 */
const STOP_BAND_DB = 90;
const TRANSITION = 0.1;
const CUTOFF = 1 - TRANSITION / 2;
/** Kaiser's formulas (1974). */
const KAISER_BETA = 0.1102 * (STOP_BAND_DB - 8.7);
const HALF_WIDTH = (STOP_BAND_DB - 7.95) / (2 * 2.285 * Math.PI * TRANSITION);

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
  /** Input samples that are still needed. Silence precedes the first one. */
  #held: Float32Array;
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
    this.#filter = phaseTable(scale, this.#reach, this.#parts <= 2 * sharedPhases ? this.#parts : sharedPhases);
    this.#held = new Float32Array(this.#reach);
    this.#sample = this.#reach;
  }

  /** Takes the next samples. @returns the output so far, which lags the input by 58 samples of the lower rate. */
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
    const input = new Float32Array(this.#held.length + samples.length);
    input.set(this.#held);
    input.set(samples, this.#held.length);
    const partsAhead = (input.length - this.#reach - this.#sample) * this.#parts - this.#part;
    const output = new Float32Array(Math.max(0, Math.ceil(partsAhead / this.#step)));
    const wholeStep = Math.floor(this.#step / this.#parts);
    const partStep = this.#step % this.#parts;
    for (let i = 0; i < output.length; i++) {
      output[i] = sampleAt(input, this.#sample - this.#reach + 1, this.#filter, this.#part / this.#parts);
      this.#sample += wholeStep;
      this.#part += partStep;
      if (this.#part >= this.#parts) {
        this.#part -= this.#parts;
        this.#sample += 1;
      }
    }
    // If a step is longer than the chunk, the next output sample lies beyond all available input.
    const start = Math.min(input.length, this.#sample - this.#reach);
    this.#held = input.slice(start);
    this.#sample -= start;
    return output;
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

/** A filter's values at the input samples around a position, one row per fractional offset (phase). */
interface PhaseTable {
  readonly phases: number;
  readonly taps: number;
  /** One row more than phases: the last is one whole sample away. */
  readonly values: Float32Array;
}

/** @param scale ratio of the lower rate to the input rate. @param reach input samples on each side. */
function phaseTable(scale: number, reach: number, phases: number): PhaseTable {
  const taps = 2 * reach;
  const values = new Float32Array((phases + 1) * taps);
  const atZero = besselI0(KAISER_BETA);
  for (let phase = 0; phase <= phases; phase++) {
    const row = Float64Array.from({ length: taps }, (_, tap) => {
      const distance = (tap - reach + 1 - phase / phases) * scale;
      const inWindow = distance / HALF_WIDTH;
      if (Math.abs(inWindow) >= 1) return 0;
      const window = besselI0(KAISER_BETA * Math.sqrt(1 - inWindow * inWindow)) / atZero;
      const angle = Math.PI * CUTOFF * distance;
      return window * (angle === 0 ? 1 : Math.sin(angle) / angle);
    });
    // Each row is normalised by itself, so a constant stays constant.
    const sum = row.reduce((total, value) => total + value, 0);
    values.set(
      row.map((value) => value / sum),
      phase * taps,
    );
  }
  return { phases, taps, values };
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

/** The modified Bessel function of order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  for (let term = 1, k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
