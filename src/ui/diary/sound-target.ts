import { html } from 'lit';
import type { AppState } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import { labelName, language, locales, t } from '../messages/messages';
import type { FilterLabel } from './filter/view-filter';

/** A label or a group that a rule is for. */
export interface SoundTarget {
  readonly kind: 'label' | 'group';
  readonly id: string;
}

/** The labels of the head in use, by name in the page's language. */
export function hearableLabels({ model }: AppState, { heads, active }: TeachState): readonly FilterLabel[] {
  const labels: readonly FilterLabel[] = heads.find(({ id }) => id === active)?.labels ?? model?.labels ?? [];
  const collator = new Intl.Collator(locales[language]);
  return labels
    .map(({ id, name, group }) => ({ id, name: labelName({ id, name }), group }))
    .sort((a, b) => collator.compare(a.name, b.name));
}

/** A target as the value of an option: `label:dog`. */
export function optionOf({ kind, id }: SoundTarget): string {
  return `${kind}:${id}`;
}

/** Reads such a value; undefined if it names nothing. */
export function targetOf(value: string): SoundTarget | undefined {
  const [, kind, id] = /^(label|group):(.+)$/.exec(value) ?? [];
  return kind && id ? { kind: kind as SoundTarget['kind'], id } : undefined;
}

/** What a target is called: as it is now, or as it was when its rule was made. */
export function targetName({ kind, id }: SoundTarget, labels: readonly FilterLabel[], before: string): string {
  if (kind === 'group') return id in t.groups ? t.groups[id as keyof typeof t.groups] : before;
  return labels.find((label) => label.id === id)?.name ?? labelName({ id, name: before });
}

/** Options for all groups and labels, except those that are taken. */
export function targetOptions(
  labels: readonly FilterLabel[],
  chosen: SoundTarget | undefined,
  isTaken: (target: SoundTarget) => boolean,
) {
  const option = (target: SoundTarget, name: string) => {
    const isChosen = chosen !== undefined && optionOf(chosen) === optionOf(target);
    return isTaken(target) && !isChosen
      ? []
      : [html`<option value=${optionOf(target)} .selected=${isChosen}>${name}</option>`];
  };
  const groups = (Object.keys(t.groups) as (keyof typeof t.groups)[]).filter((group) =>
    labels.some((label) => label.group === group),
  );
  return html`
    <optgroup label=${t.diaryFilter.group}>
      ${groups.flatMap((id) => option({ kind: 'group', id }, t.groups[id]))}
    </optgroup>
    <optgroup label=${t.diaryFilter.sounds}>${labels.flatMap(({ id, name }) => option({ kind: 'label', id }, name))}</optgroup>
  `;
}
