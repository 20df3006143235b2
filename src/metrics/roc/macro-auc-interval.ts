import type { Interval } from '../../shared/contracts/model/figures';
import { sigmoid } from '../../shared/lib/math/sigmoid';
import type { ScoredOutputs } from '../predictions';
import { placements, Z_95 } from './auc-interval';
import { rocAuc } from './roc-auc';

/**
 * The macro AUC with a 95 % interval, on the logit scale.
 *
 * DeLong's variance for a mean of AUCs over the same clips. A clip contributes to each label's AUC, as a positive of
 * one label and a negative of the others, so its contributions are summed over the labels before squaring. For a single
 * label this is DeLong's own variance. Labels that are separated perfectly add no variance, so the interval is slightly
 * too narrow.
 *
 * @param labels one label's outputs each, all over the same clips. Labels without a positive or a negative are left
 * out.
 * @returns null if no label has both; an interval of zero width if all clips are separated perfectly.
 */
export function macroAucInterval(labels: readonly ScoredOutputs[]): Interval | null {
  const shares = clipShares(labels);
  if (shares === null) return null;
  const { value, ofClips } = shares;
  if (value === 0 || value === 1) return { value, low: value, high: value };
  const logit = Math.log(value / (1 - value));
  const reach = (Z_95 * Math.sqrt(sumOfSquares(ofClips))) / (value * (1 - value));
  return { value, low: sigmoid(logit - reach), high: sigmoid(logit + reach) };
}

/**
 * The difference between two taggers' macro AUCs on the same clips, with a 95 % interval. It is computed from each
 * clip's difference in contribution, so clips that are hard for both taggers do not widen it.
 *
 * @param ours,theirs one label's outputs each, in the same order, over the same clips.
 * @returns null if no label has both a positive and a negative.
 */
export function macroAucDifference(ours: readonly ScoredOutputs[], theirs: readonly ScoredOutputs[]): Interval | null {
  const own = clipShares(ours);
  const other = clipShares(theirs);
  if (own === null || other === null) return null;
  const value = own.value - other.value;
  const reach =
    Z_95 * Math.sqrt(sumOfSquares(own.ofClips.map((share, clip) => share - (other.ofClips[clip] as number))));
  return { value, low: value - reach, high: value + reach };
}

/** The macro AUC, and how far each clip moves it from its expectation. */
function clipShares(labels: readonly ScoredOutputs[]): { value: number; ofClips: Float64Array } | null {
  const judged = labels.flatMap((outputs) => {
    const auc = rocAuc(outputs);
    return auc === null ? [] : [{ outputs, auc }];
  });
  if (judged.length === 0) return null;
  const ofClips = new Float64Array(judged[0]?.outputs.truth.length ?? 0);
  for (const { outputs, auc } of judged) {
    const positives = outputs.truth.reduce((sum, truth) => sum + truth, 0);
    for (const [clip, placement] of placements(outputs).entries()) {
      const own = outputs.truth[clip] === 1 ? positives : outputs.truth.length - positives;
      // The sample variance over n clips, divided by n. It is undefined for a single clip.
      if (own > 1) ofClips[clip] = (ofClips[clip] as number) + (placement - auc) / Math.sqrt(own * (own - 1));
    }
  }
  const value = judged.reduce((sum, { auc }) => sum + auc, 0) / judged.length;
  return { value, ofClips: ofClips.map((share) => share / judged.length) };
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
