import type { EmbeddingStream, TrainableModel } from '../model/engine/loaded-model';
import { silenceValue } from '../shared/lib/math/silence-value';
import { embedFilledWindow } from './hear-again';

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
  /** Undefined if the network needs whole windows. */
  readonly #stream: EmbeddingStream | undefined;
  #hasStarted = false;
  /** Values of the columns before the next ones that their first window needs. A stream keeps them once it has started. */
  readonly #pastLength: number;
  /** Begins with those columns, and has room for the next ones. */
  #columns: Float32Array;
  /** Windows that are computed at once. */
  #windows = new Float32Array();
  /** The last one of them that was. */
  #newest = new Float32Array();

  /** @param stepStrides strides of the network from one window to the next. */
  constructor(model: TrainableModel, stepStrides: number) {
    const { frames, melBands, sampleRateHz, hopSamples } = model.spec;
    this.#model = model;
    this.stepColumns = stepStrides * model.strideColumns;
    this.#stream = model.openStream(sampleRateHz / hopSamples / this.stepColumns, stepStrides);
    const pastColumns = this.#stream
      ? this.#stream.reachColumns - model.strideColumns
      : Math.max(0, frames - this.stepColumns);
    this.#pastLength = pastColumns * melBands;
    this.#columns = new Float32Array(this.#pastLength).fill(silenceValue(model.spec));
  }

  /**
   * @param columns the next ones, a whole number of steps: [columns, melBands].
   * @returns [steps, embedding size].
   */
  async embed(columns: Float32Array): Promise<Float32Array> {
    if (!this.#stream) return this.#embedWindows(columns);
    if (this.#hasStarted) return this.#stream.advance(columns);
    this.#hasStarted = true;
    return this.#stream.start(this.#behindPast(columns));
  }

  /** Embedding of the newest window, filled with its newest sound; undefined if the network streams. Call it once at most. */
  async embedFilled(soundSeconds: number): Promise<Float32Array | undefined> {
    return this.#stream ? undefined : embedFilledWindow(this.#model, this.#newest, soundSeconds);
  }

  /** Frees what it holds. */
  dispose(): void {
    this.#stream?.dispose();
  }

  async #embedWindows(columns: Float32Array): Promise<Float32Array> {
    const { frames, melBands } = this.#model.spec;
    const all = this.#behindPast(columns);
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
      this.#newest = windows.subarray((count - 1) * windowLength);
      embeddings.set(await this.#model.embedWindows(windows, count), done * size);
    }
    all.copyWithin(0, all.length - this.#pastLength);
    return embeddings;
  }

  /** The columns behind those that precede them. */
  #behindPast(columns: Float32Array): Float32Array {
    const length = this.#pastLength + columns.length;
    if (this.#columns.length < length) {
      const larger = new Float32Array(length);
      larger.set(this.#columns.subarray(0, this.#pastLength));
      this.#columns = larger;
    }
    this.#columns.set(columns, this.#pastLength);
    return this.#columns.subarray(0, length);
  }
}
