import type { FeatureSpec } from '../shared/contracts/model/feature-spec';
import { silenceValue } from '../shared/lib/math/silence-value';

/** The newest `frames` log-mel columns of a stream. Until it fills, the past is digital silence. */
export class RollingSpectrogram {
  readonly #melBands: number;
  readonly #values: Float32Array;
  /** Index of the next column to write, which is also the oldest one. */
  #next = 0;

  constructor(spec: FeatureSpec) {
    this.#melBands = spec.melBands;
    this.#values = new Float32Array(spec.frames * spec.melBands).fill(silenceValue(spec));
  }

  /** Replaces the oldest column with the newest (length `melBands`). */
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

/**
 * Fills a window with its newest sound: what was before is replaced by the same columns, backwards and forwards in turn, so
 * that no seam is heard.
 *
 * @param window [frames, melBands], oldest column first; it is changed in place.
 * @param columns how many of its newest columns are kept, from 1 to all.
 */
export function fillWindow(window: Float32Array, columns: number, melBands: number): void {
  const frames = window.length / melBands;
  for (let filled = columns; filled < frames; filled++) {
    // Column 0 is the newest one.
    const place = filled % (2 * columns);
    const from = frames - 1 - (place < columns ? place : 2 * columns - 1 - place);
    window.copyWithin((frames - 1 - filled) * melBands, from * melBands, (from + 1) * melBands);
  }
}
