import type { ScoredOutputs } from './predictions';
import { thresholdCounts } from './threshold-counts';

/**
 * Average precision without interpolation: Σ (recallₙ − recallₙ₋₁) · precisionₙ over the distinct scores, highest
 * first. Without ties it is the mean of the precisions at the positives' ranks.
 *
 * @returns null if there are no positives or no negatives.
 * @throws RangeError if scores and truth differ in length, or a score is NaN.
 */
export function averagePrecision(outputs: ScoredOutputs): number | null {
  const counts = thresholdCounts(outputs);
  const { truePositives: positives = 0, falsePositives: negatives = 0 } = counts.at(-1) ?? {};
  if (positives === 0 || negatives === 0) return null;
  let sum = 0;
  let positivesAbove = 0;
  for (const { truePositives, falsePositives } of counts) {
    sum += ((truePositives - positivesAbove) * truePositives) / (truePositives + falsePositives);
    positivesAbove = truePositives;
  }
  return sum / positives;
}
