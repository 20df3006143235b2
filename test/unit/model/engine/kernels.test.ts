import { tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { tensorCount } from '../../../../src/model/engine/backends';
import {
  consume,
  kernelsOf,
  readValues,
  release,
  reshape,
  runKernel,
  valuesFrom,
} from '../../../../src/model/engine/kernels';
import { type Layer, runLayers } from '../../../../src/model/engine/layers';
import { startShipped } from '../../support/model';

beforeAll(async () => {
  (await startShipped('wasm')).dispose();
});

it('runs a kernel on values and tensors alike, and notes what ran', async () => {
  const before = tensorCount();
  const two = tensor1d([2]);
  const ran = await kernelsOf(async () => {
    const product = consume(valuesFrom(Float32Array.of(1, 2, 3), [3]), (x) => runKernel('Multiply', { a: x, b: two }));
    expect(await readValues(product)).toEqual(Float32Array.of(2, 4, 6));
    release(product);
  });
  expect(ran).toEqual([{ name: 'Multiply', inputShapes: [[3], [1]], outputShape: [3] }]);
  two.dispose();
  expect(tensorCount()).toBe(before);
});

it('says which kernel a backend lacks', () => {
  expect(() => runKernel('Sing', {})).toThrow('the backend “wasm” has no kernel “Sing”');
});

it('the values stay until the last of two shapes of them is released', async () => {
  const before = tensorCount();
  const x = valuesFrom(Float32Array.of(1, 2, 3, 4), [4]);
  const square = reshape(x, [2, -1]);
  release(x);
  expect(square.shape).toEqual([2, 2]);
  expect(await readValues(square)).toEqual(Float32Array.of(1, 2, 3, 4));
  release(square);
  expect(tensorCount()).toBe(before);
});

it('a layer that fails leaves nothing behind', () => {
  const before = tensorCount();
  const reach = { columns: 1, stride: 1 };
  const layers: Layer[] = [
    { inputs: [0], lastReads: [0], reach, run: (x) => reshape(x, [4, 1]) },
    {
      inputs: [1],
      lastReads: [1],
      reach,
      run() {
        throw new RangeError('no more memory');
      },
    },
  ];
  expect(() => runLayers(layers, valuesFrom(new Float32Array(4), [1, 2, 2, 1]))).toThrow('no more memory');
  expect(tensorCount()).toBe(before);
});
