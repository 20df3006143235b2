import { fitPlatt, type PlattLine } from '../metrics/calibration/platt';
import { macroMean } from '../metrics/roc/macro-mean';
import { rocAuc } from '../metrics/roc/roc-auc';
import { calibrate } from '../model/folder/calibration';
import type { Exemplars } from '../model/folder/exemplars';
import type { ModelFolder } from '../model/folder/model-folder';
import { type HeadWeights, headLogits, selectLabels } from '../model/head/head';
import { type TrainedWeights, trainWeights } from '../model/head/weights-trainer';
import type { TaughtLabel } from '../shared/contracts/clip';
import { type Head, TAUGHT_GROUP, type TrainingProgress, type TrainingRequest } from '../shared/contracts/head';
import { EarmarkError } from '../shared/contracts/problem';
import { Pauses } from '../shared/lib/pause';
import { foldCount, labelCounts, stratifiedFolds } from '../teach/folds';
import { assembleProof } from '../teach/proof';
import { rowsOf, type TrainingRows, type TrainingUnit, trainingRows } from './training-rows';

/** Decides splits and the order of rows. Fixed, so that the same clips always give the same head. */
const SEED = 20_170_101;
/** One part in five of what a fold trains with is kept aside, to stop early. */
const TRAINING_SHARES = [4, 1];
/** With fewer clips of a label, those that are kept aside say nothing of when to stop, and are missed in the training. */
const STOPPING_CLIPS = 25;
/** Epochs where nothing is kept aside: after so many the pull of L2 holds the weights where they are. */
const EPOCHS_OF_FEW = 24;
/** Epochs of the head itself at least. */
const FEWEST_EPOCHS = 5;
/** How much mean AUC the shipped labels may lose on the shipped exemplars. */
const LARGEST_LOSS = 0.005;

/** What a training needs to know and to tell. */
export interface TrainingParts {
  readonly folder: Pick<ModelFolder, 'backbone' | 'labels' | 'head'>;
  readonly exemplars: Exemplars;
  readonly onProgress: (progress: TrainingProgress) => void;
  /** Looked at between batches. */
  readonly shouldStop: () => boolean;
}

/** A training under way. */
interface HeadTraining extends TrainingParts {
  readonly request: TrainingRequest;
  /** The labels that clips hold, shipped ones among them: the ones that are trained. */
  readonly labels: readonly TaughtLabel[];
  readonly rows: TrainingRows;
  /** Where training starts: the weights of shipped labels, zeros for new ones. */
  readonly start: HeadWeights;
  readonly folds: number;
  /** Whether there are clips enough to keep some aside. */
  readonly stopsEarly: boolean;
}

/**
 * Trains a head on a person's clips and measures it by cross-validation.
 *
 * Labels of the model that no clip holds keep weights and calibration bit for bit. Those that a clip holds start at
 * their weights, are pulled towards them, and are trained with the shipped exemplars as well; should they still lose
 * more than 0.005 of mean AUC on these, they go back towards the shipped weights as far as is needed.
 *
 * Where every label has 25 clips, each fold of the cross-validation stops early on a part of its own clips; the head
 * itself then trains on all clips for as many epochs as were good in the median fold. With fewer clips none is kept
 * aside: everything trains for one number of epochs. Calibration and thresholds are fitted to what the folds' heads said
 * of the clips that they had not heard.
 *
 * @returns undefined where it was stopped.
 * @throws EarmarkError too-few-clips where no clip holds a label; training-failed.
 */
export async function trainHead(request: TrainingRequest, parts: TrainingParts): Promise<Head | undefined> {
  const training = await prepare(request, parts);
  const folds = await crossValidate(training);
  if (folds === undefined) return undefined;
  const trained = await trainOnAll(training, folds.epochs);
  if (trained === undefined) return undefined;
  const { head, shippedAuc } = await withoutForgetting(training, trained);
  const lines = await calibrationOf(training, folds.logits, head);
  const calibration = { scale: lines.map((line) => line.scale), offset: lines.map((line) => line.offset) };
  const proof = await assembleProof({
    folds: training.folds,
    labels: training.labels,
    clips: request.clips,
    probabilities: calibrate(clipLogits(training, folds.logits), calibration),
    shippedAuc,
  });
  const { id, name, createdAtMs } = request;
  return { id, name, createdAtMs, backbone: parts.folder.backbone, ...assembleHead(training, head, lines), proof };
}

async function prepare(request: TrainingRequest, parts: TrainingParts): Promise<HeadTraining> {
  const { folder, exemplars } = parts;
  const counts = labelCounts(request.clips);
  const labels = request.labels.filter(({ id }) => counts.has(id));
  if (labels.length === 0) {
    throw new EarmarkError('too-few-clips', 'No clip has a label yet, so there is nothing to learn. Label some clips.');
  }
  const shipped = new Set(folder.labels.map(({ id }) => id));
  const ids = labels.map(({ id }) => id);
  const rows = await trainingRows(request.clips, exemplars, ids, shipped);
  const clipCounts = ids.map((id) => counts.get(id) as number);
  const folds = foldCount(clipCounts);
  const stopsEarly = clipCounts.every((count) => count >= STOPPING_CLIPS);
  return { ...parts, request, labels, rows, start: startWeights(folder, ids), folds, stopsEarly };
}

/** Columns of the shipped head that the labels have there; −1 for new labels. */
function shippedColumns(folder: HeadTraining['folder'], ids: readonly string[]): number[] {
  return ids.map((id) => folder.labels.findIndex((label) => label.id === id));
}

function startWeights(folder: HeadTraining['folder'], ids: readonly string[]): HeadWeights {
  const { kernel, bias } = folder.head;
  const columns = shippedColumns(folder, ids);
  const size = kernel.length / bias.length;
  const valueOr0 = (values: Float32Array, at: number, column: number): number =>
    column < 0 ? 0 : (values[at] as number);
  return {
    kernel: Float32Array.from({ length: size * ids.length }, (_, i) => {
      const column = columns[i % ids.length] as number;
      return valueOr0(kernel, Math.floor(i / ids.length) * bias.length + column, column);
    }),
    bias: Float32Array.from(columns, (column) => valueOr0(bias, column, column)),
  };
}

interface CrossValidation {
  /** Of all rows by heads that had not heard them, [rows, labels]; empty where there are no folds. */
  readonly logits: Float32Array;
  /** The median of the folds' best epochs; undefined where there are no folds. */
  readonly epochs: number | undefined;
}

async function crossValidate(training: HeadTraining): Promise<CrossValidation | undefined> {
  const { folds, rows, labels, stopsEarly } = training;
  if (folds === 0) return { logits: new Float32Array(0), epochs: undefined };
  const { data, units } = rows;
  const foldOf = unitFolds(training, folds);
  const logits = new Float32Array((data.embeddings.length / data.size) * labels.length);
  const epochs: number[] = [];
  const pauses = new Pauses();
  for (let fold = 0; fold < folds; fold++) {
    const heard = units.filter((_, i) => foldOf[i] !== fold);
    const left = units.filter((_, i) => foldOf[i] === fold);
    const aside = stopsEarly ? validationUnits(heard, rows) : undefined;
    const trained = await train(training, {
      part: fold,
      train: aside ? heard.filter((unit) => !aside.has(unit)) : heard,
      ...(aside ? { aside } : { epochs: EPOCHS_OF_FEW }),
    });
    if (trained === undefined) return undefined;
    epochs.push(trained.epoch);
    for (const { firstRow, rows: count } of left) {
      await pauses.take();
      const own = data.embeddings.subarray(firstRow * data.size, (firstRow + count) * data.size);
      logits.set(headLogits(own, trained), firstRow * labels.length);
    }
  }
  epochs.sort((a, b) => a - b);
  return { logits, epochs: epochs[Math.floor(epochs.length / 2)] };
}

/** The fold of every unit; exemplars, of which those of one label follow each other, are dealt in turn. */
function unitFolds({ rows }: HeadTraining, folds: number): number[] {
  const ofClips = stratifiedFolds(
    rows.units.slice(0, rows.clips).map(({ labels }) => labels),
    Array<number>(folds).fill(1),
    SEED,
  );
  return rows.units.map((_, i) => (i < rows.clips ? (ofClips[i] as number) : i % folds));
}

function validationUnits(heard: readonly TrainingUnit[], { units, clips }: TrainingRows): Set<TrainingUnit> {
  const firstExemplar = units[clips];
  const own = heard.filter((unit) => firstExemplar === undefined || unit.firstRow < firstExemplar.firstRow);
  const part = stratifiedFolds(
    own.map(({ labels }) => labels),
    TRAINING_SHARES,
    SEED,
  );
  const every = TRAINING_SHARES.reduce((sum, share) => sum + share, 0);
  const exemplars = heard.slice(own.length).filter((_, i) => i % every === 0);
  return new Set([...own.filter((_, i) => part[i] === 1), ...exemplars]);
}

interface Part {
  readonly part: number;
  readonly train: readonly TrainingUnit[];
  readonly aside?: ReadonlySet<TrainingUnit>;
  readonly epochs?: number;
}

function train(training: HeadTraining, { part, train, aside, epochs }: Part): Promise<TrainedWeights | undefined> {
  const { rows, start, folds, shouldStop, onProgress } = training;
  return trainWeights(rows.data, rowsOf(train), {
    start,
    seed: SEED + part,
    shouldStop,
    ...(aside === undefined ? {} : { validation: rowsOf([...aside]) }),
    ...(epochs === undefined ? {} : { epochs }),
    onEpoch: (epoch) => onProgress({ part, parts: folds + 1, stage: part < folds ? 'proof' : 'head', ...epoch }),
  });
}

function trainOnAll(training: HeadTraining, epochs = EPOCHS_OF_FEW): Promise<TrainedWeights | undefined> {
  const { folds, rows } = training;
  return train(training, { part: folds, train: rows.units, epochs: Math.max(FEWEST_EPOCHS, epochs) });
}

/** Takes trained shipped labels back towards their shipped weights, until they have lost no more than they may. */
async function withoutForgetting(training: HeadTraining, trained: HeadWeights) {
  const { folder, labels, start } = training;
  const ofTrained = shippedColumns(
    folder,
    labels.map(({ id }) => id),
  );
  const before = await shippedAucs(training, folder.head, [...folder.labels.keys()]);
  for (let share = 1; ; share = share > 1 / 8 ? share / 2 : 0) {
    const head = mixShipped(start, trained, ofTrained, share);
    const aucs = [...before];
    const known = [...ofTrained.keys()].filter((column) => (ofTrained[column] as number) >= 0);
    const changed = known.map((column) => ofTrained[column] as number);
    const ownAucs = await shippedAucs(training, selectLabels(head, known), changed);
    for (const [i, column] of changed.entries()) aucs[column] = ownAucs[i] ?? null;
    // Without exemplars of two labels nothing can be ranked, so nothing can be lost.
    const shippedAuc = { before: macroMean(before) ?? 1, after: macroMean(aucs) ?? 1 };
    if (share === 0 || shippedAuc.before - shippedAuc.after <= LARGEST_LOSS) return { head, shippedAuc };
  }
}

/** The trained weights, those of shipped labels at `share` of the way to them. */
function mixShipped(start: HeadWeights, trained: HeadWeights, shipped: readonly number[], share: number): HeadWeights {
  const mix = (from: Float32Array, to: Float32Array): Float32Array =>
    to.map((value, i) => {
      if ((shipped[i % shipped.length] as number) < 0 || share === 1) return value;
      const first = from[i] as number;
      return first + share * (value - first);
    });
  return { kernel: mix(start.kernel, trained.kernel), bias: mix(start.bias, trained.bias) };
}

/** AUC on the exemplars that have labels, of a head whose outputs are the given shipped labels. */
async function shippedAucs({ exemplars, folder }: HeadTraining, head: HeadWeights, shipped: readonly number[]) {
  if (shipped.length === 0) return [];
  const pauses = new Pauses();
  const size = head.kernel.length / head.bias.length;
  const labelled = [...exemplars.labels.keys()].filter((row) => exemplars.labels[row]?.length !== 0);
  const logits: Float32Array[] = [];
  for (const row of labelled) {
    logits.push(headLogits(exemplars.embeddings.subarray(row * size, (row + 1) * size), head));
    await pauses.take();
  }
  const aucs: (number | null)[] = [];
  for (const [output, label] of shipped.entries()) {
    const id = folder.labels[label]?.id as string;
    const scores = Float32Array.from(logits, (ofRow) => ofRow[output] as number);
    const truth = Uint8Array.from(labelled, (row) => Number(exemplars.labels[row]?.includes(id)));
    aucs.push(rocAuc({ scores, truth }));
    await pauses.take();
  }
  return aucs;
}

/**
 * Platt's line of each trained label, fitted to out-of-fold logits.
 *
 * A label with a single clip has none with its sound. It is fitted to what the head says of the clip that it knows; that
 * it is one clip alone keeps its probabilities low, see {@link fitPlatt}.
 */
async function calibrationOf(training: HeadTraining, outOfFold: Float32Array, head: HeadWeights): Promise<PlattLine[]> {
  const { rows, labels, folds } = training;
  const { data, units, clips } = rows;
  const allRows = rowsOf(units);
  // A clip counts as one however long it is, and the exemplars together as much as the clips: else the many of them would
  // make every probability as small as the share of the clips is among them.
  const exemplarWeight = Math.min(1, clips / (units.length - clips));
  const weights = new Float32Array(allRows.length);
  for (const [i, unit] of units.entries()) {
    weights.fill((i < clips ? 1 : exemplarWeight) / unit.rows, unit.firstRow, unit.firstRow + unit.rows);
  }
  const pauses = new Pauses();
  const lines: PlattLine[] = [];
  for (const [label, { id }] of labels.entries()) {
    const positives = units.slice(0, clips).filter((unit) => unit.labels.includes(id)).length;
    const measured = folds > 0 && positives > 1;
    const known = allRows.filter((row) => (data.targets[row * labels.length + label] as number) >= 0);
    const logits = measured
      ? Float32Array.from(known, (row) => outOfFold[row * labels.length + label] as number)
      : await logitsOf(training, known, selectLabels(head, [label]), pauses);
    const truth = Int8Array.from(known, (row) => data.targets[row * labels.length + label] as number);
    lines.push(fitPlatt({ logits, truth, weights: Float32Array.from(known, (row) => weights[row] as number) }));
    await pauses.take();
  }
  return lines;
}

/** Logits of one label in some rows. */
async function logitsOf({ rows }: HeadTraining, known: Uint32Array, head: HeadWeights, pauses: Pauses) {
  const { size, embeddings } = rows.data;
  const logits: number[] = [];
  for (const row of known) {
    logits.push(headLogits(embeddings.subarray(row * size, (row + 1) * size), head)[0] as number);
    await pauses.take();
  }
  return logits;
}

/** The clips' logits, [clips, labels]: the mean of those of their rows, each of which holds the clip's sound. */
function clipLogits({ rows, labels, folds }: HeadTraining, logits: Float32Array): Float32Array {
  const means = new Float32Array(rows.clips * labels.length);
  if (folds === 0) return means;
  for (const [clip, { firstRow, rows: count }] of rows.units.slice(0, rows.clips).entries()) {
    for (let label = 0; label < labels.length; label++) {
      let sum = 0;
      for (let row = firstRow; row < firstRow + count; row++) sum += logits[row * labels.length + label] as number;
      means[clip * labels.length + label] = sum / count;
    }
  }
  return means;
}

/** The whole head: the shipped labels, the trained ones among them replaced, and the new ones behind. */
function assembleHead(training: HeadTraining, trained: HeadWeights, lines: readonly PlattLine[]) {
  const { folder, labels } = training;
  const shipped = folder.head;
  const ids = folder.labels.map(({ id }) => id);
  const added = labels.filter(({ id }) => !ids.includes(id));
  const all = [...folder.labels, ...added.map(({ id, name }) => ({ id, name, group: TAUGHT_GROUP }))];
  /** Column of the trained head for each label, −1 where the shipped head has it. */
  const from = all.map(({ id }) => labels.findIndex((label) => label.id === id));
  const size = shipped.kernel.length / shipped.bias.length;
  const pick = (own: ArrayLike<number>, ours: ArrayLike<number>, row: number, label: number): number => {
    const column = from[label] as number;
    return column < 0 ? (ours[row * ids.length + label] as number) : (own[row * labels.length + column] as number);
  };
  const { scale, offset, bend = ids.map(() => 1) } = shipped.calibration;
  const ownScale = lines.map((line) => line.scale);
  const ownOffset = lines.map((line) => line.offset);
  const ownBend = lines.map(() => 1);
  return {
    labels: all,
    kernel: Float32Array.from({ length: size * all.length }, (_, i) =>
      pick(trained.kernel, shipped.kernel, Math.floor(i / all.length), i % all.length),
    ),
    bias: Float32Array.from(all, (_, label) => pick(trained.bias, shipped.bias, 0, label)),
    calibration: {
      scale: all.map((_, label) => pick(ownScale, scale, 0, label)),
      offset: all.map((_, label) => pick(ownOffset, offset, 0, label)),
      bend: all.map((_, label) => pick(ownBend, bend, 0, label)),
    },
  };
}
