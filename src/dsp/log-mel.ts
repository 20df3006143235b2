import FFT from 'fft.js';
import type { FeatureSpec } from '../shared/feature-spec';
import { createMelFilterbank, type MelFilterbank } from './mel-filterbank';

/**
 * Turns a stream of mono samples into log-mel columns, one per hop.
 *
 * Samples may arrive in pieces of any length: the columns depend on the samples alone. Samples that are not
 * finite count as 0, so every column is finite.
 */
export class LogMelExtractor {
  readonly #spec: FeatureSpec;
  readonly #fft: FFT;
  readonly #filterbank: MelFilterbank;
  readonly #hann: Float64Array;
  /** Scales |X|² so that a sine of amplitude 1 has power 1 in its bin. */
  readonly #powerScale: number;
  readonly #frame: Float64Array;
  readonly #windowed: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #power: Float64Array;
  readonly #column: Float32Array;
  #filled = 0;

  constructor(spec: FeatureSpec) {
    const { fftSize, melBands } = spec;
    this.#spec = spec;
    this.#fft = new FFT(fftSize);
    this.#filterbank = createMelFilterbank(spec);
    this.#hann = Float64Array.from({ length: fftSize }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / fftSize));
    const hannSum = fftSize / 2;
    this.#powerScale = (2 / hannSum) ** 2;
    this.#frame = new Float64Array(fftSize);
    this.#windowed = new Float64Array(fftSize);
    this.#spectrum = new Float64Array(2 * fftSize);
    this.#power = new Float64Array(fftSize / 2 + 1);
    this.#column = new Float32Array(melBands);
  }

  /** Forgets every sample, as before the first push. */
  reset(): void {
    this.#filled = 0;
  }

  /**
   * Takes the next samples and calls `onColumn` for each column that they complete, oldest first.
   * The array given to `onColumn` (length `melBands`) is reused: copy what must stay.
   */
  push(samples: Float32Array, onColumn: (column: Float32Array) => void): void {
    const { fftSize, hopSamples } = this.#spec;
    let taken = 0;
    while (taken < samples.length) {
      const count = Math.min(fftSize - this.#filled, samples.length - taken);
      for (let i = 0; i < count; i++) {
        const sample = samples[taken + i] as number;
        this.#frame[this.#filled + i] = Number.isFinite(sample) ? sample : 0;
      }
      this.#filled += count;
      taken += count;
      if (this.#filled === fftSize) {
        this.#computeColumn();
        onColumn(this.#column);
        this.#frame.copyWithin(0, hopSamples);
        this.#filled = fftSize - hopSamples;
      }
    }
  }

  #computeColumn(): void {
    const { fftSize, melBands, powerFloor, logMean, logStandardDeviation } = this.#spec;
    for (let i = 0; i < fftSize; i++) {
      this.#windowed[i] = (this.#frame[i] as number) * (this.#hann[i] as number);
    }
    this.#fft.realTransform(this.#spectrum, this.#windowed);
    for (let bin = 0; bin <= fftSize / 2; bin++) {
      const real = this.#spectrum[2 * bin] as number;
      const imaginary = this.#spectrum[2 * bin + 1] as number;
      this.#power[bin] = (real * real + imaginary * imaginary) * this.#powerScale;
    }
    for (let band = 0; band < melBands; band++) {
      const weights = this.#filterbank.weights[band] as Float32Array;
      const first = this.#filterbank.firstBin[band] as number;
      let power = 0;
      for (let i = 0; i < weights.length; i++) {
        power += (weights[i] as number) * (this.#power[first + i] as number);
      }
      this.#column[band] = (Math.log10(power + powerFloor) - logMean) / logStandardDeviation;
    }
  }
}

/** The value of every band of a column in digital silence. */
export function silenceValue(spec: FeatureSpec): number {
  return (Math.log10(spec.powerFloor) - spec.logMean) / spec.logStandardDeviation;
}

/**
 * All columns of a finished recording, oldest first.
 *
 * @returns floats of shape [columns, melBands]; no column where there are fewer than `fftSize` samples.
 */
export function logMelColumns(samples: Float32Array, spec: FeatureSpec): Float32Array {
  const columns = Math.max(0, Math.floor((samples.length - spec.fftSize) / spec.hopSamples) + 1);
  const out = new Float32Array(columns * spec.melBands);
  let next = 0;
  new LogMelExtractor(spec).push(samples, (column) => {
    out.set(column, next);
    next += spec.melBands;
  });
  return out;
}
