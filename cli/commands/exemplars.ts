/**
 * Makes the examples that ship with a model, so that heads can be trained on a person's own sounds without forgetting
 * the model's: `exemplars.bin` and `exemplars.json` in the model's folder. Usage: `npm run exemplars -- --help`.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { padToWindow } from '../../src/dsp/clip-windows';
import { logMelColumns } from '../../src/dsp/log-mel';
import { windowPower } from '../../src/dsp/sounding-positions';
import type { NetworkModel } from '../../src/model/engine/loaded-model';
import { type ExemplarsCard, packEmbeddings } from '../../src/model/folder/exemplars';
import { openModelFolder } from '../../src/model/folder/node';
import { windowSamples } from '../../src/shared/contracts/model/feature-spec';
import { SHIPPED_MODEL } from '../../src/shared/contracts/model/shipped-model';
import { seededRandom, shuffled } from '../../src/shared/lib/math/random';
import { AudioFileReader } from '../audio/audio-file-reader';
import { backgroundSounds } from '../audio/background-sounds';
import { type ClipRow, readClipList } from '../clips/clip-list';
import { startCommand, UsageError } from '../command';

const usage = `usage: npm run exemplars -- --clips LIST.csv --root DIR [--model NAME] [--folds 1,2,3]
                            [--background LIST.csv --background-root DIR]

  --clips LIST.csv       clips that the model was trained on: columns "file", "labels", and "fold" where --folds is given.
                         What must not ship, for its licence or because it tests the model, must not be in it
  --root DIR             folder that the files are below
  --model NAME           a folder of public/models; default ${SHIPPED_MODEL}
  --folds 1,2,3          clips of these folds alone
  --background LIST.csv  clips of sounds that are none of the labels; those that have labels in it are left out`;

const CLIPS_PER_LABEL = 12;
const BACKGROUND_ROWS = 300;
/** Rows of generated background. If there is a list, it provides the rest. */
const MADE_ROWS = 100;
const SEED = 1;

/** A future row of the table: a sound with its labels. */
interface Row {
  readonly embedding: Float32Array;
  readonly labels: readonly string[];
  readonly source: 'clips' | 'background list' | 'made background';
}

/** Clips of every label, taken from its folds in turn. */
function pickClips(rows: readonly ClipRow[], labels: readonly string[], random: () => number): ClipRow[] {
  const order = shuffled(rows, random);
  const picked = new Set<ClipRow>();
  for (const label of labels) {
    const own = order.filter((row) => row.labels.includes(label));
    const folds = [...new Set(own.map(({ fold }) => fold))].sort();
    const queues = folds.map((fold) => own.filter((row) => row.fold === fold && !picked.has(row)));
    let missing = CLIPS_PER_LABEL - own.filter((row) => picked.has(row)).length;
    for (let turn = 0; missing > 0 && queues.some((queue) => queue.length > 0); turn++) {
      const row = queues[turn % queues.length]?.shift();
      if (row === undefined) continue;
      picked.add(row);
      missing--;
    }
  }
  return [...picked];
}

/** The embedding of a sound's loudest window. */
async function loudestEmbedding(model: NetworkModel, samples: Float32Array): Promise<Float32Array> {
  const { spec, strideColumns, embeddingSize } = model;
  const columns = logMelColumns(padToWindow(samples, spec), spec);
  const power = windowPower(columns, spec, strideColumns);
  const start = strideColumns * power.indexOf(power.reduce((a, b) => Math.max(a, b)));
  const window = columns.subarray(start * spec.melBands, (start + spec.frames) * spec.melBands);
  return (await model.embed(window, spec.frames)).slice(0, embeddingSize);
}

async function embedFiles(
  model: NetworkModel,
  clips: readonly ClipRow[],
  root: string,
  source: Row['source'],
): Promise<Row[]> {
  const reader = new AudioFileReader();
  const rows: Row[] = [];
  for (const { file, labels } of clips) {
    try {
      const samples = await reader.read(join(root, file), model.spec.sampleRateHz);
      rows.push({ embedding: await loudestEmbedding(model, samples), labels, source });
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  }
  reader.close();
  return rows;
}

startCommand(usage);
const { values } = parseArgs({
  options: {
    clips: { type: 'string' },
    root: { type: 'string' },
    model: { type: 'string', default: SHIPPED_MODEL },
    folds: { type: 'string' },
    background: { type: 'string' },
    'background-root': { type: 'string' },
  },
});
const { clips, root, folds, background, 'background-root': backgroundRoot } = values;
if (clips === undefined || root === undefined || (background === undefined) !== (backgroundRoot === undefined)) {
  throw new UsageError('--clips and --root are needed, and --background with --background-root');
}

const folder = join('public/models', values.model);
const model = await openModelFolder(folder);
const ids = model.labels.map(({ id }) => id);
const random = seededRandom(SEED);
const listed = await readClipList(clips, folds === undefined ? [] : ['fold']);
const usable = listed
  .filter(({ fold }) => folds === undefined || folds.split(',').includes(fold))
  .map((row) => ({ ...row, labels: row.labels.filter((id) => ids.includes(id)) }));
const rows = await embedFiles(model, pickClips(usable, ids, random), root, 'clips');

if (background !== undefined && backgroundRoot !== undefined) {
  const unlabelled = (await readClipList(background)).filter(({ labels }) => labels.length === 0);
  const picked = shuffled(unlabelled, random).slice(0, BACKGROUND_ROWS - MADE_ROWS);
  rows.push(...(await embedFiles(model, picked, backgroundRoot, 'background list')));
}
const made = background === undefined ? BACKGROUND_ROWS : MADE_ROWS;
for (const samples of backgroundSounds(made, windowSamples(model.spec), model.spec.sampleRateHz, SEED)) {
  rows.push({ embedding: await loudestEmbedding(model, samples), labels: [], source: 'made background' });
}

const size = model.embeddingSize;
const embeddings = new Float32Array(rows.length * size);
for (const [i, { embedding }] of rows.entries()) embeddings.set(embedding, i * size);
const { bytes, ...ranges } = packEmbeddings(embeddings, size);
const sources: Record<string, number> = {};
for (const { source } of rows) sources[source] = (sources[source] ?? 0) + 1;
const labels = rows.map((row) => row.labels);
const card: ExemplarsCard = { backbone: model.folder.backbone, seed: SEED, sources, ...ranges, labels };
await writeFile(join(folder, 'exemplars.bin'), bytes);
await writeFile(join(folder, 'exemplars.json'), `${JSON.stringify(card)}\n`);
model.dispose();
console.log(`${rows.length} rows (${JSON.stringify(sources)}), ${bytes.length} bytes, for ${card.backbone}`);
