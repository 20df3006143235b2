import type { FeatureSpec } from '../shared/contracts/model/feature-spec';
import type { MelFilterbank } from './mel-filterbank';
import { PowerSpectrum } from './power-spectrum';

/** Computes log-mel columns, one or several at once. */
export interface MelColumns {
  /** Columns that it computes at once. */
  readonly columns: number;
  /** Samples of the next columns, to be filled. Those that are not finite count as 0. */
  readonly samples: Float32Array;
  /** @returns [columns, melBands]; the next call overwrites it. */
  compute(): Float32Array;
}

/** One column, in JavaScript. */
export class PlainMelColumns implements MelColumns {
  readonly columns = 1;
  readonly samples: Float32Array;
  readonly #powerSpectrum: PowerSpectrum;
  readonly #hann: Float64Array;
  /** Weights of all bands, concatenated. */
  readonly #weights: Float64Array;
  /** Where each band's weights end. */
  readonly #weightsEnd: Int32Array;
  /** The first bin of each band. */
  readonly #firstBin: Int32Array;
  readonly #windowed: Float64Array;
  readonly #power: Float64Array;
  readonly #spec: FeatureSpec;
  readonly #column: Float32Array;

  /** @param hann the window, scaled. */
  constructor(spec: FeatureSpec, hann: Float64Array, { firstBin, weights }: MelFilterbank) {
    const { fftSize, melBands } = spec;
    this.#spec = spec;
    this.#powerSpectrum = new PowerSpectrum(fftSize);
    this.#hann = hann;
    this.#firstBin = firstBin;
    this.#weights = Float64Array.from(weights.flatMap((band) => [...band]));
    let end = 0;
    this.#weightsEnd = Int32Array.from(weights, (band) => (end += band.length));
    this.samples = new Float32Array(fftSize);
    this.#windowed = new Float64Array(fftSize);
    this.#power = new Float64Array(fftSize / 2 + 1);
    this.#column = new Float32Array(melBands);
  }

  /** Private fields are read once: inside a loop, each read costs more than the arithmetic. */
  compute(): Float32Array {
    const samples = this.samples;
    const hann = this.#hann;
    const windowed = this.#windowed;
    const power = this.#power;
    const weights = this.#weights;
    const weightsEnd = this.#weightsEnd;
    const firstBin = this.#firstBin;
    const column = this.#column;
    const { powerFloor, logMean, logStandardDeviation } = this.#spec;
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] as number;
      windowed[i] = Number.isFinite(sample) ? sample * (hann[i] as number) : 0;
    }
    this.#powerSpectrum.compute(windowed, power);
    let next = 0;
    for (let band = 0; band < column.length; band++) {
      const end = weightsEnd[band] as number;
      let sum = 0;
      for (let bin = firstBin[band] as number; next < end; next++, bin++) {
        sum += (weights[next] as number) * (power[bin] as number);
      }
      column[band] = (Math.log(sum + powerFloor) * Math.LOG10E - logMean) / logStandardDeviation;
    }
    return column;
  }
}
