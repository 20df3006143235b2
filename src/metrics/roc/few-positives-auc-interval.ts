import type { Interval } from '../../shared/contracts/model/figures';
import type { ScoredOutputs } from '../predictions';
import { hanleyMcNeilVariance, Z_95 } from './auc-interval';
import { rocAuc } from './roc-auc';

/** Halvings of [0, 1]: the ends are exact to 1e-15. */
const HALVINGS = 50;

/**
 * The ROC-AUC of a few clips with a 95 % interval: all true AUCs A that are compatible with the measured one, |measured
 * − A| ≤ 1.96 √V(A). The variance V is Hanley & McNeil's (1982), at A instead of at the measured AUC, as in Wilson's
 * score interval for a proportion. Newcombe (2006), “Confidence intervals for an effect size measure based on the
 * Mann–Whitney statistic. Part 2”, Statistics in Medicine 25:559–573, compares it with others.
 *
 * V(A) is above 0 for every A below 1, so a perfect AUC needs no special rule, and a better AUC of as many clips never
 * gets a lower end. If 5 of 60 clips hold the label, DeLong's interval ({@link aucInterval}) covers the true value in
 * 85 to 98 % of samples, depending on how the scores spread; this one in 91 to 100 %. With hundreds of clips DeLong's
 * assumes less.
 *
 * @returns null if there are no positives or no negatives.
 * @throws RangeError if scores and truth differ in length, or a score is NaN.
 */
export function fewPositivesAucInterval(outputs: ScoredOutputs): Interval | null {
  const value = rocAuc(outputs);
  if (value === null) return null;
  const positives = outputs.truth.reduce((sum, truth) => sum + truth, 0);
  const negatives = outputs.truth.length - positives;
  const explains = (auc: number): boolean =>
    Math.abs(value - auc) <= Z_95 * Math.sqrt(Math.max(0, hanleyMcNeilVariance(auc, positives, negatives)));
  return { value, low: boundary(value, 0, explains), high: boundary(value, 1, explains) };
}

/** The edge of `holds`, between a place where it is true and one where it may be false. */
function boundary(from: number, to: number, holds: (at: number) => boolean): number {
  if (from === to) return to;
  let inside = from;
  let outside = to;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
