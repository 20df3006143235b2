import type { ScoredOutputs } from './predictions';

/** What counts as found if every score at or above a threshold does. */
export interface ThresholdCounts {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/**
 * Counts at every distinct score, highest threshold first. The last entry holds all positives and all negatives. Equal
 * scores enter together, so the order of ties never matters.
 *
 * @throws RangeError if scores and truth differ in length, or a score is NaN.
 */
export function thresholdCounts({ scores, truth }: ScoredOutputs): ThresholdCounts[] {
  if (scores.length !== truth.length) {
    throw new RangeError(`${scores.length} scores cannot be judged by ${truth.length} truths`);
  }
  if (scores.some(Number.isNaN)) throw new RangeError('a score is NaN, which has no rank');
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const counts: ThresholdCounts[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  for (const [rank, i] of order.entries()) {
    if (truth[i] === 1) truePositives++;
    else falsePositives++;
    const threshold = scores[i] as number;
    if (threshold !== scores[order[rank + 1] as number]) counts.push({ threshold, truePositives, falsePositives });
  }
  return counts;
}
