import type { Predictions } from './predictions';

/**
 * Share of the clips with exactly one label whose highest probability is that label's. In a tie the first label counts
 * as the highest. Clips with no label or several are left out: they have no single right answer.
 *
 * @returns null if no clip has exactly one label.
 */
export function clipAccuracy({ labelCount, probabilities, truth }: Predictions): number | null {
  let clips = 0;
  let right = 0;
  for (let first = 0; first < truth.length; first += labelCount) {
    const labels = truth.subarray(first, first + labelCount);
    if (labels.reduce((sum, label) => sum + label, 0) !== 1) continue;
    const row = probabilities.subarray(first, first + labelCount);
    clips++;
    if (row.indexOf(Math.max(...row)) === labels.indexOf(1)) right++;
  }
  return clips === 0 ? null : right / clips;
}
