import type { ScoredOutputs } from '../predictions';

/** Probabilities beyond which an output counts as sure. */
const SURELY_ABSENT = 0.001;
const SURELY_PRESENT = 0.999;

/** How often a tagger is sure of what is not so; null where there is no such output. */
export interface SureAndWrong {
  /** Share of the present labels that were given less than 0.001. */
  readonly present: number | null;
  /** Share of the absent labels that were given more than 0.999. */
  readonly absent: number | null;
}

/** Counts the outputs that are sure and wrong, among the positives and among the negatives. */
export function sureAndWrong({ scores, truth }: ScoredOutputs): SureAndWrong {
  let positives = 0;
  let missed = 0;
  let invented = 0;
  for (const [i, probability] of scores.entries()) {
    if (truth[i] === 1) {
      positives++;
      if (probability < SURELY_ABSENT) missed++;
    } else if (probability > SURELY_PRESENT) invented++;
  }
  const negatives = truth.length - positives;
  return {
    present: positives === 0 ? null : missed / positives,
    absent: negatives === 0 ? null : invented / negatives,
  };
}
