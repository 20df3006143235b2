import { sigmoid } from '../shared/lib/math/sigmoid';
import type { PlattLine } from './calibration/platt';

/**
 * A clip's score from the scores of its windows: half their mean, half their maximum. The mean alone would drown out a
 * short event; the maximum alone would trust every false alarm.
 *
 * @param probabilities calibrated, [windows, labels].
 * @returns one score per label, [labels].
 * @throws RangeError if there are no windows, or the array does not divide into windows of equal size.
 */
export function poolWindows(probabilities: Float32Array, labels: number): Float32Array {
  const windows = probabilities.length / labels;
  if (!Number.isInteger(windows) || windows < 1) {
    throw new RangeError(`${probabilities.length} probabilities are not one or more windows of ${labels} labels`);
  }
  return Float32Array.from({ length: labels }, (_, label) => {
    let sum = 0;
    let maximum = Number.NEGATIVE_INFINITY;
    for (let i = label; i < probabilities.length; i += labels) {
      const probability = probabilities[i] as number;
      sum += probability;
      maximum = Math.max(maximum, probability);
    }
    return (sum / windows + maximum) / 2;
  });
}

/**
 * How probable it is that a clip holds each sound: the score of its windows, moved by the calibration's line for clips. Whoever
 * keeps a clip has heard something in it, so the same windows mean more there than at any moment.
 *
 * @param probabilities of windows, calibrated, [windows, labels].
 * @returns [labels].
 * @throws RangeError as {@link poolWindows}.
 */
export function clipProbabilities(
  probabilities: Float32Array,
  { scale, clip }: { readonly scale: readonly number[]; readonly clip?: PlattLine },
): Float32Array {
  const pooled = poolWindows(probabilities, scale.length);
  return clip ? pooled.map((score) => sigmoid(clip.scale * Math.log(score / (1 - score)) + clip.offset)) : pooled;
}
