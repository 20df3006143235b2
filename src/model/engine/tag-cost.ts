import * as tf from '@tensorflow/tfjs-core';
import { type KernelRun, kernelsOf } from './kernels';
import type { NetworkModel } from './loaded-model';
import { COMBINE_COLUMNS } from './wasm/combine-columns';
import { CONVOLUTION } from './wasm/convolution';
import { DEPTHWISE } from './wasm/layer-kernels';
import { SQUEEZE_EXCITE } from './wasm/squeeze-excite';
import { WINOGRAD } from './wasm/winograd';

/** What a live tag costs, in counts that are the same on every machine. */
export interface TagCost {
  /** For the network up to its embedding. */
  readonly multiplyAdds: number;
  /** Operations requested from the backend. */
  readonly operations: number;
  /** Tensors that stay: weights, and what a stream keeps of the past. */
  readonly tensors: number;
}

/** Counts the cost of one tag at `tagsPerSecond`, on the model's current backend: of a stride, or of a whole window. */
export async function costOfTag(model: NetworkModel, tagsPerSecond: number): Promise<TagCost> {
  const stream = model.openStream(tagsPerSecond);
  const { frames, melBands } = model.spec;
  if (stream === undefined) return costOf(() => model.embedWindows(new Float32Array(frames * melBands), 1));
  try {
    await stream.start(new Float32Array(stream.reachColumns * melBands));
    const step = new Float32Array(stream.strideColumns * melBands);
    return await costOf(() => stream.advance(step));
  } finally {
    stream.dispose();
  }
}

async function costOf(tag: () => Promise<unknown>): Promise<TagCost> {
  const tensors = tf.backend().numDataIds();
  const ran = await kernelsOf(tag);
  return {
    multiplyAdds: ran.reduce((sum, kernel) => sum + multiplyAdds(kernel), 0),
    operations: ran.length,
    tensors,
  };
}

/**
 * For a convolution: one for each output value and each weight of a filter that it depends on. For a matrix product:
 * rows · inner · columns.
 */
function multiplyAdds({ name, inputShapes, outputShape }: KernelRun): number {
  const [input = [], weights = []] = inputShapes;
  if (name === 'FusedConv2D') {
    const values = product(outputShape);
    return values * product(weights.slice(0, 3));
  }
  if (name === CONVOLUTION || name === COMBINE_COLUMNS) return product(outputShape) * (weights[1] as number);
  if (name === SQUEEZE_EXCITE) return product(weights) + product(inputShapes[3] ?? []);
  if (name === WINOGRAD) return product(outputShape) * 9 * (weights[2] as number);
  if (name === 'FusedDepthwiseConv2D' || name === DEPTHWISE) {
    return product(outputShape) * product(weights.slice(0, 2));
  }
  return name === '_FusedMatMul' ? product(input) * (weights.at(-1) as number) : 0;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
