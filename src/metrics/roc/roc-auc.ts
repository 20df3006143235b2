import type { ScoredOutputs } from '../predictions';
import { thresholdCounts } from '../threshold-counts';

/**
 * Area under the ROC curve as the Mann-Whitney statistic: the share of positive–negative pairs in which the positive
 * scores higher, ties counted half (Hanley & McNeil 1982, “The meaning and use of the area under a receiver operating
 * characteristic (ROC) curve”, Radiology 143). Over all outputs pooled it is the micro AUC.
 *
 * @returns null if there are no positives or no negatives.
 * @throws RangeError if scores and truth differ in length, or a score is NaN.
 */
export function rocAuc(outputs: ScoredOutputs): number | null {
  const counts = thresholdCounts(outputs);
  const { truePositives: positives = 0, falsePositives: negatives = 0 } = counts.at(-1) ?? {};
  if (positives === 0 || negatives === 0) return null;
  let pairsWon = 0;
  let positivesAbove = 0;
  let negativesAbove = 0;
  for (const { truePositives, falsePositives } of counts) {
    const negativesBelow = negatives - falsePositives;
    const negativesTied = falsePositives - negativesAbove;
    pairsWon += (truePositives - positivesAbove) * (negativesBelow + negativesTied / 2);
    positivesAbove = truePositives;
    negativesAbove = falsePositives;
  }
  return pairsWon / (positives * negatives);
}
