import type { LabelFilter } from '../../../../shared/contracts/settings';
import { goesBy } from '../../../messages/goes-by';
import { type MeterLabel, MY_SOUNDS } from '../meter-labels';

/** Passes every label. */
export const everyLabel: LabelFilter = { text: '', group: undefined };

/** Whether a filter shows a label. */
export function passes(label: MeterLabel, filter: LabelFilter): boolean {
  if (filter.group !== undefined && label.group !== filter.group) return false;
  return goesBy(label, filter.text);
}

/** Whether a person taught any of these labels. */
export function areTaught(labels: readonly MeterLabel[]): boolean {
  return labels.some(({ group }) => group === MY_SOUNDS);
}

/**
 * The filter that applies to the available labels: “My sounds” shows everything while no label is taught. The person's
 * choice is kept, because taught labels appear some time after the model, and again with the next head.
 */
export function applicable(filter: LabelFilter, taught: boolean): LabelFilter {
  return filter.group === MY_SOUNDS && !taught ? { ...filter, group: undefined } : filter;
}
