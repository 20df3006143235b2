/** Calibrates a model folder. Usage: `npm run calibrate -- --help`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Calibration } from '../../src/model/folder/calibration';
import type { Thresholds } from '../../src/shared/contracts/model/model-figures';
import { readLogits } from '../clips/clip-logits';
import { startCommand, UsageError } from '../command';
import { fitCalibration, fitThresholds, joinLogits } from '../evaluation/calibration-fit';
import { fitToScenes } from '../scenes/fit-to-scenes';

const usage = `usage: npm run calibrate -- --scenes FOLDER --outputs FOLDER [--scenes … --outputs …] [--clips FILE.json] --into MODEL
       npm run calibrate -- --logits FILE.json [--logits FILE.json ...] --into MODEL

Calibrates a model folder on sound that its network, or its siblings of other folds, did not learn from.

  --scenes FOLDER   scenes with known times (training/scenes/make.py), the set fit/
  --outputs FOLDER  the network's outputs for these scenes, from \`npm run scenes\`: what its --out has for fit/
                    Calibration is fitted to all sets that are given, and thresholds have to hold on each; give wide/ too
  --clips FILE      what \`npm run logits\` wrote for clips of others: the calibration has to suit them as well
  --logits FILE     what \`npm run logits\` wrote for clips, where there are no scenes
  --into MODEL      gets calibration.json and thresholds.json, both with one number a label

From scenes, a probability is that of a moment, and a label's default threshold is the lowest with at most 0.5 false
alarms an hour. From clips, it is that of a clip's pooled score, and the default is the threshold with the best F1. The
second threshold is the lowest with 95 % precision, or null where none reaches it.`;

interface Fitted {
  readonly from: string;
  readonly calibration: Calibration;
  readonly thresholds: Thresholds;
}

async function fitToClips(paths: readonly string[]): Promise<Fitted> {
  const logits = joinLogits(await Promise.all(paths.map(readLogits)));
  const calibration = fitCalibration(logits);
  return { from: `${logits.clips.length} clips`, calibration, thresholds: fitThresholds(logits, calibration) };
}

startCommand(usage);
const { values } = parseArgs({
  options: {
    scenes: { type: 'string', multiple: true, default: [] },
    outputs: { type: 'string', multiple: true, default: [] },
    clips: { type: 'string' },
    logits: { type: 'string', multiple: true },
    into: { type: 'string' },
  },
});
const { scenes, outputs, clips, logits: paths, into } = values;
if (into === undefined) throw new UsageError('--into is needed');
const tagged = scenes.map((folder, i) => ({ scenes: folder, outputs: outputs[i] as string }));
if (scenes.length !== outputs.length || (tagged.length === 0) === (paths === undefined)) {
  throw new UsageError('either --scenes with --outputs or --logits is needed');
}

const { from, calibration, thresholds } =
  paths === undefined
    ? await fitToScenes(tagged, into, clips === undefined ? undefined : await readLogits(clips))
    : await fitToClips(paths);
const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(4)) : value);
await writeFile(join(into, 'calibration.json'), `${JSON.stringify(calibration, rounded)}\n`);
await writeFile(join(into, 'thresholds.json'), `${JSON.stringify(thresholds, rounded)}\n`);
const mean = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
const bend = calibration.bend === undefined ? '' : `, bend ${mean(calibration.bend)}`;
console.log(`${from}; on the mean ${mean(calibration.scale)} · logit + ${mean(calibration.offset)}${bend}`);
