import type { io } from '@tensorflow/tfjs-core';
import { networkTopology } from '../../cli/networks/networks';
import { splitNetwork } from '../../src/model/folder/backbone';
import type { ModelFolder } from '../../src/model/folder/model-folder';
import type { FeatureSpec } from '../../src/shared/contracts/model/feature-spec';
import { labelGroups } from '../../src/shared/contracts/model/label';

/** Labels that the networks of this file have. */
const LABELS = 52;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/**
 * A model folder in memory whose layers each take the mean of their inputs: every weight of a kernel is 1 / fan-in. Its
 * golden window is all ones, so `seed-2017` answers {@link meanNetworkLogit}, whatever its widths.
 */
export function meanNetworkFolder(network: string, spec: FeatureSpec): ModelFolder {
  const folder = networkFolder(network, spec, (kernel, fanIn) => kernel.fill(1 / fanIn));
  const window = new Float32Array(spec.frames * spec.melBands).fill(1);
  return { ...folder, golden: { window, logits: new Float32Array(LABELS).fill(meanNetworkLogit(spec.frames)) } };
}

/**
 * A model folder in memory, without what a folder on the disk was measured on: its golden vector is empty.
 *
 * @param fillKernel gives a layer's kernel its weights, in place; biases stay 0.
 */
export function networkFolder(
  network: string,
  spec: FeatureSpec,
  fillKernel: (kernel: Float32Array, fanIn: number) => void,
): ModelFolder {
  const { modelTopology, weightShapes } = networkTopology(network, spec, LABELS);
  const weights = Object.entries(weightShapes);
  const values = new Float32Array(weights.reduce((sum, [, shape]) => sum + sizeOf(shape), 0));
  let start = 0;
  for (const [name, shape] of weights) {
    const end = start + sizeOf(shape);
    if (name.endsWith('/kernel')) fillKernel(values.subarray(start, end), sizeOf(shape.slice(0, -1)));
    start = end;
  }
  const weightSpecs = weights.map(([name, shape]) => ({ name, shape: [...shape], dtype: 'float32' as const }));
  const artifacts = { modelTopology, weightSpecs, weightData: values.buffer } as io.ModelArtifacts;
  const ids = Array.from({ length: LABELS }, (_, i) => `label-${i}`);
  return {
    name: network,
    artifacts,
    labels: ids.map((id) => ({ id, name: id, group: labelGroups[0] })),
    spec,
    head: {
      ...splitNetwork(artifacts).head,
      calibration: { scale: ids.map(() => 1), offset: ids.map(() => 0) },
      hierarchy: [],
    },
    backbone: `${network}-in-memory`,
    thresholds: undefined,
    figures: undefined,
    golden: { window: new Float32Array(), logits: new Float32Array() },
  };
}

/**
 * What `seed-2017` answers to a square window of ones when each of its layers takes means. Everything is the same along
 * time and bands, and means and maxima of products are products, so one axis is worked out and squared.
 */
export function meanNetworkLogit(frames: number): number {
  let axis = new Array<number>(frames).fill(1);
  for (const pool of [6, 2, 1]) {
    // `same` padding of a kernel of 10: 4 zeros before, 5 after.
    const means = axis.map((_, i) => axis.slice(Math.max(0, i - 4), i + 6).reduce((sum, value) => sum + value, 0) / 10);
    axis = Array.from({ length: means.length / pool }, (_, i) => Math.max(...means.slice(i * pool, (i + 1) * pool)));
  }
  return (axis.reduce((sum, value) => sum + value, 0) / axis.length) ** 2;
}
