import type { Head } from '../../../shared/contracts/model/head';
import type { ModelFigures } from '../../../shared/contracts/model/model-figures';

/** Outputs with similar probabilities. */
interface Bin {
  readonly meanProbability: number;
  readonly share: number;
  readonly count: number;
}

/** Fewer outputs say nothing. */
const LEAST_OUTPUTS = 20;

/** Share of outputs from a threshold on that were right. Undefined if too few were measured. */
function precisionFrom(bins: readonly Bin[], threshold: number): number | undefined {
  const above = bins.filter(({ meanProbability }) => meanProbability >= threshold);
  const count = above.reduce((sum, bin) => sum + bin.count, 0);
  if (count < LEAST_OUTPUTS) return undefined;
  return above.reduce((sum, bin) => sum + bin.count * bin.share, 0) / count;
}

/** Which figures an expectation comes from, and what it is. */
export interface ExpectedPrecision {
  readonly from: 'proof' | 'tests';
  readonly precision: number;
}

/** The precision that can be expected of a label: by the proof of the head that is in use, else by the model's tests. */
export function expectedPrecision(
  label: string,
  threshold: number,
  head: Head | undefined,
  figures: ModelFigures | undefined,
): ExpectedPrecision | undefined {
  const own = head?.proof.labels.find(({ id }) => id === label);
  const proven = own && precisionFrom(own.reliability, threshold);
  if (proven !== undefined) return { from: 'proof', precision: proven };
  // Events are made of moments.
  const tested = figures && precisionFrom((figures.moments ?? figures).reliability, threshold);
  return tested === undefined ? undefined : { from: 'tests', precision: tested };
}
