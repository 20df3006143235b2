/** Measures a model on a list of labelled clips. Usage: `npm run evaluate -- --help`. */
import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readModelFolder } from '../../src/model/folder/model-folder';
import { openModelFolder, readFrom } from '../../src/model/folder/node';
import { labelsAbove } from '../../src/shared/contracts/model/label';
import { AudioFileReader } from '../audio/audio-file-reader';
import { type ClipRow, readClipList } from '../clips/clip-list';
import { logitsScorer, readLogits } from '../clips/clip-logits';
import { type ClipScorer, type LabelsAbove, modelScorer, scoreTable, tableScorer } from '../clips/clip-scorer';
import { requireFolderOf, startCommand, UsageError } from '../command';
import { CLEAR_LEAD_AUC, type Comparison, compareWithPeer } from '../evaluation/comparison';
import {
  type Among,
  type Evaluation,
  evaluateClips,
  type Figures,
  namedLabels,
  RELIABLE_FROM,
} from '../evaluation/evaluation';
import { modelFolder } from '../networks/model-path';
import { decimals, interval, percent } from '../report/figure-text';

const DEFAULT_MODEL = 'earmark-52';

const usage = `usage: npm run evaluate -- --clips LIST.csv --root DIR [--model NAME] [options]
       npm run evaluate -- --clips LIST.csv --scores SCORES.csv [--model NAME] [options]
       npm run evaluate -- --clips LIST.csv --logits FILE.json [--model NAME] [options]

Measures a model on labelled clips, with the front end and the network that the page uses; or scores that another system
gave the same clips.

  --clips LIST.csv  columns "file" and "labels" (ids, ";" between several), and "fold" where --fold is given
  --root DIR        folder that the files are below: wav, mp3, ogg, opus, flac, m4a and others
  --model NAME      a folder of public/models, or a path with a slash to any model folder; default earmark-52. Beside
                    --scores: the model whose hierarchy the labels have; default none
  --scores FILE     the scores to judge, in place of a model's: columns "file" and one for each label
  --logits FILE     what \`npm run logits\` wrote of the model: its network is not run again, only calibrated
  --fold N          clips of this fold alone
  --among WHICH     the labels among which a clip's is to score highest: all, or named, those that the list names;
                    default all
  --peer FILE       another system's scores of the same clips, as for --scores: its figures stand beside ours
  --json OUT        writes {clips, accuracy, macroAuc, microAuc, mAP, ece, labels: [{id, positives, auc, ap, aucLow,
                    aucHigh}], macroAucLow, macroAucHigh, reliableEce, sureAndWrong, reliability, confusions, peer}
                    there, fractions between 0 and 1, null where a figure is undefined
  --out SCORES.csv  writes a row for each clip there, with the scores of all labels, in the form that --scores takes

A clip's score is half the mean, half the maximum of the probabilities of 8 windows. A clip holds its labels and those
above them in the hierarchy: a bark is a dog. Labels that the list never names are left out of the means over labels and
of the calibration, since it cannot be known where they sound. Accuracy is over the clips with exactly one label and asks
which label scores highest: labels above the clip's own do not take part, and one below it is right. Macro AUC and mAP are
means over the labels that have a positive and a negative clip; intervals are of 95 % (DeLong). Sure and wrong are present
labels with less than 0.001 and absent ones with more than 0.999.

The exit status is 0 when every clip was read and the list fits the model; 1 when something was left out, which a line
on the error stream names; 2 when the command itself is wrong.`;

/** Source of the scores: a model that runs on the clips, a model's stored logits, or another system. */
type Source =
  | { readonly root: string; readonly model: string }
  | { readonly logits: string; readonly model: string }
  | { readonly scores: string; readonly model: string | undefined };

interface Command {
  readonly clips: string;
  readonly source: Source;
  readonly fold: string | undefined;
  readonly peer: string | undefined;
  readonly json: string | undefined;
  readonly out: string | undefined;
  readonly among: Among;
}

/** @throws UsageError if the arguments cannot be used. */
function parseCommand(): Command {
  const { values } = parseArgs({
    options: {
      clips: { type: 'string' },
      root: { type: 'string' },
      model: { type: 'string' },
      scores: { type: 'string' },
      logits: { type: 'string' },
      fold: { type: 'string' },
      peer: { type: 'string' },
      json: { type: 'string' },
      out: { type: 'string' },
      among: { type: 'string', default: 'all' },
    },
  });
  const { clips, fold, peer, json, out, among, ...rest } = values;
  requireFolderOf(json);
  requireFolderOf(out);
  if (clips === undefined) throw new UsageError('--clips is missing');
  if (among !== 'all' && among !== 'named') throw new UsageError(`--among is all or named, not ${among}`);
  return { clips, source: sourceOf(rest), fold, peer, json, out, among };
}

function sourceOf(given: { root?: string; model?: string; scores?: string; logits?: string }): Source {
  const { root, scores, logits } = given;
  const { model = DEFAULT_MODEL } = given;
  if ([root, scores, logits].filter((value) => value !== undefined).length > 1) {
    throw new UsageError('--root, --scores and --logits say three ways to get the scores: give one of them');
  }
  if (scores !== undefined) return { scores, model: given.model };
  if (logits !== undefined) return { logits, model };
  if (root === undefined) throw new UsageError('--root is missing');
  return { root, model };
}

/** A model's figures, with a peer's beside them if there is one. */
interface Outcome extends Evaluation {
  readonly peer: Comparison | undefined;
}

/** @throws Error with a sentence if the list, the fold or the model is missing, or the figures cannot be written. */
async function run({ clips, source, fold, peer, json, out, among }: Command): Promise<Outcome> {
  const rows = await readClipList(clips, fold === undefined ? [] : ['fold']);
  if (fold !== undefined) requireFold(rows, fold, clips);
  const judge = (scorer: ClipScorer): Promise<Evaluation> =>
    evaluateClips(rows, { fold, scorer, among, onProgress: showProgress });
  const evaluation = await withScorer(source, judge);
  const compared =
    peer === undefined
      ? undefined
      : await compareWithPeer(evaluation.scored, namedLabels(rows), among, await tableScorer(peer));
  const written = { ...evaluation.figures, peer: compared?.comparison };
  if (json !== undefined) await writeFile(json, `${JSON.stringify(written, null, 2)}\n`);
  if (out !== undefined) await writeFile(out, scoreTable(evaluation.scored));
  return {
    ...evaluation,
    peer: compared?.comparison,
    faults: [...evaluation.faults, ...(compared?.faults ?? [])],
  };
}

/** Opens the source of the scores for one use, and closes it afterwards. */
async function withScorer<T>(source: Source, use: (scorer: ClipScorer) => Promise<T>): Promise<T> {
  if ('scores' in source) return use(await tableScorer(source.scores, await hierarchyOfModel(source.model)));
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

/** @param model a model's name; undefined for labels without a hierarchy. */
async function hierarchyOfModel(model: string | undefined): Promise<LabelsAbove> {
  if (model === undefined) return new Map();
  const folder = resolve(modelFolder(model));
  return labelsAbove((await readModelFolder(basename(folder), readFrom(folder))).labels);
}

function requireFold(rows: readonly ClipRow[], fold: string, list: string): void {
  const folds = [...new Set(rows.map((row) => row.fold))].sort();
  if (!folds.includes(fold)) throw new Error(`the clip list ${list} has no fold ${fold}, only ${folds.join(', ')}`);
}

/** One line that is overwritten on a terminal; elsewhere a line every hundred clips. */
function showProgress(done: number, total: number): void {
  const line = `${done} of ${total} clips`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === total ? '\n' : ''}`);
  else if (done % 100 === 0 || done === total) console.error(line);
}

function printTable({ figures, peer }: Outcome): void {
  const pairs = (of: (figures: Figures) => string): string[] => [of(figures), ...(peer ? [of(peer.figures)] : [])];
  const summary: [string, string[]][] = [
    ...(peer ? ([['', ['model', 'peer']]] as [string, string[]][]) : []),
    ['clips', pairs((f) => String(f.clips))],
    ['clip accuracy', pairs((f) => percent(f.accuracy))],
    ['macro ROC-AUC', pairs((f) => decimals(f.macroAuc))],
    ['  its 95 % interval', pairs((f) => interval(f.macroAucLow, f.macroAucHigh))],
    ['micro ROC-AUC', pairs((f) => decimals(f.microAuc))],
    ['mAP', pairs((f) => decimals(f.mAP))],
    ['calibration error, all outputs', pairs((f) => decimals(f.ece))],
    [`calibration error, outputs ≥ ${RELIABLE_FROM}`, pairs((f) => decimals(f.reliableEce))],
    ['sure and wrong, of present labels', pairs((f) => percent(f.sureAndWrong.present))],
    ['sure and wrong, of absent labels', pairs((f) => percent(f.sureAndWrong.absent))],
  ];
  for (const [figure, values] of summary) {
    console.log(figure.padEnd(34) + values.map((value) => value.padStart(peer ? 16 : 8)).join(''));
  }
  if (peer?.macroAucLead) {
    const { value, low, high } = peer.macroAucLead;
    console.log(`macro ROC-AUC ahead of the peer by ${decimals(value)} (95 %: ${decimals(low)} to ${decimals(high)})`);
  }
  if (peer) {
    const { labelsPeerLeads: lost } = peer;
    console.log(`labels where the peer leads by more than ${CLEAR_LEAD_AUC} AUC: ${[lost.length, ...lost].join(' ')}`);
  }

  const idWidth = Math.max(5, ...figures.labels.map(({ id }) => id.length)) + 2;
  const row = (id: string, ...cells: string[]): string => id.padEnd(idWidth) + cells.map((c) => c.padStart(9)).join('');
  const peerHeads = peer ? ['peer AUC', 'peer AP', 'AUC lead'] : [];
  console.log(`\n${row('label', 'positives', 'AUC', 'AP', 'AUC from', 'to', ...peerHeads)}`);
  for (const [i, { id, positives, auc, ap, aucLow, aucHigh }] of figures.labels.entries()) {
    const theirs = peer?.figures.labels[i];
    const lead = auc === null || theirs?.auc == null ? null : auc - theirs.auc;
    const cells = theirs ? [decimals(theirs.auc), decimals(theirs.ap), decimals(lead)] : [];
    console.log(row(id, String(positives), ...[auc, ap, aucLow, aucHigh].map(decimals), ...cells));
  }

  console.log('\nreliability: of all outputs between two probabilities, the mean, and the share that is right');
  for (const [i, { count, meanProbability, share }] of figures.reliability.entries()) {
    const range = `${(i / 10).toFixed(1)}–${((i + 1) / 10).toFixed(1)}`;
    console.log(
      `${range}${String(count).padStart(9)}${meanProbability.toFixed(3).padStart(8)}${share.toFixed(3).padStart(8)}`,
    );
  }
  if (figures.confusions.length > 0) console.log('\nmost frequent confusions');
  for (const { sounding, heard, clips } of figures.confusions) {
    console.log(`${String(clips).padStart(3)} × ${sounding} heard as ${heard}`);
  }
}

startCommand(usage);
const evaluation = await run(parseCommand());
printTable(evaluation);
for (const line of [...evaluation.notes, ...evaluation.faults]) console.error(line);
if (evaluation.faults.length > 0) process.exitCode = 1;
