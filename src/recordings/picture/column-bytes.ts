import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import { LEVEL_BYTES } from '../../shared/contracts/recordings/recording';
import { silenceValue } from '../../shared/lib/math/silence-value';

/** Bytes of a column: its lowest and highest sample, and its bands. */
export function columnBytes({ melBands }: Pick<FeatureSpec, 'melBands'>): number {
  return LEVEL_BYTES + melBands;
}

/** A sample between −1 and 1 as a byte. */
export function sampleByte(sample: number): number {
  return Math.round(128 + 127 * Math.max(-1, Math.min(1, sample)));
}

/** How the values of a model's columns become bytes: 0 is digital silence, 255 a sine of full scale. */
export class BandScale {
  readonly #lowest: number;
  readonly #bytesPerUnit: number;

  constructor(spec: FeatureSpec) {
    this.#lowest = silenceValue(spec);
    this.#bytesPerUnit = 255 / ((0 - spec.logMean) / spec.logStandardDeviation - this.#lowest);
  }

  byteOf(value: number): number {
    return Math.max(0, Math.min(255, Math.round((value - this.#lowest) * this.#bytesPerUnit)));
  }
}
