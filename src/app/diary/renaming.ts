import type { TaughtLabel } from '../../shared/contracts/clip';
import type { DiarySettings } from '../../shared/contracts/diary/diary-settings';
import { tellOfChanges } from '../../store/diary/event-changes';
import type { TeachHost } from '../teach/teach-parts';

/** Lets the diary follow a label that got another name: its rules, and all that was heard under the old one. */
export async function followRenaming(
  host: Pick<TeachHost, 'settings' | 'changeSettings'>,
  from: string,
  to: TaughtLabel,
): Promise<void> {
  if (from === to.id) return;
  await host.changeSettings({ diary: withRenamed(host.settings.diary, from, to) });
  // No event was changed, but all of the label are found and counted under another name.
  tellOfChanges(new Map());
}

/**
 * The diary's settings after a label was renamed: its rules also hold for the new id, unless that has rules. Those of the
 * old id stay, because a head that was trained before still knows the label by it.
 */
function withRenamed(diary: DiarySettings, from: string, to: TaughtLabel): DiarySettings {
  const { rules, alerts } = diary;
  const { [to.id]: _, ...others } = diary.renamed;
  return {
    ...diary,
    renamed: { ...others, [from]: to },
    rules: { ...rules, labels: withCopy(rules.labels, from, to) },
    alerts: { ...alerts, labels: withCopy(alerts.labels, from, to) },
  };
}

function withCopy<Rule extends { readonly name?: string | undefined }>(
  rules: Readonly<Record<string, Rule>>,
  from: string,
  { id, name }: TaughtLabel,
): Readonly<Record<string, Rule>> {
  const rule = rules[from];
  if (rule === undefined || id in rules) return rules;
  return { ...rules, [id]: rule.name === undefined ? rule : { ...rule, name } };
}
