import type { Advice } from '../../shared/contracts/advice';
import type { Notice, UndoOffer } from '../../shared/contracts/notice';
import type { Problem } from '../../shared/contracts/problem';
import { backends } from './en/backends';
import { labels } from './en/labels';
import { listenTexts } from './en/listen';
import { modelsTexts } from './en/models';
import { pageTexts } from './en/page';
import { problems } from './en/problems';
import { adviceOf, clipName, notices, testSet, undoOffers } from './en/results';
import { settingsTexts } from './en/settings';
import { teachTexts } from './en/teach';
import { clips } from './en/words';
import { say } from './texts';

/**
 * Every text of the page in English.
 *
 * The type of this object is what another language has to offer: a text that is missing there does not compile.
 */
export const en = {
  ...pageTexts,
  ...listenTexts,
  ...teachTexts,
  ...modelsTexts,
  ...settingsTexts,
  labels,
  backends,
  clips,
  clipName,
  testSet,
  percentSign: '%',
  decimalMark: '.',
  problemText: (problem: Problem): string => say(problems, problem),
  notice: (notice: Notice): string => say(notices, notice),
  undoOffer: (offer: UndoOffer): string => say(undoOffers, offer),
  /** @param nameOf gives the name of a label by its id. */
  advice: (advice: Advice, nameOf: (label: string) => string): string => say(adviceOf(nameOf), advice),
};

/** What a language has to offer. */
export type Messages = typeof en;
