import type { Predictions } from './predictions';

/** A clip with one label, and the label that scores highest in it. */
export interface ClipAnswer {
  /** Index of the label that sounds. */
  readonly sounding: number;
  /** Index of the label with the highest score among the candidates. */
  readonly heard: number;
  /** Whether that is the label that sounds, or one below it in the hierarchy. */
  readonly isRight: boolean;
}

/**
 * The answers for the clips with exactly one label, besides those above it in the hierarchy: these are true of the clip as
 * well, and so they do not take part. In a tie the first label counts as the highest. Clips with no label or several are
 * left out: they have no single right answer.
 *
 * @param candidates indices of the labels that may be the answer. The clip's own always may.
 * @param above for each label, the indices of all labels above it.
 */
export function clipAnswers(
  { labelCount, probabilities, truth }: Predictions,
  candidates: readonly number[],
  above: readonly ReadonlySet<number>[],
): ClipAnswer[] {
  const answers: ClipAnswer[] = [];
  for (let first = 0; first < truth.length; first += labelCount) {
    const present = [...above.keys()].filter((label) => truth[first + label] === 1);
    const own = present.filter((label) => !present.some((other) => above[other]?.has(label)));
    const [sounding] = own;
    if (sounding === undefined || own.length > 1) continue;
    const scoreOf = (label: number): number => probabilities[first + label] as number;
    const heard = candidates
      .filter((label) => !above[sounding]?.has(label))
      .reduce((best, label) => (scoreOf(label) > scoreOf(best) ? label : best));
    answers.push({ sounding, heard, isRight: heard === sounding || above[heard]?.has(sounding) === true });
  }
  return answers;
}
