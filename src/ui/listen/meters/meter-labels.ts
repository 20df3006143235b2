import type { Head } from '../../../shared/contracts/model/head';
import { type Label, type LabelGroup, labelGroups, labelsAbove } from '../../../shared/contracts/model/label';
import type { ModelInfo } from '../../../shared/contracts/tagger-api';
import { labelName } from '../../messages/messages';
import { type Trust, trustOf } from './trust/trust';

/** Group of a person's taught labels. */
export const MY_SOUNDS = 'taught';

export type MeterGroup = LabelGroup | typeof MY_SOUNDS;

/** All groups, in the order in which they are shown. */
export const meterGroups: readonly MeterGroup[] = [MY_SOUNDS, ...labelGroups];

/** A label as the meters show it. */
export interface MeterLabel {
  readonly id: string;
  readonly name: string;
  readonly group: MeterGroup;
  /** The labels above it in the hierarchy: a barking dog is a dog, and a dog is an animal. */
  readonly above?: readonly { readonly id: string; readonly name: string }[];
  /** Probability from which it counts as heard. */
  readonly threshold?: number;
  /** Probability from which that is right in 95 % of cases. */
  readonly sureThreshold?: number;
  readonly trust?: Trust;
}

/** The labels of a head, or of the model's own. Labels that the model lacks are the person's. */
export function metersOf(model: ModelInfo | undefined, head?: Head): readonly MeterLabel[] {
  const shipped = new Map<string, Label>(model?.labels.map((label) => [label.id, label]));
  const labels: readonly { readonly id: string; readonly name: string }[] = head?.labels ?? model?.labels ?? [];
  const above = labelsAbove(model?.labels ?? []);
  return labels.map((label) => {
    const parents = [...(above.get(label.id) ?? [])].flatMap((id) => shipped.get(id) ?? []);
    const trust = trustOf(label.id, model, head);
    return {
      id: label.id,
      name: labelName(label),
      group: shipped.get(label.id)?.group ?? MY_SOUNDS,
      ...(parents.length > 0 && { above: parents.map((parent) => ({ id: parent.id, name: labelName(parent) })) }),
      ...thresholdsOf(label.id, model, head),
      ...(trust && { trust }),
    };
  });
}

function thresholdsOf(id: string, model: ModelInfo | undefined, head: Head | undefined) {
  const own = head?.proof.labels.find((label) => label.id === id);
  if (own) return { threshold: own.threshold };
  const place = model?.labels.findIndex((label) => label.id === id) ?? -1;
  const threshold = model?.thresholds?.default[place];
  const sureThreshold = model?.thresholds?.precision95[place];
  return {
    ...(typeof threshold === 'number' && { threshold }),
    ...(typeof sureThreshold === 'number' && { sureThreshold }),
  };
}
