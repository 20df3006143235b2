/** Makes a model folder from a training run. Usage: `npm run export-model -- --help`. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FeatureSpec, parseFeatureSpec } from '../../src/shared/contracts/model/feature-spec';
import type { Label } from '../../src/shared/contracts/model/label';
import { startCommand, UsageError } from '../command';
import { type MobileNetPlan, mobileNet } from '../networks/mobile-net';
import { networkTopology, topologyOf } from '../networks/networks';
import { readJson } from '../read-json';

const usage = `usage: npm run export-model -- --run RUN --name NAME [--network NAME] [--into DIR]

Makes a model folder of a training run that training/network/export.py has prepared.

  --run RUN       folder of the run
  --name NAME     the model's name, and its folder's
  --network NAME  the network that was trained; default: the one that plan.json in RUN describes, where
                  training/network/export_mobilenet.py wrote one, else the one that is named like the model
                  Its labels are those of labels.json in RUN, else those of training/lists/labels.json
  --into DIR      where the folder is made; default public/models`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    run: { type: 'string' },
    name: { type: 'string' },
    network: { type: 'string' },
    into: { type: 'string', default: 'public/models' },
  },
});
const { run, name, network = name, into } = values;
if (run === undefined || name === undefined || network === undefined) {
  throw new UsageError('--run and --name are needed');
}

const ownLabels = join(run, 'labels.json');
const labels = (await readJson(existsSync(ownLabels) ? ownLabels : 'training/lists/labels.json')) as Label[];
const spec: FeatureSpec = parseFeatureSpec(((await readJson(join(run, 'run.json'))) as { spec: unknown }).spec);
const weights = (await readJson(join(run, 'weights.json'))) as {
  name: string;
  shape: number[];
  quantization: object;
}[];

const planPath = join(run, 'plan.json');
const { modelTopology, weightShapes } = existsSync(planPath)
  ? topologyOf(mobileNet((await readJson(planPath)) as MobileNetPlan), spec, labels.length)
  : networkTopology(network, spec, labels.length);
/** Shapes by name: a folder's weights may come in any order. */
const inOrder = (shapes: readonly (readonly [string, readonly number[]])[]): string =>
  JSON.stringify([...shapes].sort(([a], [b]) => (a < b ? -1 : 1)));
const expected = inOrder(Object.entries(weightShapes));
const trained = inOrder(weights.map(({ name, shape }) => [name, shape]));
if (expected !== trained) {
  throw new Error(
    `the run's weights do not fit the network “${network}”:\n  trained ${trained}\n  network ${expected}`,
  );
}

const folder = join(into, name);
await mkdir(folder, { recursive: true });
await writeFile(
  join(folder, 'model.json'),
  JSON.stringify({
    format: 'layers-model',
    generatedBy: 'Earmark',
    convertedBy: null,
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weights.map((weight) => ({ ...weight, dtype: 'float32' })) }],
  }),
);
await copyFile(join(run, 'weights.bin'), join(folder, 'weights.bin'));
await copyFile(join(run, 'golden.bin'), join(folder, 'golden.bin'));
const { sampleRateHz, fftSize, hopSamples, melBands, minHz, maxHz, frames, powerFloor, logMean, logStandardDeviation } =
  spec;
const features = {
  sampleRateHz,
  fftSize,
  hopSamples,
  melBands,
  minHz,
  maxHz,
  frames,
  powerFloor,
  logMean,
  logStandardDeviation,
};
await writeFile(join(folder, 'features.json'), `${JSON.stringify(features, null, 2)}\n`);
await writeFile(
  join(folder, 'labels.json'),
  `[\n${labels.map((label) => `  ${JSON.stringify(label)}`).join(',\n')}\n]\n`,
);
const calibration = { scale: labels.map(() => 1), offset: labels.map(() => 0) };
await writeFile(join(folder, 'calibration.json'), `${JSON.stringify(calibration)}\n`);
