import type { FeatureSpec } from '../shared/contracts/model/feature-spec';
import { type MelColumns, PlainMelColumns } from './mel-columns';
import { createMelFilterbank } from './mel-filterbank';
import { MelKernel } from './mel-kernel';

/**
 * Turns a stream of mono samples into log-mel columns, one per hop.
 *
 * Samples may arrive in chunks of any length: the columns depend on the samples alone. Non-finite samples count as 0,
 * so every column is finite.
 */
export class LogMelExtractor {
  readonly #spec: FeatureSpec;
  readonly #columns: MelColumns;
  #filled = 0;

  constructor(spec: FeatureSpec) {
    const { fftSize } = spec;
    this.#spec = spec;
    // Scaled so that a sine of amplitude 1 has power 1 in its bin.
    const hannSum = fftSize / 2;
    const hann = Float64Array.from(
      { length: fftSize },
      (_, i) => (2 / hannSum) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / fftSize)),
    );
    const filters = createMelFilterbank(spec);
    this.#columns = MelKernel.create(spec, hann, filters) ?? new PlainMelColumns(spec, hann, filters);
  }

  /**
   * Takes the next samples and calls `onColumn` for each completed column, oldest first. The array passed to `onColumn`
   * (length `melBands`) is reused: copy it to keep it.
   */
  push(samples: Float32Array, onColumn: (column: Float32Array) => void): void {
    const { fftSize, hopSamples } = this.#spec;
    const held = this.#columns.samples;
    for (let taken = 0; taken < samples.length; ) {
      const next = samples.subarray(taken, taken + held.length - this.#filled);
      held.set(next, this.#filled);
      this.#filled += next.length;
      taken += next.length;
      const isLast = taken === samples.length;
      if (this.#filled < held.length && !(isLast && this.#filled >= fftSize)) continue;
      const columns = Math.floor((this.#filled - fftSize) / hopSamples) + 1;
      this.#giveColumns(columns, onColumn);
      held.copyWithin(0, columns * hopSamples, this.#filled);
      this.#filled -= columns * hopSamples;
    }
  }

  /** Forgets the samples that the next column would begin with: others follow. */
  reset(): void {
    this.#filled = 0;
  }

  #giveColumns(count: number, onColumn: (column: Float32Array) => void): void {
    const { melBands } = this.#spec;
    const columns = this.#columns.compute();
    for (let of = 0; of < count; of++) onColumn(columns.subarray(of * melBands, (of + 1) * melBands));
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
