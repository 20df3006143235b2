import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel, type SymbolicTensor, model as subModel } from '@tensorflow/tfjs-layers';
import type { FeatureSpec } from '../shared/feature-spec';
import type { Label } from '../shared/label';
import { Pauses } from '../shared/pause';
import { EarmarkError } from '../shared/problem';
import { EMBEDDING_LAYER } from './backbone';
import { calibrate } from './calibration';
import type { ModelFolder } from './model-folder';

/** A model that is ready to predict. */
export interface LoadedModel {
  readonly name: string;
  readonly labels: readonly Label[];
  readonly spec: FeatureSpec;
  /**
   * Calibrated probabilities.
   *
   * @param windows normalised log-mel, [count, frames, melBands].
   * @returns [count, labels].
   */
  predict(windows: Float32Array, count: number): Promise<Float32Array>;
  dispose(): void;
}

/** A model whose head can be trained: it also gives what the head reads. */
export interface TeachableModel extends LoadedModel {
  readonly folder: ModelFolder;
  /** Columns from one position to the next one. */
  readonly strideColumns: number;
  /**
   * Embeddings of a recording: one for every window that starts `strideColumns` after the last.
   *
   * @param columns normalised log-mel, [columnCount, melBands].
   * @returns [positions, embedding size], positions = ⌊(columnCount − frames) / strideColumns⌋ + 1.
   * @throws RangeError where there are fewer columns than one window has.
   */
  embed(columns: Float32Array, columnCount: number): Promise<Float32Array>;
  /** Values of one embedding. */
  readonly embeddingSize: number;
}

/** Positions that one pass computes at most: about ten seconds, so that memory and the time of a pass are bounded. */
const POSITIONS_PER_PASS = 64;

/** A model folder on the backend that was active when it was created. */
export class NetworkModel implements TeachableModel {
  readonly folder: ModelFolder;
  readonly strideColumns: number;
  readonly #network: LayersModel;
  /** The network up to its embedding; it shares the network's weights. */
  readonly #backbone: LayersModel;
  /** Whether the network takes single windows only, so that a recording has to be cut into its windows. */
  readonly #takesWindowsOnly: boolean;

  private constructor(folder: ModelFolder, network: LayersModel) {
    this.folder = folder;
    this.#network = network;
    this.#backbone = subModel({
      inputs: network.inputs,
      outputs: network.getLayer(EMBEDDING_LAYER).output as SymbolicTensor,
    });
    this.strideColumns = timeStride(network);
    this.#takesWindowsOnly = network.inputs[0]?.shape[1] !== null;
  }

  /** @throws EarmarkError model-damaged where the topology cannot be built or has other shapes than the folder says. */
  static async create(folder: ModelFolder): Promise<NetworkModel> {
    const damaged = (detail: string, cause?: unknown): EarmarkError =>
      new EarmarkError(
        'model-damaged',
        `The model “${folder.name}” cannot be used: ${detail}. Press “Restart” to fetch it again.`,
        { cause },
      );
    let network: LayersModel;
    try {
      network = await loadLayersModel(tf.io.fromMemory(folder.artifacts));
    } catch (cause) {
      throw damaged(`its network cannot be built (${(cause as Error).message})`, cause);
    }
    const { frames, melBands } = folder.spec;
    const shapes = JSON.stringify([network.inputs.map((t) => t.shape), network.outputs.map((t) => t.shape)]);
    const expectedFor = (columns: number | null, positions: number | null): string =>
      JSON.stringify([[[null, columns, melBands, 1]], [[null, positions, folder.labels.length]]]);
    const ofRecordings = expectedFor(null, null);
    const ofWindows = expectedFor(frames, 1);
    if (shapes !== ofRecordings && shapes !== ofWindows) {
      network.dispose();
      throw damaged(
        `its network has the shapes ${shapes}, and its labels and features ask for ${ofRecordings} or ${ofWindows}`,
      );
    }
    try {
      return new NetworkModel(folder, network);
    } catch (cause) {
      network.dispose();
      throw damaged(`its network has no embedding (${(cause as Error).message})`, cause);
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

  async predict(windows: Float32Array, count: number): Promise<Float32Array> {
    return calibrate(await this.predictLogits(windows, count), this.folder.head.calibration);
  }

  /** The network's own outputs, before calibration: [count, labels] from windows [count, frames, melBands]. */
  async predictLogits(windows: Float32Array, count: number): Promise<Float32Array> {
    const { frames, melBands } = this.spec;
    const logits = tf.tidy(
      () => this.#network.predict(tf.tensor4d(windows, [count, frames, melBands, 1])) as tf.Tensor,
    );
    try {
      return (await logits.data()) as Float32Array;
    } finally {
      logits.dispose();
    }
  }

  async embed(columns: Float32Array, columnCount: number): Promise<Float32Array> {
    const { frames, melBands } = this.spec;
    const positions = Math.floor((columnCount - frames) / this.strideColumns) + 1;
    if (!(positions >= 1) || columns.length !== columnCount * melBands) {
      throw new RangeError(`${columns.length} values in ${columnCount} columns are no recording of ${frames} or more`);
    }
    const size = this.embeddingSize;
    const embeddings = new Float32Array(positions * size);
    const pauses = new Pauses();
    for (let first = 0; first < positions; first += POSITIONS_PER_PASS) {
      await pauses.take();
      const count = Math.min(POSITIONS_PER_PASS, positions - first);
      // The windows of neighbouring passes overlap, so that each position hears its whole window.
      const start = first * this.strideColumns;
      const end = start + (count - 1) * this.strideColumns + frames;
      const pass = await this.#embedPass(columns.subarray(start * melBands, end * melBands), end - start);
      embeddings.set(pass.subarray(0, count * size), first * size);
    }
    return embeddings;
  }

  get embeddingSize(): number {
    return this.folder.head.kernel.length / this.folder.head.bias.length;
  }

  async #embedPass(columns: Float32Array, columnCount: number): Promise<Float32Array> {
    const { frames, melBands } = this.spec;
    const embeddings = tf.tidy(() => {
      const recording = tf.tensor3d(columns, [columnCount, melBands, 1]);
      const starts = this.#takesWindowsOnly ? windowStarts(columnCount, frames, this.strideColumns) : undefined;
      const input = starts?.map((start) => tf.slice(recording, start, frames)) ?? [recording];
      return this.#backbone.predict(tf.stack(input)) as tf.Tensor;
    });
    try {
      return (await embeddings.data()) as Float32Array;
    } finally {
      embeddings.dispose();
    }
  }

  /** Largest absolute difference between the golden vector's logits and what this backend computes. */
  async goldenError(): Promise<number> {
    const { window, logits } = this.folder.golden;
    const computed = await this.predictLogits(window, 1);
    // Math.max keeps a NaN, so a backend that computes one can never pass.
    return computed.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (logits[i] as number))), 0);
  }

  /** Times `runs` predictions of the golden window, in milliseconds each. */
  async timeRuns(runs: number): Promise<number[]> {
    const times: number[] = [];
    for (let i = 0; i < runs; i++) {
      const start = performance.now();
      await this.predictLogits(this.folder.golden.window, 1);
      times.push(performance.now() - start);
    }
    return times;
  }

  dispose(): void {
    this.#network.dispose();
  }
}

/** First columns of a recording's windows. */
function windowStarts(columnCount: number, frames: number, strideColumns: number): number[] {
  const count = Math.floor((columnCount - frames) / strideColumns) + 1;
  return Array.from({ length: count }, (_, i) => i * strideColumns);
}

/** Columns that a network moves on by from one position to the next: the product of its layers' strides in time. */
function timeStride(network: LayersModel): number {
  return network.layers.reduce((stride, layer) => {
    const { strides } = layer.getConfig();
    return stride * (Array.isArray(strides) ? (strides[0] as number) : 1);
  }, 1);
}
