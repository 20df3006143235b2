import type { DiarySettings } from '../../shared/contracts/diary/diary-settings';
import type { LabelRule } from '../../shared/contracts/diary/event-rules';

/** The diary's settings with another rule for one label. Fields that are undefined leave the rule. */
export function withRule(
  diary: DiarySettings,
  label: string,
  change: { readonly [Field in keyof LabelRule]?: LabelRule[Field] | undefined },
): DiarySettings {
  const fields = Object.entries({ ...diary.rules.labels[label], ...change }).filter(([, value]) => value !== undefined);
  const { [label]: _, ...others } = diary.rules.labels;
  const labels = fields.length === 0 ? others : { ...others, [label]: Object.fromEntries(fields) as LabelRule };
  return { ...diary, rules: { ...diary.rules, labels } };
}
