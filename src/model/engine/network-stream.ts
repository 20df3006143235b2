import { consume, readValues, release, reshape, type Values, valuesFrom } from './kernels';
import type { TimeReach } from './layer-parts';
import { type Layer, runLayers, type SplitLayers, splitForSteps } from './layers';
import { columnsOf, joinColumns } from './wasm/column-kernels';

/**
 * Embeddings of a continuing sound. What its windows share is computed once.
 *
 * Each layer keeps the newest columns of its input that the next result needs again, and nothing else of the past. So a
 * stride costs only what is new in it, and the embeddings equal those of whole windows. If not every stride's embedding is
 * asked for, the last layers compute only what the others need.
 */
export class NetworkStream {
  /** Columns that one embedding hears. */
  readonly reachColumns: number;
  /** Columns from one embedding to the next. */
  readonly strideColumns: number;
  readonly #layers: SplitLayers;
  readonly #melBands: number;
  readonly #stepStrides: number;
  /** In the order of the layers that need one. */
  #tails: Values[] = [];

  /**
   * @param reach of the layers; the caller keeps ownership of them.
   * @param stepStrides strides from one embedding to the next.
   */
  constructor(layers: readonly Layer[], reach: TimeReach, melBands: number, stepStrides = 1) {
    this.#layers = splitForSteps(layers, stepStrides);
    this.#stepStrides = stepStrides;
    this.reachColumns = reach.columns;
    this.strideColumns = stepStrides * reach.stride;
    this.#melBands = melBands;
  }

  /**
   * Forgets the past and starts with these columns: as many as one embedding hears and those of the strides before it in its
   * step, plus any number of steps.
   *
   * @param columns normalised log-mel, [columns, melBands].
   * @returns [steps, embedding size].
   * @throws RangeError for any other number of columns.
   */
  async start(columns: Float32Array): Promise<Float32Array> {
    const firstColumns = this.reachColumns + this.strideColumns - this.strideColumns / this.#stepStrides;
    this.#check(columns.length - firstColumns * this.#melBands);
    this.dispose();
    return this.#run(columns);
  }

  /**
   * Takes the next columns, a whole number of steps.
   *
   * @returns one embedding per step, [steps, embedding size].
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
    const steps = valuesBehindFirst / (this.strideColumns * this.#melBands);
    if (!Number.isInteger(steps) || steps < 0) throw new RangeError('columns come in whole steps');
  }

  async #run(columns: Float32Array): Promise<Float32Array> {
    const before = this.#tails;
    this.#tails = [];
    try {
      const input = valuesFrom(columns, [1, columns.length / this.#melBands, this.#melBands, 1]);
      const shared = runLayers(this.#layers.first, input, ({ reach }, layerInput) => {
        const { columns, stride } = reach as TimeReach;
        if (columns === stride) return undefined;
        const tail = before[this.#tails.length];
        const joined = tail && joinColumns(tail, layerInput);
        const all = joined ?? layerInput;
        const kept = columns - stride;
        this.#tails.push(columnsOf(all, (all.shape[1] as number) - kept, kept));
        return joined;
      });
      const embeddings = this.#stepStrides === 1 ? shared : consume(shared, (values) => this.#ofSteps(values));
      try {
        return await readValues(embeddings);
      } finally {
        release(embeddings);
      }
    } finally {
      for (const tail of before) release(tail);
    }
  }

  /** Runs the layers behind those whose results embeddings share: on what the last stride of each step needs of it. */
  #ofSteps(shared: Values): Values {
    const { second, reach } = this.#layers;
    const [, columns, ...rest] = shared.shape as [number, number, ...number[]];
    const stepColumns = this.#stepStrides * reach.stride;
    const steps = Math.floor(columns / stepColumns);
    const whole = columnsOf(shared, columns - steps * stepColumns, steps * stepColumns);
    const ofSteps = consume(whole, (values) => reshape(values, [steps, stepColumns, ...rest]));
    const needed = consume(ofSteps, (values) => columnsOf(values, stepColumns - reach.columns, reach.columns));
    return runLayers(second, needed);
  }
}
