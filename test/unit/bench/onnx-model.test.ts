import { createRequire } from 'node:module';
import { expect, it, type TestContext } from 'vitest';
import { hasBenchPackages } from '../../../scripts/install.mjs';
import type { ModelFolder } from '../../../src/model/folder/model-folder';

/** The export, and the package that reads what it writes; the test is skipped where `bench` has no packages. */
async function load({ skip }: TestContext) {
  skip(!hasBenchPackages(), 'NO BENCH PACKAGES: “npm run bench” installs them, and the export of ONNX needs one');
  const { onnxModel } = await import('../../../bench/peers/onnx-model');
  const benchPackages = createRequire(new URL('../../../bench/package.json', import.meta.url));
  const { onnx } = benchPackages('onnx-proto') as typeof import('../../../bench/node_modules/onnx-proto');
  return { onnxModel, onnx };
}

const kernel = Float32Array.from({ length: 2 * 3 * 1 * 2 }, (_, i) => i);

/** A padded convolution of 2×3 with two filters, as the folder of a model holds it. */
function folder(layerType = 'Conv2D'): ModelFolder {
  const layers = [
    { class_name: 'InputLayer', config: { name: 'window' }, inbound_nodes: [] },
    {
      class_name: 'ZeroPadding2D',
      config: {
        name: 'pad',
        padding: [
          [0, 0],
          [1, 2],
        ],
      },
      inbound_nodes: [[['window', 0, 0, {}]]],
    },
    {
      class_name: layerType,
      config: { name: 'conv', padding: 'valid', strides: [2, 1], activation: 'relu' },
      inbound_nodes: [[['pad', 0, 0, {}]]],
    },
  ];
  const data = new Float32Array([...kernel, 0.5, -0.5]);
  return {
    artifacts: {
      modelTopology: { config: { layers } },
      weightSpecs: [
        { name: 'conv/kernel', shape: [2, 3, 1, 2], dtype: 'float32' },
        { name: 'conv/bias', shape: [2], dtype: 'float32' },
      ],
      weightData: data.buffer,
    },
    spec: { frames: 4, melBands: 8 },
    labels: [{}, {}],
  } as unknown as ModelFolder;
}

it('writes a convolution channels first, with the padding of the layer before it', async (context) => {
  const { onnxModel, onnx } = await load(context);
  const { graph } = onnx.ModelProto.decode(onnxModel(folder()));
  const conv = graph?.node?.find(({ opType }) => opType === 'Conv');
  const attributes = Object.fromEntries((conv?.attribute ?? []).map(({ name, ints }) => [name, ints?.map(Number)]));
  // Before and behind the frames, before and behind the bands: [top, left, bottom, right].
  expect(attributes).toEqual({ kernel_shape: [2, 3], strides: [2, 1], pads: [0, 1, 0, 2] });
  expect(graph?.node?.map(({ opType }) => opType)).toEqual(['Identity', 'Conv', 'Relu', 'Identity']);
  const weights = graph?.initializer?.find(({ name }) => name === 'conv/kernel');
  expect(weights?.dims?.map(Number)).toEqual([2, 1, 2, 3]);
  const bytes = new Uint8Array(weights?.rawData as Uint8Array);
  // The filters were interleaved.
  expect([...new Float32Array(bytes.buffer)]).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
});

it('names a layer that it cannot write', async (context) => {
  const { onnxModel } = await load(context);
  expect(() => onnxModel(folder('LSTM'))).toThrow('the export has no operator for the layer conv (LSTM)');
});
