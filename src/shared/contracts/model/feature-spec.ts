import * as v from 'valibot';
import { finiteNumber } from '../../lib/schemas';
import { validate } from '../../lib/validate';

/**
 * How samples become the network's input. Every model folder ships one, and the front end is built from it.
 *
 * A column is one frame of `melBands` values. A window is the newest `frames` columns, oldest first, so the network's
 * input has the shape [frames, melBands, 1].
 */
export interface FeatureSpec {
  readonly sampleRateHz: number;
  /** Length of the FFT and of its periodic Hann window, in samples; a power of two. */
  readonly fftSize: number;
  /** Samples from one column to the next. */
  readonly hopSamples: number;
  readonly melBands: number;
  readonly minHz: number;
  readonly maxHz: number;
  /** Columns in a window. */
  readonly frames: number;
  /** Added to a band's mean power before the logarithm. A full-scale sine has power 1. */
  readonly powerFloor: number;
  /** A column's value is (log10(power + powerFloor) − logMean) / logStandardDeviation. */
  readonly logMean: number;
  readonly logStandardDeviation: number;
}

/** Samples that one window spans, including the overlap of its last frame. */
export function windowSamples(spec: FeatureSpec): number {
  return (spec.frames - 1) * spec.hopSamples + spec.fftSize;
}

/** Above 0. The upper bound keeps a spec from filling the memory before any sound is heard. */
const wholeUpTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const aboveZero = v.pipe(finiteNumber, v.gtValue(0));

const featureSpecSchema = v.pipe(
  v.object({
    sampleRateHz: wholeUpTo(192_000),
    fftSize: v.pipe(
      wholeUpTo(65_536),
      v.check((size) => size >= 4 && (size & (size - 1)) === 0, 'not-power-of-two'),
    ),
    hopSamples: wholeUpTo(65_536),
    melBands: wholeUpTo(1024),
    minHz: v.pipe(finiteNumber, v.minValue(0)),
    maxHz: finiteNumber,
    frames: wholeUpTo(10_000),
    powerFloor: aboveZero,
    logMean: finiteNumber,
    logStandardDeviation: aboveZero,
  }),
  v.forward(
    v.check(({ hopSamples, fftSize }) => hopSamples <= fftSize, 'hop-beyond-fft'),
    ['hopSamples'],
  ),
  v.forward(
    v.check(({ minHz, maxHz }) => minHz < maxHz, 'empty-range'),
    ['minHz'],
  ),
  v.forward(
    v.check(({ maxHz, sampleRateHz }) => maxHz <= sampleRateHz / 2, 'beyond-half-rate'),
    ['maxHz'],
  ),
);

/** Checks a spec from a file. @throws BadValue naming the first unusable field. */
export function parseFeatureSpec(value: unknown): FeatureSpec {
  return validate(featureSpecSchema, value);
}
