/**
 * Runs the network of the question, `seed-2017` at full width, on the backends that Node has: its parameters, memory and
 * latency, and whether its numbers are right.
 *
 *     npm run bench:seed-2017 -- [--network seed-2017-eighth] [--backends wasm,cpu]
 *
 * Its weights are those of the closed form in test/support/constant-network.ts, because latency does not depend on them.
 * Needs about 4 GB of memory.
 */
import { parseArgs } from 'node:util';
import { trainingSpec } from '../cli/training-spec';
import { backendDriver } from '../src/model/backends';
import type { BackendName } from '../src/shared/backend';
import { meanNetworkFolder } from '../test/support/constant-network';

const WASM_PATHS = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
const RUNS = 3;
/** Relative to a logit of about 0.8: sums of 76,800 products in float32. */
const TOLERANCE = 1e-3;

const { values } = parseArgs({
  options: {
    network: { type: 'string', default: 'seed-2017' },
    backends: { type: 'string', default: 'wasm,cpu' },
  },
});
const folder = meanNetworkFolder(values.network, trainingSpec);
const weights = (folder.artifacts.weightData as ArrayBuffer).byteLength / 4;
console.log(`${values.network}: ${weights.toLocaleString('en')} weights, ${(4 * weights) / 1e6} MB in float32\n`);
console.log('| backend | window, median of 3 | process memory | largest error |\n| --- | --- | --- | --- |');
for (const backend of values.backends.split(',') as BackendName[]) {
  const model = await backendDriver(folder, WASM_PATHS).start(backend);
  const error = await model.goldenError();
  const [, median] = (await model.timeRuns(RUNS, 8)).sort((a, b) => a - b);
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(`| ${backend} | ${Math.round(median as number)} ms | ${memory} MB | ${error.toExponential(1)} |`);
  if (!(error < TOLERANCE)) process.exitCode = 1;
  model.dispose();
}
console.log('\nWebGL and WebGPU: not run, Node has neither.');
