import type { ScoredOutputs } from '../predictions';
import { type ReliabilityOptions, reliabilityBins } from './reliability';

/**
 * Expected calibration error: how far the bins' mean probability and share of positives lie apart, the bins weighed by
 * their outputs (Naeini, Cooper & Hauskrecht 2015, “Obtaining well calibrated probabilities using Bayesian binning”;
 * Guo et al. 2017, “On calibration of modern neural networks”). Here every output is a yes-or-no question of its own.
 *
 * @param outputs probabilities as scores, each between 0 and 1; usually all outputs pooled.
 * @returns null where no output reaches the minimum.
 * @throws RangeError when scores and truth differ in length, or a score is no probability.
 */
export function expectedCalibrationError(outputs: ScoredOutputs, options: ReliabilityOptions = {}): number | null {
  const bins = reliabilityBins(outputs, options);
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (total === 0) return null;
  return bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.meanProbability - bin.share), 0) / total;
}
