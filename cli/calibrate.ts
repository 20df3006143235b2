/**
 * Calibrates a model folder on clips that its network, or its siblings of other folds, did not learn from.
 *
 *     npm run calibrate -- --logits FILE.json [--logits FILE.json ...] --into FOLDER
 *
 * The files come from `npm run logits`. FOLDER gets `calibration.json`, a scale and an offset a label, and
 * `thresholds.json`: for each label the probability with the best F1 and the lowest one with 95 % precision (null where
 * no threshold reaches it), both of clips' pooled scores.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ClipLogits, fitPooledPlatt } from '../src/metrics/pooled-platt';
import { poolWindows } from '../src/metrics/pooling';
import { bestF1Threshold, lowestThresholdWithPrecision } from '../src/metrics/thresholds';
import { calibrate } from '../src/model/calibration';
import { type LogitsFile, readLogits } from './clip-logits';

const PRECISION = 0.95;

const { values } = parseArgs({ options: { logits: { type: 'string', multiple: true }, into: { type: 'string' } } });
const { logits: paths, into } = values;
if (paths === undefined || into === undefined) {
  throw new Error('usage: npm run calibrate -- --logits FILE.json [--logits FILE.json ...] --into FOLDER');
}

const files = await Promise.all(paths.map(readLogits));
const [{ labels }] = files as [LogitsFile];
if (!files.every((file) => file.labels.join() === labels.join())) {
  throw new Error('the files of logits are of models with different labels');
}
const clips = files.flatMap((file) => file.clips);

const named = new Set(clips.flatMap((clip) => clip.labels));
const ofLabel = labels.map((id, label): ClipLogits[] =>
  clips.map((clip) => ({
    logits: Float32Array.from(clip.logits, (row) => row[label] as number),
    truth: clip.labels.includes(id) ? 1 : 0,
  })),
);
// A label that no clip names has no truth to be fitted to: it gets the line of the others.
const common = fitPooledPlatt(ofLabel.filter((_, label) => named.has(labels[label] as string)).flat());
const lines = ofLabel.map((own, label) => (named.has(labels[label] as string) ? fitPooledPlatt(own, common) : common));
const calibration = { scale: lines.map(({ scale }) => scale), offset: lines.map(({ offset }) => offset) };

const scores = clips.map(({ logits }) =>
  poolWindows(calibrate(Float32Array.from(logits.flat()), calibration), labels.length),
);
const outputs = labels.map((id, label) => ({
  scores: Float32Array.from(scores, (ofClip) => ofClip[label] as number),
  truth: Uint8Array.from(clips, (clip) => (clip.labels.includes(id) ? 1 : 0)),
}));
const thresholds = {
  bestF1: outputs.map((output) => bestF1Threshold(output)?.threshold ?? null),
  precision95: outputs.map((output) => lowestThresholdWithPrecision(output, PRECISION)?.threshold ?? null),
};
const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(4)) : value);
await writeFile(join(into, 'calibration.json'), `${JSON.stringify(calibration, rounded)}\n`);
await writeFile(join(into, 'thresholds.json'), `${JSON.stringify(thresholds, rounded)}\n`);
console.log(`${clips.length} clips; common line ${common.scale.toFixed(3)} · logit + ${common.offset.toFixed(3)}`);
