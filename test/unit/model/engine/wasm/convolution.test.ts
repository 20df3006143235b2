import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fused, type Tensor4D, tensor, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import wabt from 'wabt';
import { tensorCount } from '../../../../../src/model/engine/backends';
import { readValues, release, type Values } from '../../../../../src/model/engine/kernels';
import { convolution, convolutionWeights, kernelBase64 } from '../../../../../src/model/engine/wasm/convolution';
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

const padding = [
  [0, 0],
  [0, 0],
] as const;

const hardSwish = (x: number): number => x * Math.max(0, Math.min(1, x / 5 + 0.5));

it('the bytes are what wabt makes of convolution.wat', async () => {
  const path = join(import.meta.dirname, '../../../../../src/model/engine/wasm/convolution.wat');
  const module = (await wabt()).parseWat('convolution.wat', await readFile(path, 'utf8'), { simd: true });
  expect(kernelBase64).toBe(Buffer.from(module.toBinary({}).buffer).toString('base64'));
});

it.each([
  // [batch, rows, columns, channels], outputs, kernel, strides, padding in time and across the bands, activation
  [[1, 12, 8, 48], 272, [1, 1], [1, 1], [0, 0], [0, 0], 'linear'],
  // Pixels of all images are one row: the last four overlap those before.
  [[3, 2, 3, 5], 8, [1, 1], [1, 1], [0, 0], [0, 0], 'relu'],
  [[2, 9, 7, 1], 16, [3, 3], [2, 2], [1, 1], [1, 1], 'linear'],
  [[1, 3, 7, 80], 160, [3, 3], [1, 1], [0, 0], [1, 1], 'relu'],
  [[2, 11, 30, 3], 24, [5, 5], [2, 2], [0, 1], [2, 0], 'relu'],
  [[2, 6, 10, 8], 8, [2, 3], [1, 2], [0, 0], [0, 1], 'linear'],
  // A step of more than one pixel is no convolution of single pixels.
  [[2, 6, 8, 8], 16, [1, 1], [2, 2], [0, 0], [0, 0], 'linear'],
] as const)(
  'a convolution of %j to %i by %j in steps of %j equals TensorFlow.js’s own',
  async (shape, outputs, kernelSize, strides, time, bands, activation) => {
    const x = noise(shape, 1);
    const filter = noise([...kernelSize, shape[3], outputs], 2);
    const bias = tensor(whiteNoise(outputs, 4));
    const weights = convolutionWeights(filter) as Values;
    const attributes = { kernelSize, strides, padding: [time, bands] } as const;
    const before = tensorCount();
    const own = convolution({ x, weights, bias }, { ...attributes, activation }) as Values;
    expect(tensorCount()).toBe(before + 1);
    const pad = [[0, 0], [...time], [...bands], [0, 0]] as unknown as 'valid';
    const theirs = fused.conv2d({ x, filter, strides: [...strides], pad, bias, activation });
    expect(own.shape).toEqual(theirs.shape);
    const expected = await readValues(theirs);
    expect(largestDifference(await readValues(own), expected)).toBeLessThan(1e-4);

    // What comes after the sums is done on the way: something is added, and then a hard-swish of it.
    const addend = noise(own.shape, 3);
    const finished = convolution({ x, weights, bias, addend }, { ...attributes, activation: 'hard-swish' }) as Values;
    const sums = await readValues(fused.conv2d({ x, filter, strides: [...strides], pad, bias }));
    const added = await readValues(addend);
    const swished = sums.map((sum, i) => hardSwish(sum + (added[i] as number)));
    expect(largestDifference(await readValues(finished), swished)).toBeLessThan(1e-4);
    release(own);
    release(finished);
  },
);

it('what is no number stays none', async () => {
  const weights = convolutionWeights(noise([1, 1, 8, 8], 1)) as Values;
  const bias = tensor(whiteNoise(8, 4));
  const x = tensor4d(new Float32Array(32).fill(Number.NaN), [1, 1, 4, 8]);
  for (const activation of ['linear', 'relu', 'hard-swish'] as const) {
    const own = convolution({ x, weights, bias }, { kernelSize: [1, 1], strides: [1, 1], padding, activation });
    expect((await readValues(own as Values)).every(Number.isNaN)).toBe(true);
  }
});

it('outputs that are no multiple of eight are left to TensorFlow.js, and fewer than four pixels', () => {
  expect(convolutionWeights(noise([3, 3, 8, 12], 1))).toBeUndefined();
  const weights = convolutionWeights(noise([3, 3, 8, 8], 1)) as Values;
  const bias = tensor(whiteNoise(8, 4));
  const attributes = { kernelSize: [3, 3], strides: [1, 1], padding, activation: 'relu' } as const;
  expect(convolution({ x: noise([1, 9, 5, 8], 1), weights, bias }, attributes)).toBeUndefined();
  expect(convolution({ x: noise([1, 9, 6, 8], 1), weights, bias }, attributes)).toBeDefined();
});
