import type { ScoredOutputs } from '../predictions';
import { thresholdCounts } from '../threshold-counts';

/** A point of the receiver operating characteristic: the rates if every score at or above `threshold` counts. */
export interface RocPoint {
  /** Infinity at the start of the curve, where nothing counts. */
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/**
 * The ROC curve from (0, 0) to (1, 1), one point per distinct score (Fawcett 2006, “An introduction to ROC analysis”,
 * Pattern Recognition Letters 27, algorithm 1).
 *
 * @returns null if there are no positives or no negatives.
 * @throws RangeError if scores and truth differ in length, or a score is NaN.
 */
export function rocCurve(outputs: ScoredOutputs): RocPoint[] | null {
  const counts = thresholdCounts(outputs);
  const { truePositives: positives = 0, falsePositives: negatives = 0 } = counts.at(-1) ?? {};
  if (positives === 0 || negatives === 0) return null;
  return [
    { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 },
    ...counts.map(({ threshold, truePositives, falsePositives }) => ({
      threshold,
      falsePositiveRate: falsePositives / negatives,
      truePositiveRate: truePositives / positives,
    })),
  ];
}
