/** Measures a model on scenes with known times. Usage: `npm run scenes -- --help`. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultThresholds } from '../../src/events/thresholds';
import { openModelFolder } from '../../src/model/folder/node';
import { parseModelFigures } from '../../src/shared/contracts/model/model-figures';
import { AudioFileReader } from '../audio/audio-file-reader';
import { startCommand, UsageError } from '../command';
import { modelFolder } from '../networks/model-path';
import { requireWritableFile } from '../output-place';
import { readJson } from '../read-json';
import { sceneTable } from '../report/scene-table';
import { judgedScenes } from '../scenes/judged-scenes';
import { fieldFigures } from '../scenes/python-figures';
import { judgeScenes, momentFigures } from '../scenes/report';
import { tagScenes } from '../scenes/scene-logits';
import { readSceneSet } from '../scenes/scene-set';

const usage = `usage: npm run scenes -- --model NAME --scenes DIR --out OUT [--tags-per-second 8] [--json FILE] [--into MODEL]

Tags the scenes that training/scenes/make.py wrote as the page tags a microphone, makes events of the probabilities as the
diary does, and measures both: PSDS and event-based F1, false alarms an hour, and the calibration of moments.

  --model NAME           a folder of public/models, or a path with a slash to any model folder
  --scenes DIR           has the sets fit/ and report/, and perhaps wide/
  --out OUT              keeps the network's outputs of both sets: they are computed once per network, and
                         \`npm run calibrate\` fits calibration and thresholds to those of fit/
  --tags-per-second N    8 or 4; default 8
  --json FILE            writes all figures there
  --into MODEL           writes what moments have meant into this model folder's figures.json, for the page; it has been
                         written by \`npm run evaluate:all\` before

PSDS and F1 need a Python with training/requirements-scenes.txt: EARMARK_PYTHON names it. Without one they are left out,
which a line on the error stream says.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    scenes: { type: 'string' },
    out: { type: 'string' },
    'tags-per-second': { type: 'string', default: '8' },
    json: { type: 'string' },
    into: { type: 'string' },
  },
});
const { model: name, scenes: folder, out, json, into } = values;
const tagsPerSecond = Number(values['tags-per-second']);
if (name === undefined || folder === undefined || out === undefined) {
  throw new UsageError('--model, --scenes and --out are needed');
}
if (tagsPerSecond !== 8 && tagsPerSecond !== 4) throw new UsageError('--tags-per-second is 8 or 4');
requireWritableFile(json);

const toFit = ['fit', ...(existsSync(join(folder, 'wide')) ? ['wide'] : [])];
const setsToFit = await Promise.all(toFit.map((set) => readSceneSet(join(folder, set))));
const reported = await readSceneSet(join(folder, 'report'));
const model = await openModelFolder(modelFolder(name));
const { thresholds, head } = model.folder;
const reader = new AudioFileReader();
for (const [i, set] of setsToFit.entries()) {
  await tagScenes(model, set, reader, join(out, toFit[i] as string), tagsPerSecond);
}
const logits = await tagScenes(model, reported, reader, join(out, 'report'), tagsPerSecond);
reader.close();
model.dispose();

const scenes = await judgedScenes(reported, logits, model.labels, head);
const on = defaultThresholds({ labels: logits.labels, model: thresholds });
const figures = judgeScenes(scenes, logits.labels, on, logits.windowSeconds);
const python = process.env.EARMARK_PYTHON ?? 'python3';
const field = await fieldFigures(join(out, 'python'), scenes, logits.labels, on, logits.windowSeconds, python).catch(
  (error: unknown) => {
    console.error(`no PSDS and no F1: ${(error as Error).message}`);
    return undefined;
  },
);
console.log(sceneTable(model.name, figures, field));
const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(4)) : value);
if (json !== undefined) {
  await writeFile(json, `${JSON.stringify({ model: model.name, ...figures, field }, rounded, 1)}\n`);
}
if (into !== undefined) {
  const path = join(into, 'figures.json');
  const before = parseModelFigures(await readJson(path), logits.labels);
  await writeFile(path, `${JSON.stringify({ ...before, moments: momentFigures(figures, new Date()) }, rounded)}\n`);
}
