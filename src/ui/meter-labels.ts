import type { Label, LabelGroup } from '../shared/label';
import type { ModelInfo } from '../shared/tagger-api';
import { labelName } from './messages/messages';

/** Group of what a person has taught. */
export const MY_SOUNDS = 'taught';

export type MeterGroup = LabelGroup | typeof MY_SOUNDS;

/** A label as the meters show it. */
export interface MeterLabel {
  readonly id: string;
  readonly name: string;
  readonly group: MeterGroup;
}

/** A head's labels; those that the model does not have are the person's own. */
export function metersOf(
  model: ModelInfo | undefined,
  labels: readonly { readonly id: string; readonly name: string }[] = [],
): readonly MeterLabel[] {
  const shipped = new Map<string, Label>(model?.labels.map((label) => [label.id, label]));
  return labels.map((label) => ({
    id: label.id,
    name: labelName(label),
    group: shipped.get(label.id)?.group ?? MY_SOUNDS,
  }));
}
