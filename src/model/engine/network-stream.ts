import * as tf from '@tensorflow/tfjs-core';
import { type Layer, runLayers, type TimeReach } from './layers';

/**
 * Embeddings of a continuing sound. What its windows share is computed once.
 *
 * Each layer keeps the newest columns of its input that the next result needs again, and nothing else of the past. So a
 * stride costs only what is new in it, and the embeddings equal those of whole windows.
 */
export class NetworkStream {
  /** Columns that one embedding hears. */
  readonly reachColumns: number;
  /** Columns from one embedding to the next. */
  readonly strideColumns: number;
  readonly #layers: readonly Layer[];
  readonly #melBands: number;
  /** In the order of the layers that need one. */
  #tails: tf.Tensor[] = [];

  /** @param reach of the layers; the caller keeps ownership of them. */
  constructor(layers: readonly Layer[], reach: TimeReach, melBands: number) {
    this.#layers = layers;
    this.reachColumns = reach.columns;
    this.strideColumns = reach.stride;
    this.#melBands = melBands;
  }

  /**
   * Forgets the past and starts with these columns: `reachColumns`, plus any number of strides.
   *
   * @param columns normalised log-mel, [columns, melBands].
   * @returns [positions, embedding size].
   * @throws RangeError for any other number of columns.
   */
  async start(columns: Float32Array): Promise<Float32Array> {
    this.#check(columns.length - this.reachColumns * this.#melBands);
    this.dispose();
    return this.#run(columns);
  }

  /**
   * Takes the next columns, a whole number of strides.
   *
   * @returns one embedding per stride, [positions, embedding size].
   * @throws RangeError for any other number of columns, or before {@link start}.
   */
  async advance(columns: Float32Array): Promise<Float32Array> {
    this.#check(columns.length - this.strideColumns * this.#melBands);
    if (this.#tails.length === 0) throw new RangeError('the stream has not been started');
    return this.#run(columns);
  }

  /** Frees what it holds. It can be started again. */
  dispose(): void {
    tf.dispose(this.#tails);
    this.#tails = [];
  }

  #check(valuesBehindFirst: number): void {
    const strides = valuesBehindFirst / (this.strideColumns * this.#melBands);
    if (!Number.isInteger(strides) || strides < 0) throw new RangeError('columns come in whole strides');
  }

  async #run(columns: Float32Array): Promise<Float32Array> {
    const before = this.#tails;
    const { embeddings, tails } = tf.tidy(() => {
      const tails: tf.Tensor[] = [];
      const input = tf.tensor4d(columns, [1, columns.length / this.#melBands, this.#melBands, 1]);
      const embeddings = runLayers(this.#layers, input, ({ reach }, layerInput) => {
        const { columns, stride } = reach as TimeReach;
        if (columns === stride) return layerInput;
        const tail = before[tails.length];
        const joined = tail === undefined ? layerInput : tf.concat([tail, layerInput], 1);
        tails.push(tf.slice(joined, [0, (joined.shape[1] as number) - (columns - stride)]));
        return joined;
      });
      return { embeddings, tails };
    });
    this.dispose();
    this.#tails = tails;
    try {
      return (await embeddings.data()) as Float32Array;
    } finally {
      embeddings.dispose();
    }
  }
}
