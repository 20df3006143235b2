import * as tf from '@tensorflow/tfjs-core';
import type { NetworkModel } from './loaded-model';

/** What a live tag costs, in counts that are the same on every machine. */
export interface TagCost {
  /** For the network up to its embedding. */
  readonly multiplyAdds: number;
  /** Operations requested from the backend. */
  readonly operations: number;
  /** Tensors that stay: weights, and what the stream keeps of the past. */
  readonly tensors: number;
}

/**
 * Counts the cost of one streamed tag at `tagsPerSecond`, on the model's current backend.
 *
 * @throws RangeError if the network cannot stream at that rate.
 */
export async function costOfTag(model: NetworkModel, tagsPerSecond: number): Promise<TagCost> {
  const stream = model.openStream(tagsPerSecond);
  if (stream === undefined) throw new RangeError(`the network does not stream at ${tagsPerSecond} tags a second`);
  const { melBands } = model.spec;
  try {
    await stream.start(new Float32Array(stream.reachColumns * melBands));
    const tensors = tf.engine().state.numTensors;
    const step = new Float32Array(stream.strideColumns * melBands);
    const { kernels } = await tf.profile(async () => {
      await stream.advance(step);
      return [];
    });
    // TensorFlow.js records a fused operation twice: as the call, and as the kernel that ran.
    const ran = kernels.filter(({ name }) => !name.endsWith('__op'));
    return {
      multiplyAdds: ran.reduce((sum, kernel) => sum + multiplyAdds(kernel), 0),
      operations: ran.length,
      tensors,
    };
  } finally {
    stream.dispose();
  }
}

type ProfiledKernel = Awaited<ReturnType<typeof tf.profile>>['kernels'][number];

/**
 * For a convolution: one for each output value and each weight of a filter. For a matrix product: rows · inner ·
 * columns.
 */
function multiplyAdds({ name, inputShapes, outputShapes }: ProfiledKernel): number {
  const [input = [], weights = []] = inputShapes;
  if (name === 'FusedConv2D') {
    const values = product(outputShapes[0] as readonly number[]);
    return values * product(weights.slice(0, 3));
  }
  return name === '_FusedMatMul' ? product(input) * (weights.at(-1) as number) : 0;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
