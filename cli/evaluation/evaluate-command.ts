import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readModelFolder } from '../../src/model/folder/model-folder';
import { openModelFolder, readFrom } from '../../src/model/folder/node';
import { labelsAbove } from '../../src/shared/contracts/model/label';
import { SHIPPED_MODEL } from '../../src/shared/contracts/model/shipped-model';
import { type ClipRow, readClipList } from '../clips/clip-list';
import { logitsScorer, readLogits } from '../clips/clip-logits';
import { type ClipScorer, type LabelsAbove, modelScorer, scoreTable, tableScorer } from '../clips/clip-scorer';
import { UsageError } from '../command';
import { wasmFolder } from '../earmark/package-files';
import { modelFolder } from '../networks/model-path';
import { requireWritableFile } from '../output-place';
import { decimals, interval, percent } from '../report/figure-text';
import { CLEAR_LEAD_AUC, type Comparison, compareWithPeer } from './comparison';
import { type Among, type Evaluation, evaluateClips, type Figures, namedLabels, RELIABLE_FROM } from './evaluation';

/** Reads clips as mono samples, until it is closed. */
export interface ClipReader {
  read(path: string, sampleRateHz: number): Promise<Float32Array>;
  close(): void;
}

type OpenReader = () => ClipReader;

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
function parseCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
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
  requireWritableFile(json);
  requireWritableFile(out);
  if (clips === undefined) throw new UsageError('--clips is missing');
  if (among !== 'all' && among !== 'named') throw new UsageError(`--among is all or named, not ${among}`);
  return { clips, source: sourceOf(rest), fold, peer, json, out, among };
}

function sourceOf(given: { root?: string; model?: string; scores?: string; logits?: string }): Source {
  const { root, scores, logits } = given;
  const { model = SHIPPED_MODEL } = given;
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
async function run(command: Command, openReader: OpenReader): Promise<Outcome> {
  const { clips, source, fold, peer, json, out, among } = command;
  const rows = await readClipList(clips, fold === undefined ? [] : ['fold']);
  if (fold !== undefined) requireFold(rows, fold, clips);
  const judge = (scorer: ClipScorer): Promise<Evaluation> =>
    evaluateClips(rows, { fold, scorer, among, onProgress: showProgress });
  const evaluation = await withScorer(source, openReader, judge);
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
async function withScorer<T>(
  source: Source,
  openReader: OpenReader,
  use: (scorer: ClipScorer) => Promise<T>,
): Promise<T> {
  if ('scores' in source) return use(await tableScorer(source.scores, await hierarchyOfModel(source.model)));
  const model = await openModelFolder(modelFolder(source.model), wasmFolder);
  const reader = openReader();
  try {
    return await use(
      'logits' in source
        ? logitsScorer(await readLogits(source.logits), model.folder.head.calibration)
        : modelScorer(model, model.folder.head.calibration, source.root, reader),
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

/** Measures a model on labelled clips and prints the figures. @returns the exit status: 1 if something was left out. */
export async function evaluate(args: readonly string[], openReader: OpenReader): Promise<number> {
  const evaluation = await run(parseCommand(args), openReader);
  printTable(evaluation);
  for (const line of [...evaluation.notes, ...evaluation.faults]) console.error(line);
  return evaluation.faults.length > 0 ? 1 : 0;
}
