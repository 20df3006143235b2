import type { FeatureSpec } from '../shared/contracts/model/feature-spec';
import { silenceValue } from '../shared/lib/math/silence-value';

/** The newest `frames` log-mel columns of a stream; before it fills, the past is digital silence. */
export class RollingSpectrogram {
  readonly #melBands: number;
  readonly #values: Float32Array;
  /** Where the next column goes, which is also where the oldest one stands. */
  #next = 0;

  constructor(spec: FeatureSpec) {
    this.#melBands = spec.melBands;
    this.#values = new Float32Array(spec.frames * spec.melBands).fill(silenceValue(spec));
  }

  /** Adds the newest column (length `melBands`) in place of the oldest. */
  push(column: Float32Array): void {
    this.#values.set(column, this.#next);
    this.#next = (this.#next + this.#melBands) % this.#values.length;
  }

  /** Copies the window into `out`, shape [frames, melBands], oldest column first. */
  copyWindow(out: Float32Array): void {
    out.set(this.#values.subarray(this.#next));
    out.set(this.#values.subarray(0, this.#next), this.#values.length - this.#next);
  }
}
