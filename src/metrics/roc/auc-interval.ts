import type { Interval } from '../../shared/contracts/model/figures';
import { sigmoid } from '../../shared/lib/math/sigmoid';
import type { ScoredOutputs } from '../predictions';
import { rocAuc } from './roc-auc';

/** Quantile of the normal distribution that leaves 2.5 % above it. */
export const Z_95 = 1.959963984540054;
/** Probability that the true value lies beyond one end of a 95 % interval. */
const TAIL = 0.025;

/**
 * The ROC-AUC with a 95 % interval: DeLong's variance, on the logit scale so that the ends stay between 0 and 1
 * (DeLong, DeLong & Clarke-Pearson 1988, “Comparing the areas under two or more correlated receiver operating
 * characteristic curves”; computed from mid-ranks in O(n log n) as in Sun & Xu 2014, “Fast implementation of DeLong's
 * algorithm”; the logit scale as in Pepe 2003, “The statistical evaluation of medical tests”, section 5.2).
 *
 * Where that variance is degenerate, a wider interval replaces it:
 * - AUC 1 or 0, where the variance is 0 however few clips there are: k = min(positives, negatives) pairs share no clip,
 *   so they are k independent trials, all won (or lost). The far end is Clopper & Pearson's (1934) for k of k,
 *   0.025^(1/k) (or 1 − it), which holds for any distribution: 0.69 for 10, 0.48 for 5, 0.025 for 1.
 * - a single positive or a single negative, or a variance of 0 because everything ties: the variance of Hanley & McNeil
 *   (1982), which needs only the counts and the AUC.
 *
 * @returns null if there are no positives or no negatives.
 * @throws RangeError if scores and truth differ in length, or a score is NaN.
 */
export function aucInterval(outputs: ScoredOutputs): Interval | null {
  const value = rocAuc(outputs);
  if (value === null) return null;
  const positives = outputs.truth.reduce((sum, truth) => sum + truth, 0);
  const negatives = outputs.truth.length - positives;
  const farEnd = TAIL ** (1 / Math.min(positives, negatives));
  if (value === 1) return { value, low: farEnd, high: 1 };
  if (value === 0) return { value, low: 0, high: 1 - farEnd };
  const variance = delongVariance(outputs) || hanleyMcNeilVariance(value, positives, negatives);
  const logit = Math.log(value / (1 - value));
  const reach = (Z_95 * Math.sqrt(variance)) / (value * (1 - value));
  return { value, low: sigmoid(logit - reach), high: sigmoid(logit + reach) };
}

/**
 * DeLong's variance of the AUC: how much the placements of positives and of negatives scatter.
 *
 * @returns 0 if all placements are equal, or there are fewer than two positives or negatives.
 */
export function delongVariance(outputs: ScoredOutputs): number {
  const all = placements(outputs);
  const ofPositives = all.filter((_, i) => outputs.truth[i] === 1);
  const ofNegatives = all.filter((_, i) => outputs.truth[i] !== 1);
  if (ofPositives.length < 2 || ofNegatives.length < 2) return 0;
  return sampleVariance(ofPositives) / ofPositives.length + sampleVariance(ofNegatives) / ofNegatives.length;
}

/**
 * For each positive, the share of the negatives that score lower; for each negative, the share of the positives that
 * score higher. Ties count half. The mean over either kind is the AUC. There must be at least one of each.
 */
export function placements({ scores, truth }: ScoredOutputs): Float64Array {
  const found = new Float64Array(scores.length);
  const all = [...scores.keys()];
  const ranks = midRanks(scores, all);
  for (const kind of [1, 0]) {
    const own = all.filter((i) => (truth[i] === 1 ? 1 : 0) === kind);
    const ownRanks = midRanks(scores, own);
    const others = scores.length - own.length;
    for (const i of own) {
      // The mid-rank among all minus the mid-rank among its own kind: how many of the other kind rank below, ties half.
      const below = ((ranks.get(i) as number) - (ownRanks.get(i) as number)) / others;
      found[i] = kind === 1 ? below : 1 - below;
    }
  }
  return found;
}

/** Ranks from 1, lowest score first. Tied scores share the mean of their ranks. */
function midRanks(scores: Float32Array, indices: readonly number[]): Map<number, number> {
  const order = indices.toSorted((a, b) => (scores[a] as number) - (scores[b] as number));
  const ranks = new Map<number, number>();
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && scores[order[end] as number] === scores[order[first] as number]) end++;
    for (let i = first; i < end; i++) ranks.set(order[i] as number, (first + 1 + end) / 2);
    first = end;
  }
  return ranks;
}

function sampleVariance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** Hanley & McNeil 1982, “The meaning and use of the area under a ROC curve”, equation 1 with exponential scores. */
export function hanleyMcNeilVariance(auc: number, positives: number, negatives: number): number {
  const bothAbove = auc / (2 - auc);
  const bothBelow = (2 * auc ** 2) / (1 + auc);
  const scatter = auc * (1 - auc) + (positives - 1) * (bothAbove - auc ** 2) + (negatives - 1) * (bothBelow - auc ** 2);
  return scatter / (positives * negatives);
}
