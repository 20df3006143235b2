import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fused, type Tensor4D, tensor, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import wabt from 'wabt';
import { readValues, type Values } from '../../../../../src/model/engine/kernels';
import { kernelBase64, winograd, winogradWeights } from '../../../../../src/model/engine/wasm/winograd';
import { largestDifference } from '../../../support/arrays';
import { startShipped } from '../../../support/model';
import { whiteNoise } from '../../../support/random';

beforeAll(async () => {
  (await startShipped('wasm')).dispose();
});

const noise = (shape: readonly number[], seed: number): Tensor4D => {
  const size = shape.reduce((product, n) => product * n, 1);
  return tensor4d(whiteNoise(size, seed), [...shape] as [number, number, number, number]);
};

it('the bytes are what wabt makes of winograd.wat', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../../../src/model/engine/wasm/winograd.wat'), 'utf8');
  const module = (await wabt()).parseWat('winograd.wat', text, { simd: true });
  expect(kernelBase64).toBe(Buffer.from(module.toBinary({}).buffer).toString('base64'));
});

it.each([
  // [batch, rows, columns, channels], outputs, padding in time and across the bands, activation
  [[1, 66, 7, 80], 160, [0, 0], [1, 1], 'relu'],
  [[2, 13, 15, 8], 24, [0, 0], [1, 1], 'relu'],
  [[1, 6, 6, 4], 8, [0, 0], [0, 0], 'linear'],
  [[3, 5, 30, 16], 8, [1, 1], [1, 1], 'linear'],
  // Several images at once, and in the end fewer.
  [[21, 6, 7, 8], 16, [0, 0], [1, 1], 'relu'],
  [[1, 9, 2, 12], 16, [0, 1], [2, 0], 'relu'],
  [[1, 131, 30, 32], 48, [0, 0], [1, 1], 'relu'],
] as const)('a convolution of %j to %i equals TensorFlow.js’s own', async (shape, outputs, time, bands, activation) => {
  const x = noise(shape, 1);
  const filter = noise([3, 3, shape[3], outputs], 2);
  const bias = tensor(whiteNoise(outputs, 4));
  const weights = winogradWeights(filter) as Values;
  const own = winograd({ x, weights, bias }, { padding: [time, bands], activation }) as Values;
  const pad = [[0, 0], [...time], [...bands], [0, 0]] as unknown as 'valid';
  const theirs = fused.conv2d({ x, filter, strides: 1, pad, bias, activation });
  expect(own.shape).toEqual(theirs.shape);
  const expected = await readValues(theirs);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largestDifference(await readValues(own), expected)).toBeLessThan(1e-5 * largest);
});

it('filters of other sizes are left to TensorFlow.js, and inputs too short for a tile', () => {
  expect(winogradWeights(noise([5, 5, 8, 8], 1))).toBeUndefined();
  expect(winogradWeights(noise([3, 3, 1, 8], 1))).toBeUndefined();
  expect(winogradWeights(noise([3, 3, 8, 12], 1))).toBeUndefined();
  const weights = winogradWeights(noise([3, 3, 8, 8], 1)) as Values;
  const padding = [
    [0, 0],
    [1, 1],
  ] as const;
  const bias = tensor(whiteNoise(8, 4));
  expect(winograd({ x: noise([1, 5, 8, 8], 1), weights, bias }, { padding, activation: 'relu' })).toBeUndefined();
});
