import type { ScoredOutputs } from '../predictions';

/** Probabilities beyond which an output counts as certain. */
const SURELY_ABSENT = 0.001;
const SURELY_PRESENT = 0.999;

/** How often a tagger is certain and wrong; null if there are no such outputs. */
export interface SureAndWrong {
  /** Share of the present labels that scored less than 0.001. */
  readonly present: number | null;
  /** Share of the absent labels that scored more than 0.999. */
  readonly absent: number | null;
}

/** Counts the certain but wrong outputs, among the positives and among the negatives. */
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
