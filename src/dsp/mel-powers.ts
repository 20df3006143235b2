import type { FeatureSpec } from '../shared/contracts/model/feature-spec';
import type { MelFilterbank } from './mel-filterbank';
import { PowerSpectrum } from './power-spectrum';

/** Computes the power in each mel band of one column or several. */
export interface BandPowers {
  /** Columns that it computes at once. */
  readonly columns: number;
  /** Samples of the next columns, to be filled. Those that are not finite count as 0. */
  readonly samples: Float32Array;
  /** @returns power by band and column, [melBands, columns]; the next call overwrites it. */
  compute(): ArrayLike<number>;
}

/** The powers of one column, in JavaScript. */
export class MelPowers implements BandPowers {
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
  readonly #bands: Float64Array;

  /** @param hann the window, scaled. */
  constructor({ fftSize, melBands }: FeatureSpec, hann: Float64Array, { firstBin, weights }: MelFilterbank) {
    this.#powerSpectrum = new PowerSpectrum(fftSize);
    this.#hann = hann;
    this.#firstBin = firstBin;
    this.#weights = Float64Array.from(weights.flatMap((band) => [...band]));
    let end = 0;
    this.#weightsEnd = Int32Array.from(weights, (band) => (end += band.length));
    this.samples = new Float32Array(fftSize);
    this.#windowed = new Float64Array(fftSize);
    this.#power = new Float64Array(fftSize / 2 + 1);
    this.#bands = new Float64Array(melBands);
  }

  /** Private fields are read once: inside a loop, each read costs more than the arithmetic. */
  compute(): Float64Array {
    const samples = this.samples;
    const hann = this.#hann;
    const windowed = this.#windowed;
    const power = this.#power;
    const weights = this.#weights;
    const weightsEnd = this.#weightsEnd;
    const firstBin = this.#firstBin;
    const bands = this.#bands;
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] as number;
      windowed[i] = Number.isFinite(sample) ? sample * (hann[i] as number) : 0;
    }
    this.#powerSpectrum.compute(windowed, power);
    let next = 0;
    for (let band = 0; band < bands.length; band++) {
      const end = weightsEnd[band] as number;
      let sum = 0;
      for (let bin = firstBin[band] as number; next < end; next++, bin++) {
        sum += (weights[next] as number) * (power[bin] as number);
      }
      bands[band] = sum;
    }
    return bands;
  }
}
