import { fitPlatt, type PlattLine } from '../../metrics/calibration/platt';
import { type HeadWeights, headLogits, selectLabels } from '../../model/head/head';
import { Pauses } from '../../shared/lib/pause';
import type { HeadTraining } from './head-training';
import { rowsOf } from './training-rows';

/**
 * The Platt line of each trained label, fitted to out-of-fold logits.
 *
 * A label with a single clip has no out-of-fold positive. It is fitted to the head's output for the clip it was trained
 * on. Because the clip is the only one, its probabilities stay low, see {@link fitPlatt}.
 */
export async function calibrationOf(
  training: HeadTraining,
  outOfFold: Float32Array,
  head: HeadWeights,
): Promise<PlattLine[]> {
  const { rows, labels, folds } = training;
  const { data, units, clips } = rows;
  const allRows = rowsOf(units);
  // A clip counts as one however long it is, and the exemplars together count at most as much as the clips. Otherwise
  // the many exemplars would lower every probability to the clips' share among them.
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

/** The clips' logits, [clips, labels]: the mean over a clip's rows, each of which holds the clip's sound. */
export function clipLogits({ rows, labels, folds }: HeadTraining, logits: Float32Array): Float32Array {
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
