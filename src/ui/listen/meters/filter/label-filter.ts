import type { LabelFilter } from '../../../../shared/contracts/settings';
import { goesBy } from '../../../messages/goes-by';
import { type MeterGroup, type MeterLabel, meterGroups } from '../meter-labels';

/** Passes every label. */
export const everyLabel: LabelFilter = { text: '', group: undefined };

/** Whether a filter shows a label. A search for “animal” shows all animals. */
export function passes(label: MeterLabel, filter: LabelFilter): boolean {
  if (filter.group !== undefined && label.group !== filter.group) return false;
  return goesBy(label, filter.text) || (label.above ?? []).some((parent) => goesBy(parent, filter.text));
}

/** The groups of these labels, the person's own first. */
export function groupsOf(labels: readonly MeterLabel[]): MeterGroup[] {
  const present = new Set(labels.map(({ group }) => group));
  return meterGroups.filter((group) => present.has(group));
}

/**
 * The filter that applies to the available groups: one that has no labels shows everything. The person's choice is kept,
 * because taught labels appear some time after the model, and again with the next head, and models have other groups.
 */
export function applicable(filter: LabelFilter, groups: readonly MeterGroup[]): LabelFilter {
  return filter.group !== undefined && !groups.includes(filter.group) ? { ...filter, group: undefined } : filter;
}
