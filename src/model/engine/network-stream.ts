import { readValues, release, runKernel, type Values, valuesFrom } from './kernels';
import { columnsOf, type TimeReach } from './layer-kinds';
import { type Layer, runLayers } from './layers';

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
  #tails: Values[] = [];

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
    for (const tail of this.#tails) release(tail);
    this.#tails = [];
  }

  #check(valuesBehindFirst: number): void {
    const strides = valuesBehindFirst / (this.strideColumns * this.#melBands);
    if (!Number.isInteger(strides) || strides < 0) throw new RangeError('columns come in whole strides');
  }

  async #run(columns: Float32Array): Promise<Float32Array> {
    const before = this.#tails;
    this.#tails = [];
    try {
      const input = valuesFrom(columns, [1, columns.length / this.#melBands, this.#melBands, 1]);
      const embeddings = runLayers(this.#layers, input, ({ reach }, layerInput) => {
        const { columns, stride } = reach as TimeReach;
        if (columns === stride) return undefined;
        const tail = before[this.#tails.length];
        const joined = tail && runKernel('Concat', [tail, layerInput], { axis: 1 });
        const all = joined ?? layerInput;
        const kept = columns - stride;
        this.#tails.push(columnsOf(all, (all.shape[1] as number) - kept, kept));
        return joined;
      });
      try {
        return await readValues(embeddings);
      } finally {
        release(embeddings);
      }
    } finally {
      for (const tail of before) release(tail);
    }
  }
}
