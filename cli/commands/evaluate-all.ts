/** Evaluates the models of one or more folds on every test set. Usage: `npm run evaluate:all -- --help`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCalibration } from '../../src/model/folder/calibration';
import { startCommand, UsageError } from '../command';
import { type FoldFigures, judgeFold, pooledScores } from '../evaluation/fold-figures';
import { readFolds } from '../evaluation/fold-results';
import { modelFigures } from '../evaluation/model-figures';
import { drawnFigures, summarise, table } from '../evaluation/summary';
import { requireWritableFile } from '../output-place';
import { readJson } from '../read-json';
import { cardFigures, withFigures } from '../report/model-card';

const usage = `usage: npm run evaluate:all -- [--json OUT] [--into MODEL --measured-on SET] [--calibration FILE] FOLD ...

  FOLD               a folder with logits/SET.json (\`npm run logits\`) and, for the peer, yamnet/SET.csv
                     (training/evaluation/peer.py), of the model that was trained without that fold
  --json OUT         writes every fold's figures there, their mean and spread, and what docs/figures draws
  --into MODEL       writes figures.json into that model folder, and the figures of its CARD.md between the markers
  --measured-on SET  what the figures are of: held-out-fold, held-out-folds, or the name of a test set
  --calibration FILE a calibration.json for all folds, in place of the one that is fitted to the others

Of several folds each is calibrated by what fits the mixtures, speech and music of the others. The set \`clean\` is what
losses are counted against. Of a set without labels, the share of windows is told in which every meter stays below 0.5.

The exit status is 1 when a clip or a label was left out, which a line on the error stream names.`;

startCommand(usage);
const { values, positionals: folders } = parseArgs({
  options: {
    json: { type: 'string' },
    into: { type: 'string' },
    'measured-on': { type: 'string' },
    calibration: { type: 'string' },
  },
  allowPositionals: true,
});
const { json, into, 'measured-on': measuredOn, calibration: calibrationPath } = values;
if (folders.length === 0 || (into === undefined) !== (measuredOn === undefined)) {
  throw new UsageError('a fold is needed, and --into with --measured-on');
}

requireWritableFile(json);
const folds = await readFolds(folders);
const given = calibrationPath === undefined ? undefined : ((await readJson(calibrationPath)) as { scale: [] });
const figures: FoldFigures[] = [];
for (const fold of folds) {
  const calibration = given === undefined ? fold.calibration : parseCalibration(given, given.scale.length);
  figures.push(await judgeFold({ ...fold, calibration }));
  console.error(`${fold.name}: ${fold.sets.length} sets`);
}
const summary = summarise(figures);
console.log(table(summary));
for (const fault of figures.flatMap(({ faults }) => faults)) {
  console.error(fault);
  process.exitCode = 1;
}

const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(4)) : value);
if (json !== undefined) {
  const written = { summary, folds: figures.map(({ name, sets }) => ({ name, sets })), drawn: drawnFigures(figures) };
  await writeFile(json, `${JSON.stringify(written, rounded, 1)}\n`);
}
if (into !== undefined && measuredOn !== undefined) {
  const pooled = pooledScores(figures, ['clean', 'speech-music', 'others']);
  const shipped = modelFigures(pooled, measuredOn, new Date());
  await writeFile(join(into, 'figures.json'), `${JSON.stringify(shipped, rounded)}\n`);
  const card = join(into, 'CARD.md');
  await writeFile(card, withFigures(await readFile(card, 'utf8'), cardFigures(summary, pooled, shipped)));
}
