import type { ReliabilityBin } from '../../shared/contracts/model/figures';
import type { ScoredOutputs } from '../predictions';

export interface ReliabilityOptions {
  readonly bins?: number;
  /**
   * Outputs below it are ignored. With many labels most outputs are near 0 and correct, so any tagger looks calibrated
   * if all of them count.
   */
  readonly minimum?: number;
}

/**
 * Sorts probabilities into bins of equal width: bin i of n holds i / n ≤ p < (i + 1) / n; the last one includes 1.
 *
 * @param outputs scores are probabilities between 0 and 1.
 * @throws RangeError if scores and truth differ in length, or a score is not a probability.
 */
export function reliabilityBins({ scores, truth }: ScoredOutputs, options: ReliabilityOptions = {}): ReliabilityBin[] {
  const { bins = 10, minimum = 0 } = options;
  if (scores.length !== truth.length) {
    throw new RangeError(`${scores.length} scores cannot be judged by ${truth.length} truths`);
  }
  const sums = Array.from({ length: bins }, () => ({ count: 0, probability: 0, positives: 0 }));
  for (const [i, probability] of scores.entries()) {
    if (!(probability >= 0 && probability <= 1)) throw new RangeError(`${probability} is not a probability`);
    if (probability < minimum) continue;
    const bin = sums[Math.min(bins - 1, Math.floor(probability * bins))] as (typeof sums)[number];
    bin.count++;
    bin.probability += probability;
    bin.positives += truth[i] as number;
  }
  return sums.map(({ count, probability, positives }) => ({
    count,
    meanProbability: count === 0 ? 0 : probability / count,
    share: count === 0 ? 0 : positives / count,
  }));
}
