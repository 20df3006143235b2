import type { ScoredOutputs } from '../predictions';
import { type ReliabilityOptions, reliabilityBins } from './reliability';

/**
 * Expected calibration error: the gap between each bin's mean probability and its share of positives, averaged with the
 * bins' output counts as weights (Naeini, Cooper & Hauskrecht 2015, “Obtaining well calibrated probabilities using
 * Bayesian binning”; Guo et al. 2017, “On calibration of modern neural networks”). Here every output is a separate
 * yes-or-no question.
 *
 * @param outputs scores are probabilities between 0 and 1; usually all outputs pooled.
 * @returns null if no output reaches the minimum.
 * @throws RangeError if scores and truth differ in length, or a score is not a probability.
 */
export function expectedCalibrationError(outputs: ScoredOutputs, options: ReliabilityOptions = {}): number | null {
  const bins = reliabilityBins(outputs, options);
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (total === 0) return null;
  return bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.meanProbability - bin.share), 0) / total;
}
