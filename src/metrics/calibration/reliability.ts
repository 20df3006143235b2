import type { ScoredOutputs } from '../predictions';

/** Outputs of about the same probability: a bar of the reliability diagram. */
export interface ReliabilityBin {
  readonly outputs: number;
  /** Mean of the bin's probabilities; 0 where it is empty. */
  readonly meanProbability: number;
  /** Share of the bin's outputs that are true; 0 where it is empty. */
  readonly positiveShare: number;
}

export interface ReliabilityOptions {
  readonly bins?: number;
  /**
   * Outputs below it are ignored. With many labels most outputs are near 0 and right, and over all of them together
   * any tagger looks calibrated.
   */
  readonly minimum?: number;
}

/**
 * Sorts probabilities into bins of equal width: bin i of n holds i / n ≤ p < (i + 1) / n, the last one 1 as well.
 *
 * @param outputs probabilities as scores, each between 0 and 1.
 * @throws RangeError when scores and truth differ in length, or a score is no probability.
 */
export function reliabilityBins({ scores, truth }: ScoredOutputs, options: ReliabilityOptions = {}): ReliabilityBin[] {
  const { bins = 10, minimum = 0 } = options;
  if (scores.length !== truth.length) {
    throw new RangeError(`${scores.length} scores cannot be judged by ${truth.length} truths`);
  }
  const sums = Array.from({ length: bins }, () => ({ outputs: 0, probability: 0, positives: 0 }));
  for (const [i, probability] of scores.entries()) {
    if (!(probability >= 0 && probability <= 1)) throw new RangeError(`${probability} is not a probability`);
    if (probability < minimum) continue;
    const bin = sums[Math.min(bins - 1, Math.floor(probability * bins))] as (typeof sums)[number];
    bin.outputs++;
    bin.probability += probability;
    bin.positives += truth[i] as number;
  }
  return sums.map(({ outputs, probability, positives }) => ({
    outputs,
    meanProbability: outputs === 0 ? 0 : probability / outputs,
    positiveShare: outputs === 0 ? 0 : positives / outputs,
  }));
}
