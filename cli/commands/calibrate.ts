/** Calibrates a model folder. Usage: `npm run calibrate -- --help`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readLogits } from '../clips/clip-logits';
import { startCommand, UsageError } from '../command';
import { fitCalibration, fitThresholds, joinLogits } from '../evaluation/calibration-fit';

const usage = `usage: npm run calibrate -- --logits FILE.json [--logits FILE.json ...] --into FOLDER

Calibrates a model folder on clips that its network, or its siblings of other folds, did not learn from.

  --logits FILE  what \`npm run logits\` wrote
  --into FOLDER  gets calibration.json, a scale, an offset and a bend a label, and thresholds.json: for each label the
                 probability with the best F1 and the lowest one with 95 % precision (null where no threshold reaches
                 it), both of clips' pooled scores`;

startCommand(usage);
const { values } = parseArgs({ options: { logits: { type: 'string', multiple: true }, into: { type: 'string' } } });
const { logits: paths, into } = values;
if (paths === undefined || into === undefined) {
  throw new UsageError('--logits and --into are needed');
}

const logits = joinLogits(await Promise.all(paths.map(readLogits)));
const calibration = fitCalibration(logits);
const thresholds = fitThresholds(logits, calibration);
const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(4)) : value);
await writeFile(join(into, 'calibration.json'), `${JSON.stringify(calibration, rounded)}\n`);
await writeFile(join(into, 'thresholds.json'), `${JSON.stringify(thresholds, rounded)}\n`);
const mean = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
console.log(
  `${logits.clips.length} clips; on the mean ${mean(calibration.scale)} · bent logit + ${mean(calibration.offset)}, ` +
    `bend ${mean(calibration.bend)}`,
);
