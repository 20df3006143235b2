import type { ScoredOutputs } from '../predictions';
import { type RocPoint, rocCurve } from './roc';

/**
 * The mean of the labels' ROC curves at evenly spaced false-positive rates (vertical averaging, Fawcett 2006, “An
 * introduction to ROC analysis”, algorithm 4): the highest true-positive rate that each curve reaches at or below a
 * rate.
 *
 * @param labels one label's outputs each; those without a positive or a negative are left out.
 * @param steps the rates are 0, 1 / steps, … 1.
 * @returns steps + 1 true-positive rates; none if no label has both.
 */
export function macroRoc(labels: readonly ScoredOutputs[], steps: number): number[] {
  const curves = labels.map(rocCurve).filter((curve) => curve !== null);
  if (curves.length === 0) return [];
  return Array.from({ length: steps + 1 }, (_, i) => {
    const rates = curves.map((curve) => rateAt(curve, i / steps));
    return rates.reduce((sum, rate) => sum + rate, 0) / curves.length;
  });
}

function rateAt(curve: readonly RocPoint[], falsePositiveRate: number): number {
  return curve.findLast((point) => point.falsePositiveRate <= falsePositiveRate)?.truePositiveRate ?? 0;
}
