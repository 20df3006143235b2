import type { EmbeddingStream, TrainableModel } from '../model/engine/loaded-model';
import { silenceValue } from '../shared/lib/math/silence-value';

/** Windows that a network computes at once: more are hardly faster, and what is between its layers takes more memory. */
const WINDOWS_AT_ONCE = 8;

/**
 * Embeds a recording's columns as they come: one window per step. Silence precedes the first column, as it does when
 * listening starts, so that a sound at the very beginning is heard as soon as any other.
 */
export class StepEmbedder {
  /** Columns from one window to the next. */
  readonly stepColumns: number;
  readonly #model: TrainableModel;
  readonly #stepStrides: number;
  /** Undefined if the network needs whole windows. */
  readonly #stream: EmbeddingStream | undefined;
  /** Columns before the next ones that their first window needs; undefined once the stream keeps them. */
  #past: Float32Array | undefined;
  /** Windows that are computed at once. */
  #windows = new Float32Array();

  /** @param stepStrides strides of the network from one window to the next. */
  constructor(model: TrainableModel, stepStrides: number) {
    const { frames, melBands } = model.spec;
    this.#model = model;
    this.#stepStrides = stepStrides;
    this.stepColumns = stepStrides * model.strideColumns;
    this.#stream = model.openStream(model.spec.sampleRateHz / model.spec.hopSamples / model.strideColumns);
    const pastColumns = this.#stream
      ? this.#stream.reachColumns - this.#stream.strideColumns
      : Math.max(0, frames - this.stepColumns);
    this.#past = new Float32Array(pastColumns * melBands).fill(silenceValue(model.spec));
  }

  /**
   * @param columns the next ones, a whole number of steps: [columns, melBands].
   * @returns [steps, embedding size].
   */
  async embed(columns: Float32Array): Promise<Float32Array> {
    return this.#stream ? this.#everyStep(await this.#embedStream(this.#stream, columns)) : this.#embedWindows(columns);
  }

  /** Frees what it holds. */
  dispose(): void {
    this.#stream?.dispose();
  }

  #embedStream(stream: EmbeddingStream, columns: Float32Array): Promise<Float32Array> {
    const past = this.#past;
    this.#past = undefined;
    return past ? stream.start(joined(past, columns)) : stream.advance(columns);
  }

  /** Of one embedding per stride, those that end a step. */
  #everyStep(embeddings: Float32Array): Float32Array {
    if (this.#stepStrides === 1) return embeddings;
    const size = this.#model.embeddingSize;
    const steps = embeddings.length / size / this.#stepStrides;
    const kept = new Float32Array(steps * size);
    for (let step = 0; step < steps; step++) {
      const from = ((step + 1) * this.#stepStrides - 1) * size;
      kept.set(embeddings.subarray(from, from + size), step * size);
    }
    return kept;
  }

  async #embedWindows(columns: Float32Array): Promise<Float32Array> {
    const { frames, melBands } = this.#model.spec;
    const all = joined(this.#past as Float32Array, columns);
    const stepLength = this.stepColumns * melBands;
    const windowLength = frames * melBands;
    const steps = columns.length / stepLength;
    const first = all.length - columns.length + stepLength - windowLength;
    const size = this.#model.embeddingSize;
    const embeddings = new Float32Array(steps * size);
    for (let done = 0; done < steps; done += WINDOWS_AT_ONCE) {
      const count = Math.min(WINDOWS_AT_ONCE, steps - done);
      if (this.#windows.length < count * windowLength) this.#windows = new Float32Array(count * windowLength);
      const windows = this.#windows.subarray(0, count * windowLength);
      for (let window = 0; window < count; window++) {
        const start = first + (done + window) * stepLength;
        windows.set(all.subarray(start, start + windowLength), window * windowLength);
      }
      embeddings.set(await this.#model.embedWindows(windows, count), done * size);
    }
    this.#past = all.slice(all.length - (this.#past as Float32Array).length);
    return embeddings;
  }
}

function joined(before: Float32Array, after: Float32Array): Float32Array {
  const both = new Float32Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}
