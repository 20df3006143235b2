import type { ScoredOutputs } from './predictions';
import { type ThresholdCounts, thresholdCounts } from './threshold-counts';

/** What a threshold finds if every score at or above it counts. */
export interface ThresholdFigures {
  readonly threshold: number;
  /** Share of the found that is correct. */
  readonly precision: number;
  /** Share of the positives that was found. */
  readonly recall: number;
  /** Harmonic mean of precision and recall (van Rijsbergen 1979). */
  readonly f1: number;
}

/**
 * The threshold with the best F1. In a tie the highest wins, because it raises the fewest false alarms.
 *
 * It lies halfway to the next lower score: that finds the same outputs and leaves a margin on both sides.
 *
 * @param outputs scores are probabilities, or any values above 0.
 * @returns null if there are no positives.
 * @throws RangeError if scores and truth differ in length, or a score is NaN.
 */
export function bestF1Threshold(outputs: ScoredOutputs): ThresholdFigures | null {
  const counts = thresholdCounts(outputs);
  let best: ThresholdFigures | null = null;
  for (const [i, entry] of counts.entries()) {
    const figures = figuresAt(entry, counts);
    if (entry.truePositives === 0 || (best !== null && figures.f1 <= best.f1)) continue;
    best = { ...figures, threshold: (entry.threshold + (counts[i + 1]?.threshold ?? 0)) / 2 };
  }
  return best;
}

/**
 * The lowest score that, as a threshold, keeps the precision at or above `precision`: it finds the most.
 *
 * @returns null if no threshold keeps it, or there are no positives.
 * @throws RangeError if scores and truth differ in length, or a score is NaN.
 */
export function lowestThresholdWithPrecision(outputs: ScoredOutputs, precision: number): ThresholdFigures | null {
  const counts = thresholdCounts(outputs);
  const last = counts.findLast(
    ({ truePositives, falsePositives }) =>
      truePositives > 0 && truePositives / (truePositives + falsePositives) >= precision,
  );
  return last === undefined ? null : figuresAt(last, counts);
}

function figuresAt(
  { threshold, truePositives, falsePositives }: ThresholdCounts,
  counts: readonly ThresholdCounts[],
): ThresholdFigures {
  const positives = counts.at(-1)?.truePositives ?? 0;
  return {
    threshold,
    precision: truePositives / (truePositives + falsePositives),
    recall: truePositives / positives,
    f1: (2 * truePositives) / (truePositives + falsePositives + positives),
  };
}
