import { fitPlatt, type PlattData, type PlattLine } from '../../src/metrics/calibration/platt';
import type { ScoredOutputs } from '../../src/metrics/predictions';
import type { Calibration } from '../../src/model/folder/calibration';
import { pooledMoments } from './moments';

/**
 * How much the line of all labels counts, in windows that share no sound. A label needs much evidence for a line of its
 * own: in five-fold cross-validation over the scenes of `fit`, weaker ties (100 and 4) gave a larger loss and twice the
 * calibration error.
 */
const SCALE_STRENGTH = 1000;
const OFFSET_STRENGTH = 128;

/**
 * Fits Platt scaling to windows whose truth is known: a slope and an offset per label, held close to those of all labels
 * together.
 *
 * @param moments each label's logits.
 * @param windowWeight how many windows that share no sound one of these windows stands for.
 */
export function fitMoments(moments: readonly ScoredOutputs[], windowWeight: number): Calibration {
  const weighted = ({ scores, truth }: ScoredOutputs): PlattData => ({
    logits: scores,
    truth,
    weights: new Float32Array(scores.length).fill(windowWeight),
  });
  const holdsBoth = ({ truth }: ScoredOutputs): boolean => truth.includes(1) && truth.includes(0);
  const common = fitPlatt(weighted(pooledMoments(moments.filter(holdsBoth))));
  const prior = { line: common, scaleStrength: SCALE_STRENGTH, offsetStrength: OFFSET_STRENGTH };
  // A label that never sounds could only be taught that it never does.
  const lines = moments.map((own): PlattLine => (holdsBoth(own) ? fitPlatt(weighted(own), prior) : common));
  return { scale: lines.map(({ scale }) => scale), offset: lines.map(({ offset }) => offset) };
}
