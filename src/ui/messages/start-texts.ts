import type { Problem } from '../../shared/contracts/messages/problem';
import { backendNames } from './en/backends';
import { listenTexts } from './en/listen';
import { clipName, testSet } from './en/names';
import { pageTexts } from './en/page';
import { startProblems } from './en/start-problems';
import { clips } from './en/words';
import type { StartProblem } from './start-problem';
import { say, type TextsOf } from './texts';

/** The English of the page's frame and of Listen. The first paint needs nothing else. */
export const frameTexts = {
  ...pageTexts,
  ...listenTexts,
  backendNames,
  clips,
  clipName,
  testSet,
  silence: 'silence',
  percentSign: '%',
  decimalMark: '.',
};

/** The texts until the rest is fetched. Outcomes of commands are worded then. */
export const startTexts = {
  ...frameTexts,
  problemText: (problem: Problem): string => {
    const known: Partial<TextsOf<Problem>> = startProblems;
    const told =
      problem.code in known ? (problem as StartProblem) : ({ code: 'unexpected', detail: problem.code } as const);
    return say<StartProblem>(startProblems, told);
  },
  // A model's own names are English.
  labels: {},
  labelNames: [],
  notice: () => '',
  synonyms: {},
  undoOffer: () => '',
};
