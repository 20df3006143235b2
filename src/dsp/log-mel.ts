import type { FeatureSpec } from '../shared/contracts/model/feature-spec';
import { createMelFilterbank } from './mel-filterbank';
import { PowerSpectrum } from './power-spectrum';

/**
 * Turns a stream of mono samples into log-mel columns, one per hop.
 *
 * Samples may arrive in chunks of any length: the columns depend on the samples alone. Non-finite samples count as 0,
 * so every column is finite.
 */
export class LogMelExtractor {
  readonly #spec: FeatureSpec;
  readonly #powerSpectrum: PowerSpectrum;
  /** Weights of all bands, concatenated. */
  readonly #weights: Float64Array;
  /** Where each band's weights end. */
  readonly #weightsEnd: Int32Array;
  /** The first bin of each band. */
  readonly #firstBin: Int32Array;
  /** Scaled so that a sine of amplitude 1 has power 1 in its bin. */
  readonly #hann: Float64Array;
  readonly #frame: Float64Array;
  readonly #windowed: Float64Array;
  readonly #power: Float64Array;
  readonly #column: Float32Array;
  #filled = 0;

  constructor(spec: FeatureSpec) {
    const { fftSize, melBands } = spec;
    this.#spec = spec;
    this.#powerSpectrum = new PowerSpectrum(fftSize);
    const { firstBin, weights } = createMelFilterbank(spec);
    this.#firstBin = firstBin;
    this.#weights = Float64Array.from(weights.flatMap((band) => [...band]));
    let end = 0;
    this.#weightsEnd = Int32Array.from(weights, (band) => (end += band.length));
    const hannSum = fftSize / 2;
    this.#hann = Float64Array.from(
      { length: fftSize },
      (_, i) => (2 / hannSum) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / fftSize)),
    );
    this.#frame = new Float64Array(fftSize);
    this.#windowed = new Float64Array(fftSize);
    this.#power = new Float64Array(fftSize / 2 + 1);
    this.#column = new Float32Array(melBands);
  }

  /**
   * Takes the next samples and calls `onColumn` for each completed column, oldest first. The array passed to `onColumn`
   * (length `melBands`) is reused: copy it to keep it.
   */
  push(samples: Float32Array, onColumn: (column: Float32Array) => void): void {
    const { fftSize, hopSamples } = this.#spec;
    const frame = this.#frame;
    let taken = 0;
    while (taken < samples.length) {
      const filled = this.#filled;
      const count = Math.min(fftSize - filled, samples.length - taken);
      for (let i = 0; i < count; i++) {
        const sample = samples[taken + i] as number;
        frame[filled + i] = Number.isFinite(sample) ? sample : 0;
      }
      this.#filled = filled + count;
      taken += count;
      if (this.#filled === fftSize) {
        this.#computeColumn();
        onColumn(this.#column);
        frame.copyWithin(0, hopSamples);
        this.#filled = fftSize - hopSamples;
      }
    }
  }

  /** Private fields are read once: inside a loop, each read costs more than the arithmetic. */
  #computeColumn(): void {
    const { fftSize, melBands, powerFloor, logMean, logStandardDeviation } = this.#spec;
    const weights = this.#weights;
    const weightsEnd = this.#weightsEnd;
    const firstBin = this.#firstBin;
    const frame = this.#frame;
    const hann = this.#hann;
    const windowed = this.#windowed;
    const power = this.#power;
    const column = this.#column;
    for (let i = 0; i < fftSize; i++) windowed[i] = (frame[i] as number) * (hann[i] as number);
    this.#powerSpectrum.compute(windowed, power);
    let next = 0;
    for (let band = 0; band < melBands; band++) {
      const end = weightsEnd[band] as number;
      let sum = 0;
      for (let bin = firstBin[band] as number; next < end; next++, bin++) {
        sum += (weights[next] as number) * (power[bin] as number);
      }
      column[band] = (Math.log(sum + powerFloor) * Math.LOG10E - logMean) / logStandardDeviation;
    }
  }
}

/**
 * All columns of a finished recording, oldest first.
 *
 * @returns floats of shape [columns, melBands]; no columns if there are fewer than `fftSize` samples.
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
