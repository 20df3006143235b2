/**
 * Runs a registered network with random weights from a fixed seed on one backend, twice, and posts the results:
 * `?network=seed-2017&backend=webgl`.
 */
import * as tf from '@tensorflow/tfjs-core';
import { trainingSpec } from '../../../cli/networks/training-spec';
import { backendDriver } from '../../../src/model/engine/backends';
import type { BackendName } from '../../../src/shared/contracts/backend';
import { seededRandom } from '../../../src/shared/lib/math/random';
import { networkFolder } from '../../../test/support/constant-network';
import type { ForwardPasses } from './forward-passes';

const SEED = 2017;
/** If a backend's first pass takes longer, it proves its numbers with that pass alone. */
const LONGEST_FIRST_MS = 60_000;

const query = new URLSearchParams(location.search);
const network = query.get('network') as string;
const backend = query.get('backend') as BackendName;

/**
 * He et al. 2015: the variance 2 / fan-in preserves the spread from layer to layer, so that differences can be judged.
 */
function drawWeights(random: () => number, kernel: Float32Array, fanIn: number): void {
  const largest = Math.sqrt(6 / fanIn);
  // A loop, because the dense layer has 157 million weights.
  for (let i = 0; i < kernel.length; i++) kernel[i] = (2 * random() - 1) * largest;
}

async function forwardPasses(): Promise<ForwardPasses> {
  const random = seededRandom(SEED);
  const folder = networkFolder(network, trainingSpec, (kernel, fanIn) => drawWeights(random, kernel, fanIn));
  const driver = backendDriver(folder, '/tfjs-wasm/');
  const renderer = await driver.softwareRenderer(backend);
  const window = Float32Array.from({ length: trainingSpec.frames * trainingSpec.melBands }, () => 2 * random() - 1);

  const start = performance.now();
  const model = await driver.start(backend);
  const loaded = performance.now();
  const logits = await model.predictLogits(window, 1);
  const firstMs = performance.now() - loaded;
  if (tf.getBackend() !== backend) throw new Error(`it was computed on ${tf.getBackend()}, not on ${backend}`);
  const nextMs = firstMs > LONGEST_FIRST_MS ? undefined : await timed(() => model.predictLogits(window, 1));
  const { numBytes: tensorBytes, numBytesInGPU: gpuBytes } = tf.memory() as tf.MemoryInfo & { numBytesInGPU?: number };
  return {
    parameters: (folder.artifacts.weightData as ArrayBuffer).byteLength / Float32Array.BYTES_PER_ELEMENT,
    tensorBytes,
    loadMs: loaded - start,
    firstMs,
    logits: [...logits],
    ...(gpuBytes === undefined ? {} : { gpuBytes }),
    ...(nextMs === undefined ? {} : { nextMs }),
    ...(renderer === undefined ? {} : { renderer }),
  };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

// An error thrown here reaches the page as the worker's.
forwardPasses().then(postMessage, (error: unknown) => {
  setTimeout(() => {
    throw error;
  });
});
