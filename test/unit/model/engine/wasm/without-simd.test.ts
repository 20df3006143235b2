import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hasKernel } from '../../../../../src/model/engine/kernels';
import { openModelFolder } from '../../../../../src/model/folder/node';

// As on a machine without SIMD: TensorFlow.js compiles its own binary in another way.
beforeAll(() => {
  vi.stubGlobal('WebAssembly', {
    ...Object.fromEntries(
      Object.getOwnPropertyNames(WebAssembly).map((name) => [name, Reflect.get(WebAssembly, name)]),
    ),
    Module: class {
      constructor() {
        throw new WebAssembly.CompileError('SIMD is missing');
      }
    },
  });
});

afterAll(() => {
  vi.unstubAllGlobals();
});

it.each(['earmark-120', 'earmark-light'])('%s computes the same without kernels of our own', async (name) => {
  const model = await openModelFolder(`public/models/${name}`);
  for (const kernel of ['EarmarkConvolution', 'EarmarkSqueezeExcite', 'EarmarkCombineColumns', 'EarmarkDepthwise']) {
    expect(hasKernel(kernel)).toBe(false);
  }
  expect(await model.goldenError()).toBeLessThan(1e-3);
  model.dispose();
});
