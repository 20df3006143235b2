import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { readValues, type Values } from '../../../../../src/model/engine/kernels';
import { combineColumns, combineWeights } from '../../../../../src/model/engine/wasm/combine-columns';
import { largestDifference } from '../../../support/arrays';
import { startShipped } from '../../../support/model';
import { whiteNoise } from '../../../support/random';

beforeAll(async () => {
  (await startShipped('wasm')).dispose();
});

const keep = <T extends tf.Tensor>(tensor: T): T => tensor;

/** Weights that are 0 but for some columns around each new one, as those of a resampling. */
function banded(columns: number, made: number, taps: number): tf.Tensor2D {
  const noise = whiteNoise(columns * made, 1);
  const values = noise.map((value, i) => {
    const [row, column] = [Math.floor(i / made), i % made];
    const centre = (column * columns) / made;
    return Math.abs(row - centre) < taps / 2 ? value : 0;
  });
  return tf.tensor2d(values, [columns, made]);
}

it.each([
  [[1, 20, 12, 1], 31],
  [[3, 16, 3, 4], 9],
] as const)('new columns of %j are sums of neighbouring ones', async (shape, made) => {
  const [batch, columns, bands, channels] = shape;
  const x = tf.tensor4d(whiteNoise(batch * columns * bands * channels, 2), [...shape]);
  const kernel = banded(columns, made, 4);
  const bias = tf.tensor(whiteNoise(made, 3));
  const own = combineColumns(x, combineWeights(kernel, bias, keep) as never) as Values;
  const timeLast = tf.transpose(tf.reshape(x, [batch, columns, bands * channels]), [0, 2, 1]);
  const product = tf.add(tf.matMul(tf.reshape(timeLast, [-1, columns]) as tf.Tensor2D, kernel), bias);
  const expected = tf.transpose(tf.reshape(product, [batch, bands * channels, made]), [0, 2, 1]);
  expect(own.shape).toEqual([batch, made, bands, channels]);
  expect(largestDifference(await readValues(own), await readValues(expected))).toBeLessThan(1e-5);
});

it('weights that are not 0 are left to TensorFlow.js if they are many, and values that are no multiple of four', () => {
  const bias = tf.tensor(whiteNoise(9, 3));
  expect(combineWeights(banded(16, 9, 12), bias, keep)).toBeUndefined();
  const weights = combineWeights(banded(16, 9, 4), bias, keep);
  expect(combineColumns(tf.tensor4d(new Float32Array(16 * 6), [1, 16, 6, 1]), weights as never)).toBeUndefined();
});

it('new columns that are made of nothing are the bias', async () => {
  const weights = combineWeights(tf.tensor2d(new Float32Array(16 * 2), [16, 2]), tf.tensor1d([1, 2]), keep);
  const own = combineColumns(tf.tensor4d(whiteNoise(64, 2), [1, 16, 4, 1]), weights as never) as Values;
  expect(Array.from(await readValues(own))).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
});
