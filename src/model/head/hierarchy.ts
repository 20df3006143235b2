import { type LabelNode, labelsAbove } from '../../shared/contracts/model/label';

/** For each label that has others above it: its place among the outputs, and theirs. */
export type Hierarchy = readonly { readonly label: number; readonly above: readonly number[] }[];

/**
 * The hierarchy among the outputs of a head.
 *
 * @param ids of the outputs, in their order.
 * @param labels of the model. Outputs that it does not know, such as taught ones, have nothing above them.
 */
export function hierarchyOf(ids: readonly string[], labels: readonly LabelNode[]): Hierarchy {
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const above = labelsAbove(labels);
  return ids
    .map((id, label) => ({ label, above: [...(above.get(id) ?? [])].flatMap((parent) => placeOf.get(parent) ?? []) }))
    .filter(({ above: places }) => places.length > 0);
}

/**
 * Raises probabilities in place until none is below that of a label under it: whatever barks is a dog.
 *
 * @param probabilities [count, labels].
 */
export function raiseAbove(probabilities: Float32Array, labelCount: number, hierarchy: Hierarchy): void {
  for (let first = 0; first < probabilities.length; first += labelCount) {
    for (const { label, above } of hierarchy) {
      // Every level is in `above`, so the order of the labels does not matter.
      const probability = probabilities[first + label] as number;
      for (const parent of above) {
        if (probability > (probabilities[first + parent] as number)) probabilities[first + parent] = probability;
      }
    }
  }
}
