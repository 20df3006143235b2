/** Measures a model on a list of labelled clips. `npm run evaluate -- --help` says how. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openModelFolder } from '../src/model/node';
import { AudioFileReader } from './audio-file-reader';
import { type ClipRow, readClipList } from './clip-list';
import { logitsScorer, readLogits } from './clip-logits';
import { type ClipScorer, modelScorer, tableScorer } from './clip-scorer';
import { type Evaluation, evaluateClips, RELIABLE_FROM } from './evaluation';

const DEFAULT_MODEL = 'earmark-52';

const usage = `usage: npm run evaluate -- --clips LIST.csv --root DIR [--model NAME] [--fold N] [--json OUT]
       npm run evaluate -- --clips LIST.csv --scores SCORES.csv [--fold N] [--json OUT]
       npm run evaluate -- --clips LIST.csv --logits FILE.json [--model NAME] [--fold N] [--json OUT]

Measures a model on labelled clips, with the front end and the network that the page uses; or scores that another system
gave the same clips.

  --clips LIST.csv  columns "file" and "labels" (ids, ";" between several), and "fold" where --fold is given
  --root DIR        folder that the files are below: wav, mp3, ogg, opus, flac, m4a and others
  --model NAME      a folder of public/models, or a path with a slash to any model folder; default earmark-52
  --scores FILE     the scores to judge, in place of a model's: columns "file" and one for each label
  --logits FILE     what \`npm run logits\` wrote of the model: its network is not run again, only calibrated
  --fold N          clips of this fold alone
  --json OUT        writes {clips, accuracy, macroAuc, microAuc, mAP, ece, labels: [{id, positives, auc, ap}]} there,
                    fractions between 0 and 1, null where a figure is undefined

A clip's score is half the mean, half the maximum of the probabilities of 8 windows. Labels that the list never names
are left out of the figures, since it cannot be known where they sound; accuracy is over the clips with exactly one
label and asks which of the named labels scores highest. Macro AUC and mAP are means over the labels that have a
positive and a negative clip.

The exit status is 0 when every clip was read and the list fits the model; 1 when something was left out, which a line
on the error stream names; 2 when the command itself is wrong.`;

/** Where the scores come from: a model that hears the clips, one that has heard them before, or another system. */
type Source =
  | { readonly root: string; readonly model: string }
  | { readonly logits: string; readonly model: string }
  | { readonly scores: string };

interface Command {
  readonly clips: string;
  readonly source: Source;
  readonly fold: string | undefined;
  readonly json: string | undefined;
}

/** @throws Error with a sentence where the arguments cannot be used. */
function parseCommand(): Command | 'help' {
  const { values } = parseArgs({
    options: {
      clips: { type: 'string' },
      root: { type: 'string' },
      model: { type: 'string' },
      scores: { type: 'string' },
      logits: { type: 'string' },
      fold: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { clips, fold, json, help, ...rest } = values;
  if (help) return 'help';
  if (clips === undefined) throw new Error('--clips is missing');
  return { clips, source: sourceOf(rest), fold, json };
}

function sourceOf(given: { root?: string; model?: string; scores?: string; logits?: string }): Source {
  const { root, model = DEFAULT_MODEL, scores, logits } = given;
  if ([root, scores, logits].filter((value) => value !== undefined).length > 1) {
    throw new Error('--root, --scores and --logits say three ways to get the scores: give one of them');
  }
  if (scores !== undefined) return { scores };
  if (logits !== undefined) return { logits, model };
  if (root === undefined) throw new Error('--root is missing');
  return { root, model };
}

/** @throws Error with a sentence where the list, the fold or the model is missing, or the figures cannot be written. */
async function run({ clips, source, fold, json }: Command): Promise<Evaluation> {
  const rows = await readClipList(clips, fold === undefined ? [] : ['fold']);
  if (fold !== undefined) requireFold(rows, fold, clips);
  const judge = (scorer: ClipScorer): Promise<Evaluation> =>
    evaluateClips(rows, { fold, scorer, onProgress: showProgress });
  const evaluation = await withScorer(source, judge);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(evaluation.figures, null, 2)}\n`);
  return evaluation;
}

/** Opens what gives the scores for one use, and closes it after. */
async function withScorer<T>(source: Source, use: (scorer: ClipScorer) => Promise<T>): Promise<T> {
  if ('scores' in source) return use(await tableScorer(source.scores));
  const model = await openModelFolder(modelFolder(source.model));
  const reader = new AudioFileReader();
  try {
    return await use(
      'logits' in source
        ? logitsScorer(await readLogits(source.logits), model.folder.head.calibration)
        : modelScorer(model, source.root, reader),
    );
  } finally {
    reader.close();
    model.dispose();
  }
}

function requireFold(rows: readonly ClipRow[], fold: string, list: string): void {
  const folds = [...new Set(rows.map((row) => row.fold))].sort();
  if (!folds.includes(fold)) throw new Error(`the clip list ${list} has no fold ${fold}, only ${folds.join(', ')}`);
}

function modelFolder(model: string): string {
  return /[\\/]/.test(model) ? model : fileURLToPath(new URL(`../public/models/${model}`, import.meta.url));
}

/** One line that is written over on a terminal; elsewhere a line every hundred clips. */
function showProgress(done: number, total: number): void {
  const line = `${done} of ${total} clips`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === total ? '\n' : ''}`);
  else if (done % 100 === 0 || done === total) console.error(line);
}

function percent(fraction: number | null): string {
  return fraction === null ? '–' : `${(100 * fraction).toFixed(1)} %`;
}

function decimals(fraction: number | null): string {
  return fraction === null ? '–' : fraction.toFixed(4);
}

function printTable({ figures, reliableEce }: Evaluation): void {
  const summary: [string, string][] = [
    ['clips', String(figures.clips)],
    ['clip accuracy', percent(figures.accuracy)],
    ['macro ROC-AUC', decimals(figures.macroAuc)],
    ['micro ROC-AUC', decimals(figures.microAuc)],
    ['mAP', decimals(figures.mAP)],
    ['calibration error, all outputs', decimals(figures.ece)],
    [`calibration error, outputs ≥ ${RELIABLE_FROM}`, decimals(reliableEce)],
  ];
  for (const [figure, value] of summary) console.log(`${figure.padEnd(34)}${value.padStart(8)}`);

  const idWidth = Math.max(5, ...figures.labels.map(({ id }) => id.length)) + 2;
  const row = (id: string, ...cells: string[]): string => id.padEnd(idWidth) + cells.map((c) => c.padStart(9)).join('');
  console.log(`\n${row('label', 'positives', 'AUC', 'AP')}`);
  for (const { id, positives, auc, ap } of figures.labels) {
    console.log(row(id, String(positives), decimals(auc), decimals(ap)));
  }
}

let command: Command | 'help' | undefined;
try {
  command = parseCommand();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`);
  process.exitCode = 2;
}
if (command === 'help') {
  console.log(usage);
} else if (command !== undefined) {
  try {
    const evaluation = await run(command);
    printTable(evaluation);
    for (const line of [...evaluation.notes, ...evaluation.faults]) console.error(line);
    if (evaluation.faults.length > 0) process.exitCode = 1;
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
