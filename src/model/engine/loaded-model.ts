import * as tf from '@tensorflow/tfjs-core';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import type { Label } from '../../shared/contracts/model/label';
import { Pauses } from '../../shared/lib/pause';
import { splitNetwork } from '../folder/backbone';
import type { ModelFolder } from '../folder/model-folder';
import { weightValues } from '../folder/weights';
import { headLogits, logitProbabilities } from '../head/head';
import { readValues, release, valuesFrom } from './kernels';
import type { KeepTensor, TimeReach } from './layer-parts';
import { buildLayers, type Layer, networkReach, runLayers } from './layers';
import { NetworkStream } from './network-stream';

/** A model, ready to predict. */
export interface LoadedModel {
  readonly name: string;
  readonly labels: readonly Label[];
  readonly spec: FeatureSpec;
  /**
   * Calibrated probabilities, see {@link logitProbabilities}.
   *
   * @param windows normalised log-mel, [count, frames, melBands].
   * @returns [count, labels].
   */
  predict(windows: Float32Array, count: number): Promise<Float32Array>;
  dispose(): void;
}

/** Embeddings of a continuing sound: see {@link NetworkStream}. */
export type EmbeddingStream = Pick<NetworkStream, 'reachColumns' | 'strideColumns' | 'start' | 'advance' | 'dispose'>;

/** A model whose head can be trained: it also exposes the head's input. */
export interface TrainableModel extends LoadedModel {
  readonly folder: ModelFolder;
  /** Columns from one position to the next. */
  readonly strideColumns: number;
  /** Number of values in an embedding. */
  readonly embeddingSize: number;
  /** Embeddings of windows, [count, embedding size]; arguments as in {@link LoadedModel.predict}. */
  embedWindows(windows: Float32Array, count: number): Promise<Float32Array>;
  /**
   * Embeddings of a recording: one for every window that starts `strideColumns` after the previous one.
   *
   * @param columns normalised log-mel, [columnCount, melBands].
   * @returns [positions, embedding size], positions = ⌊(columnCount − frames) / strideColumns⌋ + 1.
   * @throws RangeError if there are fewer columns than a window has.
   */
  embed(columns: Float32Array, columnCount: number): Promise<Float32Array>;
  /**
   * Opens a stream; the caller disposes of it. Undefined if whole windows are needed: because of the network, or because there
   * are more tags than strides per second.
   *
   * @param stepStrides strides from one embedding to the next; 1 if not given.
   */
  openStream(tagsPerSecond: number, stepStrides?: number): EmbeddingStream | undefined;
}

/** Maximum positions computed in one pass: about four seconds, which bounds memory and the duration of a pass. */
const POSITIONS_PER_PASS = 32;

/** Columns from one window of a recording to the next, for a network that cannot stream: the same step. */
const WINDOW_STRIDE_COLUMNS = 8;

/** A model folder on the backend that was active at creation. */
export class NetworkModel implements TrainableModel {
  readonly folder: ModelFolder;
  readonly #layers: readonly Layer[];
  readonly #weights: readonly tf.Tensor[];
  /** Undefined if the network needs whole windows. */
  readonly #reach: TimeReach | undefined;

  private constructor(folder: ModelFolder, layers: readonly Layer[], weights: readonly tf.Tensor[]) {
    this.folder = folder;
    this.#layers = layers;
    this.#weights = weights;
    this.#reach = networkReach(layers);
  }

  /** @throws EarmarkError model-damaged if the topology cannot be built, or does not fit the labels. */
  static async create(folder: ModelFolder): Promise<NetworkModel> {
    const outputs = folder.head.bias.length;
    if (outputs !== folder.labels.length) {
      const detail = `its network has ${outputs} outputs, and there are ${folder.labels.length} labels`;
      throw new EarmarkError({ code: 'model-damaged', model: folder.name, detail });
    }
    const { modelTopology } = folder.artifacts;
    const { backbone } = splitNetwork(folder.artifacts);
    const weights = new Map(
      backbone.map((stored) => [stored.entry.name, tf.tensor(weightValues(stored), stored.entry.shape)]),
    );
    const owned: tf.Tensor[] = [...weights.values()];
    const keep: KeepTensor = (tensor) => {
      owned.push(tensor);
      return tensor;
    };
    try {
      return new NetworkModel(folder, buildLayers(modelTopology, weights, keep), owned);
    } catch (cause) {
      tf.dispose(owned);
      const { message: detail } = cause as Error;
      throw new EarmarkError({ code: 'model-damaged', model: folder.name, file: 'model.json', detail }, { cause });
    }
  }

  get name(): string {
    return this.folder.name;
  }

  get labels(): readonly Label[] {
    return this.folder.labels;
  }

  get spec(): FeatureSpec {
    return this.folder.spec;
  }

  get strideColumns(): number {
    return this.#reach?.stride ?? WINDOW_STRIDE_COLUMNS;
  }

  get embeddingSize(): number {
    return this.folder.head.kernel.length / this.folder.head.bias.length;
  }

  async predict(windows: Float32Array, count: number): Promise<Float32Array> {
    return logitProbabilities(await this.predictLogits(windows, count), this.folder.head);
  }

  /** The network's raw outputs, before calibration: [count, labels] from windows [count, frames, melBands]. */
  async predictLogits(windows: Float32Array, count: number): Promise<Float32Array> {
    return headLogits(await this.embedWindows(windows, count), this.folder.head);
  }

  embedWindows(windows: Float32Array, count: number): Promise<Float32Array> {
    return this.#run(windows, count, this.spec.frames);
  }

  openStream(tagsPerSecond: number, stepStrides = 1): NetworkStream | undefined {
    return tagsPerSecond <= this.#stridesPerSecond ? this.#newStream(stepStrides) : undefined;
  }

  async embed(columns: Float32Array, columnCount: number): Promise<Float32Array> {
    const { frames, melBands } = this.spec;
    const positions = Math.floor((columnCount - frames) / this.strideColumns) + 1;
    if (!(positions >= 1) || columns.length !== columnCount * melBands) {
      throw new RangeError(`${columns.length} values in ${columnCount} columns are no recording of ${frames} or more`);
    }
    const stream = this.#newStream();
    if (stream === undefined) return this.#embedWindowByWindow(columns, positions);
    if (positions <= POSITIONS_PER_PASS) {
      const heardColumns = stream.reachColumns + (positions - 1) * stream.strideColumns;
      return this.#run(columns.subarray(0, heardColumns * melBands), 1, heardColumns);
    }
    try {
      return await this.#embedInPasses(stream, columns, positions);
    } finally {
      stream.dispose();
    }
  }

  async #run(columns: Float32Array, count: number, columnCount: number): Promise<Float32Array> {
    const shape = [count, columnCount, this.spec.melBands, 1];
    const embeddings = runLayers(this.#layers, valuesFrom(columns, shape));
    try {
      return await readValues(embeddings);
    } finally {
      release(embeddings);
    }
  }

  get #stridesPerSecond(): number {
    return this.spec.sampleRateHz / this.spec.hopSamples / this.strideColumns;
  }

  #newStream(stepStrides = 1): NetworkStream | undefined {
    return this.#reach && new NetworkStream(this.#layers, this.#reach, this.spec.melBands, stepStrides);
  }

  async #embedInPasses(stream: NetworkStream, columns: Float32Array, positions: number): Promise<Float32Array> {
    const { melBands } = this.spec;
    const embeddings = new Float32Array(positions * this.embeddingSize);
    const pauses = new Pauses();
    /** End of the columns that the first `position` positions hear. */
    const endOf = (position: number): number =>
      (stream.reachColumns + (position - 1) * stream.strideColumns) * melBands;
    let done = POSITIONS_PER_PASS;
    embeddings.set(await stream.start(columns.subarray(0, endOf(done))));
    while (done < positions) {
      await pauses.take();
      const next = Math.min(positions, done + POSITIONS_PER_PASS);
      const pass = await stream.advance(columns.subarray(endOf(done), endOf(next)));
      embeddings.set(pass, done * this.embeddingSize);
      done = next;
    }
    return embeddings;
  }

  async #embedWindowByWindow(columns: Float32Array, positions: number): Promise<Float32Array> {
    const { frames, melBands } = this.spec;
    const embeddings = new Float32Array(positions * this.embeddingSize);
    const pauses = new Pauses();
    for (let position = 0; position < positions; position++) {
      await pauses.take();
      const start = position * this.strideColumns * melBands;
      const window = columns.subarray(start, start + frames * melBands);
      embeddings.set(await this.embedWindows(window, 1), position * this.embeddingSize);
    }
    return embeddings;
  }

  /**
   * Largest absolute difference between the golden vector's logits and what this backend computes: from the whole
   * window, and in a stream if the network can have one.
   */
  async goldenError(): Promise<number> {
    const { window, logits } = this.folder.golden;
    const computed: Float32Array[] = [await this.predictLogits(window, 1)];
    const stream = this.#newStream();
    if (stream !== undefined) {
      const { reachColumns, strideColumns } = stream;
      const values = (columns: number): number => columns * this.spec.melBands;
      // Something else comes first, so that the second step completes the window.
      const before = new Float32Array(values(reachColumns));
      const newest = values(reachColumns - strideColumns);
      before.set(window.subarray(0, newest), values(strideColumns));
      try {
        await stream.start(before);
        const embedding = await stream.advance(window.subarray(newest, values(reachColumns)));
        computed.push(headLogits(embedding, this.folder.head));
      } finally {
        stream.dispose();
      }
    }
    // Math.max keeps NaN, so a backend that computes one can never pass.
    return computed
      .flatMap((values) => Array.from(values, (value, i) => Math.abs(value - (logits[i] as number))))
      .reduce((worst, error) => Math.max(worst, error), 0);
  }

  /** Times `runs` live tags at that rate, in milliseconds each. */
  async timeRuns(runs: number, tagsPerSecond: number): Promise<number[]> {
    const { window } = this.folder.golden;
    const stream = this.openStream(tagsPerSecond);
    if (stream === undefined) return timed(runs, () => this.predictLogits(window, 1));
    const { reachColumns, strideColumns } = stream;
    const strides = Math.floor(this.#stridesPerSecond / tagsPerSecond);
    const step = window.subarray(0, strides * strideColumns * this.spec.melBands);
    try {
      await stream.start(window.subarray(0, reachColumns * this.spec.melBands));
      return await timed(runs, () => stream.advance(step));
    } finally {
      stream.dispose();
    }
  }

  dispose(): void {
    for (const weight of this.#weights) weight.dispose();
  }
}

async function timed(runs: number, run: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times;
}
