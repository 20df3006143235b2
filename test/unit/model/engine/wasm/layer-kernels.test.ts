import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fused, tensor, tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import wabt from 'wabt';
import { readValues, type Values } from '../../../../../src/model/engine/kernels';
import { depthwise, hardSwish, kernelBase64 } from '../../../../../src/model/engine/wasm/layer-kernels';
import { largestDifference } from '../../../support/arrays';
import { startShipped } from '../../../support/model';
import { whiteNoise } from '../../../support/random';

beforeAll(async () => {
  (await startShipped('wasm')).dispose();
});

const valuesOf = (of: Values | undefined): Promise<Float32Array> => readValues(of as Values);

it('the bytes are what wabt makes of layer-kernels.wat', async () => {
  const text = await readFile(
    join(import.meta.dirname, '../../../../../src/model/engine/wasm/layer-kernels.wat'),
    'utf8',
  );
  const module = (await wabt()).parseWat('layer-kernels.wat', text, { simd: true });
  expect(kernelBase64).toBe(Buffer.from(module.toBinary({}).buffer).toString('base64'));
});

it('a hard-swish is x · clip(x / 5 + ½, 0, 1), and left to other kernels if the values are no multiple of four', async () => {
  expect(hardSwish(tensor1d(new Float32Array(7)))).toBeUndefined();
  for (const count of [4, 64]) {
    const x = whiteNoise(count, 3).map((value) => 6 * value);
    const expected = x.map((value) => value * Math.max(0, Math.min(1, value / 5 + 0.5)));
    const computed = await valuesOf(hardSwish(tensor1d(x)));
    expect(largestDifference(computed, expected)).toBeLessThan(1e-6);
  }
});

it.each([
  // [batch, rows, columns, channels], kernel, strides, padding, activation
  [[3, 9, 12, 8], 3, 1, 1, 'relu'],
  [[2, 10, 7, 24], 3, 2, 1, 'linear'],
  [[1, 24, 15, 48], 5, 1, 2, 'relu'],
  [[2, 12, 9, 16], 5, 2, 2, 'linear'],
  [[1, 6, 11, 8], 3, 1, 0, 'relu'],
] as const)(
  'a depthwise convolution of %j equals TensorFlow.js’s own',
  async (shape, kernel, stride, pad, activation) => {
    const size = shape.reduce<number>((product, n) => product * n, 1);
    const x = tensor4d(whiteNoise(size, 1), [...shape]);
    const filter = tensor4d(whiteNoise(kernel * kernel * shape[3], 2), [kernel, kernel, shape[3], 1]);
    const bias = tensor(whiteNoise(shape[3], 4));
    const padding = [
      [pad, pad],
      [pad, pad],
    ] as const;
    const strides: [number, number] = [stride, stride];
    const own = depthwise({ x, filter, bias }, { padding, strides, activation });
    const explicit = [[0, 0], [...padding[0]], [...padding[1]], [0, 0]];
    const theirs = fused.depthwiseConv2d({ x, filter, strides, pad: explicit as unknown as 'valid', bias, activation });
    expect(own?.shape).toEqual(theirs.shape);
    expect(largestDifference(await valuesOf(own), await valuesOf(theirs))).toBeLessThan(1e-5);

    const swished = depthwise({ x, filter, bias }, { padding, strides, activation: 'hard-swish' });
    const sums = await valuesOf(
      fused.depthwiseConv2d({ x, filter, strides, pad: explicit as unknown as 'valid', bias }),
    );
    const expected = sums.map((sum) => sum * Math.max(0, Math.min(1, sum / 5 + 0.5)));
    expect(largestDifference(await valuesOf(swished), expected)).toBeLessThan(1e-5);
  },
);

it.each([
  ['channels that are no multiple of eight', [1, 6, 8, 12], 1],
  ['fewer than four columns', [1, 6, 3, 8], 1],
  ['several outputs a channel', [1, 6, 8, 8], 2],
] as const)('%s are left to TensorFlow.js', (_, shape, outputs) => {
  const x = tensor4d(new Float32Array(shape.reduce<number>((product, n) => product * n, 1)), [...shape]);
  const filter = tensor4d(new Float32Array(9 * shape[3] * outputs), [3, 3, shape[3], outputs]);
  const padding = [
    [1, 1],
    [1, 1],
  ] as const;
  const bias = tensor(new Float32Array(shape[3] * outputs));
  expect(depthwise({ x, filter, bias }, { padding, strides: [1, 1], activation: 'linear' })).toBeUndefined();
});
