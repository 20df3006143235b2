import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { tensorCount } from '../../../../../src/model/engine/backends';
import { readValues, release, type Values } from '../../../../../src/model/engine/kernels';
import { convolutionWeights, type PackedConvolution } from '../../../../../src/model/engine/wasm/convolution';
import { squeezeExcite } from '../../../../../src/model/engine/wasm/squeeze-excite';
import { largestDifference } from '../../../support/arrays';
import { startShipped } from '../../../support/model';
import { whiteNoise } from '../../../support/random';

beforeAll(async () => {
  (await startShipped('wasm')).dispose();
});

function layer(inner: number, outputs: number, seed: number, loud = 1) {
  const kernel = tf.tensor(
    whiteNoise(inner * outputs, seed).map((value) => loud * value),
    [1, 1, inner, outputs],
  );
  const bias = tf.tensor(whiteNoise(outputs, seed + 1));
  const packed = (activation: string): PackedConvolution => ({
    weights: convolutionWeights(kernel) as Values,
    bias,
    activation,
  });
  return { kernel: tf.reshape(kernel, [inner, outputs]) as tf.Tensor2D, bias, packed };
}

it.each([
  [[1, 24, 15, 48], 16, 1],
  [[3, 6, 4, 272], 72, 1],
  // Gates that are as good as open or shut.
  [[1, 6, 4, 8], 8, 400],
] as const)('all pixels of %j times the gates of %i hidden values', async (shape, hidden, loud) => {
  const channels = shape[3];
  const size = shape.reduce<number>((product, n) => product * n, 1);
  const x = tf.tensor4d(whiteNoise(size, 5), [...shape]);
  const [squeeze, excite] = [layer(channels, hidden, 1), layer(hidden, channels, 3, loud)];
  const [first, second] = [squeeze.packed('relu'), excite.packed('sigmoid')];
  const before = tensorCount();
  const own = squeezeExcite(x, first, second) as Values;
  expect(tensorCount()).toBe(before + 1);
  const means = tf.mean(x, [1, 2]) as tf.Tensor2D;
  const squeezed = tf.relu(tf.add(tf.matMul(means, squeeze.kernel), squeeze.bias)) as tf.Tensor2D;
  const gates = tf.sigmoid(tf.add(tf.matMul(squeezed, excite.kernel), excite.bias));
  const expected = tf.mul(x, tf.reshape(gates, [shape[0], 1, 1, channels]));
  expect(own.shape).toEqual(expected.shape);
  expect(largestDifference(await readValues(own), await readValues(expected))).toBeLessThan(1e-5);
  release(own);
});

it('other activations are left to TensorFlow.js, and channels that are no multiple of eight', () => {
  const x = tf.tensor4d(new Float32Array(4 * 16), [1, 2, 2, 16]);
  const [squeeze, excite] = [layer(16, 8, 1), layer(8, 16, 3)];
  expect(squeezeExcite(x, squeeze.packed('relu'), excite.packed('linear'))).toBeUndefined();
  expect(squeezeExcite(x, squeeze.packed('linear'), excite.packed('sigmoid'))).toBeUndefined();
  expect(squeezeExcite(x, undefined, excite.packed('sigmoid'))).toBeUndefined();
  const odd = tf.tensor4d(new Float32Array(4 * 12), [1, 2, 2, 12]);
  expect(squeezeExcite(odd, squeeze.packed('relu'), excite.packed('sigmoid'))).toBeUndefined();
});
