import type { DiarySettings } from '../../shared/contracts/diary/diary-settings';

/**
 * The diary's settings after a label was renamed: its rules also hold for the new id, unless that has rules. Those of the
 * old id stay, because a head that was trained before still knows the label by it.
 */
export function withRulesOfRenamed(diary: DiarySettings, from: string, to: string): DiarySettings {
  const { rules, alerts } = diary;
  return {
    ...diary,
    rules: { ...rules, labels: copied(rules.labels, from, to) },
    alerts: { ...alerts, labels: copied(alerts.labels, from, to) },
  };
}

function copied<Rule>(rules: Readonly<Record<string, Rule>>, from: string, to: string): Readonly<Record<string, Rule>> {
  const rule = rules[from];
  return rule === undefined || to in rules ? rules : { ...rules, [to]: rule };
}
