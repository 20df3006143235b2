import type { Advice } from '../../shared/contracts/messages/advice';
import type { Notice, UndoOffer } from '../../shared/contracts/messages/notice';
import type { Problem } from '../../shared/contracts/messages/problem';
import { diaryAlertTexts } from './en/diary/alerts';
import { diaryChartTexts } from './en/diary/charts';
import { diaryClipTexts } from './en/diary/clips';
import { diaryTexts } from './en/diary/events';
import { diaryImportTexts } from './en/diary/import';
import { diaryReviewTexts } from './en/diary/review';
import { labels } from './en/labels';
import { modelsTexts } from './en/models';
import { problems } from './en/problems';
import { proofTexts } from './en/proof';
import { recordingsTexts } from './en/recordings/recordings';
import { adviceOf, notices, undoOffers } from './en/results';
import { searchTexts, synonyms } from './en/search';
import { settingsTexts } from './en/settings';
import { shortcutsTexts } from './en/shortcuts';
import { teachTexts } from './en/teach';
import { labelNames } from './label-names';
import { frameTexts } from './start-texts';
import { say } from './texts';

/**
 * Every text of the page in English.
 *
 * The type of this object is the contract for other languages: a missing text does not compile.
 */
export const en = {
  ...frameTexts,
  labels,
  labelNames,
  ...teachTexts,
  ...proofTexts,
  ...diaryTexts,
  ...diaryAlertTexts,
  ...diaryChartTexts,
  ...diaryImportTexts,
  ...diaryClipTexts,
  ...diaryReviewTexts,
  ...recordingsTexts,
  ...modelsTexts,
  ...settingsTexts,
  ...shortcutsTexts,
  ...searchTexts,
  synonyms,
  problemText: (problem: Problem): string => say(problems, problem),
  notice: (notice: Notice): string => say(notices, notice),
  undoOffer: (offer: UndoOffer): string => say(undoOffers, offer),
  /** @param nameOf gives the name of a label by its id. */
  advice: (advice: Advice, nameOf: (label: string) => string): string => say(adviceOf(nameOf), advice),
};

/** The texts that every language must provide. */
export type Messages = typeof en;
