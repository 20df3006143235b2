import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import type { FeatureSpec } from '../shared/feature-spec';
import type { Label } from '../shared/label';
import { EarmarkError } from '../shared/problem';
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

/** A model folder on the backend that was active when it was created. */
export class NetworkModel implements LoadedModel {
  readonly #folder: ModelFolder;
  readonly #network: LayersModel;

  private constructor(folder: ModelFolder, network: LayersModel) {
    this.#folder = folder;
    this.#network = network;
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
    const expected = JSON.stringify([[[null, frames, melBands, 1]], [[null, folder.labels.length]]]);
    if (shapes !== expected) {
      network.dispose();
      throw damaged(`its network has the shapes ${shapes}, and its labels and features ask for ${expected}`);
    }
    return new NetworkModel(folder, network);
  }

  get name(): string {
    return this.#folder.name;
  }

  get labels(): readonly Label[] {
    return this.#folder.labels;
  }

  get spec(): FeatureSpec {
    return this.#folder.spec;
  }

  async predict(windows: Float32Array, count: number): Promise<Float32Array> {
    return calibrate(await this.predictLogits(windows, count), this.#folder.calibration);
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

  /** Largest absolute difference between the golden vector's logits and what this backend computes. */
  async goldenError(): Promise<number> {
    const { window, logits } = this.#folder.golden;
    const computed = await this.predictLogits(window, 1);
    // Math.max keeps a NaN, so a backend that computes one can never pass.
    return computed.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (logits[i] as number))), 0);
  }

  /** Times `runs` predictions of the golden window, in milliseconds each. */
  async timeRuns(runs: number): Promise<number[]> {
    const times: number[] = [];
    for (let i = 0; i < runs; i++) {
      const start = performance.now();
      await this.predictLogits(this.#folder.golden.window, 1);
      times.push(performance.now() - start);
    }
    return times;
  }

  dispose(): void {
    this.#network.dispose();
  }
}
