import { TAUGHT_GROUP } from '../../../shared/contracts/model/head';
import { type Label, labelsAbove } from '../../../shared/contracts/model/label';

/** Where a label stands. */
export interface LabelPlace {
  readonly group: string;
  /** Ids of the labels above it, the nearest first. */
  readonly above: ReadonlySet<string>;
}

export type LabelPlaces = (label: string) => LabelPlace;

const taught: LabelPlace = { group: TAUGHT_GROUP, above: new Set() };

/** Tells where each label stands. Those that the model does not know were taught. */
export function labelPlaces(labels: readonly Label[]): LabelPlaces {
  const above = labelsAbove(labels);
  const places = new Map(labels.map(({ id, group }) => [id, { group, above: above.get(id) ?? taught.above }]));
  return (label) => places.get(label) ?? taught;
}
