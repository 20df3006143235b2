import type { DiaryState } from '../../app/diary/diary-state';
import type { AppState } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import { TAUGHT_GROUP } from '../../shared/contracts/model/head';
import { labelsAbove } from '../../shared/contracts/model/label';
import { labelName, language, locales } from '../messages/messages';
import type { FilterLabel } from './filter/view-filter';

/** Group of labels that no model here knows any more: events outlive the heads and models that heard them. */
const FORMER_GROUP = 'former';

/** Every label that the diary, the model or the person knows, by name in the page's language. */
export function diaryLabels(app: AppState, teach: TeachState, diary: DiaryState): readonly FilterLabel[] {
  const labels = new Map<string, FilterLabel>();
  const above = labelsAbove(app.model?.labels ?? []);
  const add = (id: string, name: string, group: string): void => {
    if (!labels.has(id))
      labels.set(id, { id, name: labelName({ id, name }), group, above: above.get(id) ?? new Set() });
  };
  for (const { id, name, group } of app.model?.labels ?? []) add(id, name, group);
  for (const { id, name } of teach.labels) add(id, name, TAUGHT_GROUP);
  for (const { id, name } of diary.labels) add(id, name, FORMER_GROUP);
  const collator = new Intl.Collator(locales[language]);
  return [...labels.values()].sort((a, b) => collator.compare(a.name, b.name));
}
