import { backendNames } from './de/backends';
import { diaryAlertTexts } from './de/diary/alerts';
import { diaryChartTexts } from './de/diary/charts';
import { diaryClipTexts } from './de/diary/clips';
import { diaryTexts } from './de/diary/events';
import { diaryImportTexts } from './de/diary/import';
import { diaryReviewTexts } from './de/diary/review';
import { labels } from './de/labels';
import { listenTexts } from './de/listen';
import { modelsTexts } from './de/models';
import { clipName, testSet } from './de/names';
import { pageTexts } from './de/page';
import { problems } from './de/problems';
import { proofTexts } from './de/proof';
import { recordingsTexts } from './de/recordings/recordings';
import { adviceOf, notices, undoOffers } from './de/results';
import { searchTexts, synonyms } from './de/search';
import { settingsTexts } from './de/settings';
import { shortcutsTexts } from './de/shortcuts';
import { teachTexts } from './de/teach';
import { clips } from './de/words';
import type { Messages } from './en';
import { labelNames } from './label-names';
import { say } from './texts';

/** Every text of the page in German. */
export const de: Messages = {
  ...pageTexts,
  ...listenTexts,
  ...proofTexts,
  ...teachTexts,
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
  labels,
  labelNames,
  backendNames,
  clips,
  clipName,
  testSet,
  silence: 'Stille',
  percentSign: '\u00a0%',
  decimalMark: ',',
  problemText: (problem) => say(problems, problem),
  notice: (notice) => say(notices, notice),
  undoOffer: (offer) => say(undoOffers, offer),
  advice: (advice, nameOf) => say(adviceOf(nameOf), advice),
};
