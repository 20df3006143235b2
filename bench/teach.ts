/** Measures the cost of training and the quality of its heads. Usage: `npm run bench:teach -- --help`. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AudioFileReader } from '../cli/audio/audio-file-reader';
import { readClipList } from '../cli/clips/clip-list';
import { startCommand, UsageError } from '../cli/command';
import { readExemplars } from '../src/model/folder/exemplars';
import { openModelFolder } from '../src/model/folder/node';
import type { TrainingClip } from '../src/shared/contracts/model/head';
import { SHIPPED_MODEL } from '../src/shared/contracts/model/shipped-model';
import { embedClip } from '../src/tagger/clip-embedding';
import { trainHead } from '../src/tagger/training/train-head';
import { aucOfFewClips, type EmbeddedClip } from './few-clips';

const MODEL_FOLDER = fileURLToPath(new URL(`../public/models/${SHIPPED_MODEL}`, import.meta.url));

const usage = `usage: npm run bench:teach -- --clips LIST.csv --root DIR [--repeat N] [--given 3,5,10 [--draws 10]]

Takes the clips of a list (columns "file" and "labels", one label a clip) whose labels the shipped model does not have,
trains a head on them as the page does, cross-validation included, and prints the times and each label's AUC.
\`--repeat 140\` takes each clip's embeddings so many times, to see what thousands of clips cost in time and memory; the
AUC then says nothing and is left out. \`--given 3,5,10\` trains on so many clips of each label instead, drawn at random, and
prints the AUC on all others, the mean over the draws.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    clips: { type: 'string' },
    root: { type: 'string' },
    repeat: { type: 'string', default: '1' },
    given: { type: 'string' },
    draws: { type: 'string', default: '10' },
  },
});
const { clips: list, root } = values;
const repeat = Number(values.repeat);
const draws = Number(values.draws);
const givens = values.given?.split(',').map(Number) ?? [];
if (list === undefined || root === undefined || !(repeat >= 1)) {
  throw new UsageError('--clips and --root are needed, and a --repeat of at least 1');
}
if (!givens.every((given) => given >= 2) || !(draws >= 1)) {
  throw new UsageError('--given takes numbers of at least 2, and --draws one of at least 1');
}

const model = await openModelFolder(MODEL_FOLDER);
const exemplars = await readExemplars(model.folder.backbone, model.embeddingSize, async (file) => {
  const bytes = await readFile(join(MODEL_FOLDER, file));
  return new Uint8Array(bytes).buffer;
});
const shipped = new Set(model.labels.map(({ id }) => id));
const rows = (await readClipList(list)).filter(({ labels }) => labels.every((label) => !shipped.has(label)));
const labels = [...new Set(rows.flatMap((row) => row.labels))].map((id) => ({ id, name: id }));
console.log(`${rows.length} clips of ${labels.length} labels: ${labels.map(({ id }) => id).join(', ')}`);

const reader = new AudioFileReader();
const embedded: EmbeddedClip[] = [];
let embedMs = 0;
let seconds = 0;
for (const row of rows) {
  const samples = await reader.read(join(root, row.file), model.spec.sampleRateHz);
  const start = performance.now();
  embedded.push({ labels: row.labels, embeddings: await embedClip(model, samples) });
  embedMs += performance.now() - start;
  seconds += samples.length / model.spec.sampleRateHz;
}
reader.close();
console.log(
  `embedding: ${(embedMs / rows.length).toFixed(1)} ms a clip of ${(seconds / rows.length).toFixed(1)} s, ` +
    `${(embedMs / seconds).toFixed(1)} ms a second of sound`,
);

for (const given of givens) {
  const aucs = await aucOfFewClips(model, exemplars, embedded, given, draws);
  const mean = [...aucs.values()].reduce((sum, auc) => sum + auc, 0) / aucs.size;
  const each = [...aucs].map(([id, auc]) => `${id} ${auc.toFixed(3)}`).join(', ');
  console.log(
    `${given} clips of each of ${aucs.size} labels: AUC ${mean.toFixed(4)} on the others, ${draws} draws (${each})`,
  );
}
if (givens.length === 0) await trainOnAll();
model.dispose();

/** Trains one head on all clips, as the page does. */
async function trainOnAll(): Promise<void> {
  const taught: TrainingClip[] = Array.from({ length: repeat }, (_, round) =>
    embedded.map((clip, i) => ({ ...clip, id: `${round}-${i}`, keptAtMs: 60_000 * (round * embedded.length + i) })),
  ).flat();
  const request = { id: 'bench', name: 'Bench', createdAtMs: 0, labels, clips: taught };
  const start = performance.now();
  let epochs = 0;
  const head = await trainHead(request, {
    folder: model.folder,
    exemplars,
    onProgress: () => epochs++,
    shouldStop: () => false,
  });
  const trainSeconds = (performance.now() - start) / 1000;
  if (head === undefined) throw new Error('the training was stopped');
  const megabytes = process.memoryUsage().rss / 2 ** 20;
  console.log(
    `training: ${taught.length} clips in ${trainSeconds.toFixed(1)} s with its proof, ${epochs} epochs in ` +
      `${head.proof.folds + 1} parts, ${megabytes.toFixed(0)} MB of memory`,
  );
  if (repeat === 1) {
    for (const { id, positives, auc } of head.proof.labels) {
      const interval = auc === null ? '–' : `${auc.value.toFixed(4)} (${auc.low.toFixed(3)} to ${auc.high.toFixed(3)})`;
      console.log(`${id.padEnd(20)}${String(positives).padStart(4)} clips   AUC ${interval}`);
    }
    const mean = head.proof.labels.reduce((sum, { auc }) => sum + (auc?.value ?? 0), 0) / head.proof.labels.length;
    console.log(`mean AUC in cross-validation ${mean.toFixed(4)}`);
  }
  const { before, after } = head.proof.shippedAuc;
  console.log(`shipped labels, mean AUC on the exemplars: ${before.toFixed(4)} before, ${after.toFixed(4)} after`);
}
