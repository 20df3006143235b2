import { describe, expect, it } from 'vitest';
import { networkTopology } from '../../../cli/networks/networks';
import { backendDriver } from '../../../src/model/engine/backends';
import type { BackendName } from '../../../src/shared/contracts/backend';
import { meanNetworkFolder, meanNetworkLogit } from '../../support/constant-network';
import { largestDifference } from '../support/arrays';
import { shippedFolder } from '../support/model';
import { whiteNoise } from '../support/random';

const wasmPaths = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';

describe('the 2017 network', { timeout: 60_000 }, () => {
  it('has its layers and 182,855,376 weights', async () => {
    const { spec } = await shippedFolder();
    const { modelTopology, weightShapes } = networkTopology('seed-2017', spec, 52);
    expect(weightShapes).toEqual({
      'conv1/kernel': [10, 10, 1, 128],
      'conv1/bias': [128],
      'conv2/kernel': [10, 10, 128, 284],
      'conv2/bias': [284],
      'conv3/kernel': [10, 10, 284, 768],
      'conv3/bias': [768],
      // 120 / 6 / 2 = 10 frames and bands are left.
      'embedding/kernel': [10 * 10 * 768, 2048],
      'embedding/bias': [2048],
      'head/kernel': [2048, 52],
      'head/bias': [52],
    });
    const weights = Object.values(weightShapes).map((shape) => shape.reduce((product, size) => product * size, 1));
    expect(weights.reduce((sum, count) => sum + count, 0)).toBe(182_855_376);
    const { layers } = (modelTopology as { config: { layers: { class_name: string; config: object }[] } }).config;
    const ofClass = (name: string): object[] => layers.filter((l) => l.class_name === name).map((l) => l.config);
    expect(ofClass('InputLayer')).toMatchObject([{ batch_input_shape: [null, 120, 120, 1] }]);
    const convolution = { padding: 'same', strides: [1, 1], activation: 'relu' };
    expect(ofClass('Conv2D')).toMatchObject([convolution, convolution, convolution]);
    expect(ofClass('MaxPooling2D')).toMatchObject([{ pool_size: [6, 6] }, { pool_size: [2, 2] }]);
    expect(ofClass('Dropout')).toMatchObject([{ rate: 0.5 }]);
  });

  it.each<BackendName>(['wasm', 'cpu'])('gives at 1/8 width what its layers’ means give, on %s', async (backend) => {
    const { spec } = await shippedFolder();
    const model = await backendDriver(meanNetworkFolder('seed-2017-eighth', spec), wasmPaths).start(backend);
    // By hand: all ones, then 0.7, 0.9, six ones, 0.8, 0.6; the means of ten of these have the mean 0.691.
    expect(meanNetworkLogit(120)).toBeCloseTo(0.691 ** 2, 12);
    expect(await model.goldenError()).toBeLessThan(1e-5);
    model.dispose();
  });

  it('takes single windows only, so a recording is cut into them: one every 8 columns', async () => {
    const { spec } = await shippedFolder();
    const folder = meanNetworkFolder('seed-2017-eighth', spec);
    const model = await backendDriver(folder, wasmPaths).start('wasm');
    expect(model.strideColumns).toBe(8);
    const columns = whiteNoise(150 * spec.melBands, 3);
    const embeddings = await model.embed(columns, 150);
    expect(embeddings).toHaveLength(4 * 256);
    for (const position of [0, 1, 2, 3]) {
      const start = position * 8 * spec.melBands;
      const alone = await model.embed(columns.slice(start, start + 120 * spec.melBands), 120);
      const own = embeddings.subarray(position * 256, (position + 1) * 256);
      expect(largestDifference(own, alone), `position ${position}`).toBeLessThan(1e-6);
    }
    expect(largestDifference(embeddings.subarray(0, 256), embeddings.subarray(256, 512))).toBeGreaterThan(1e-5);
    model.dispose();
  });
});
