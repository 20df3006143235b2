import type { ClipAnswer } from './clip-answers';

/** Share of the answers that are right; null if there are none. */
export function clipAccuracy(answers: readonly ClipAnswer[]): number | null {
  return answers.length === 0 ? null : answers.filter(({ isRight }) => isRight).length / answers.length;
}
