/** How much stronger a label has to be to overtake another. */
export const OVERTAKING_MARGIN = 0.04;

/**
 * Sorts labels by falling strength, but only where the difference is clear, so that two labels that are about as
 * strong do not change places over and over.
 *
 * In the result no label stands below one that it beats by more than `margin`; all others keep their order.
 *
 * @param order indices into `strengths`, strongest first, as they stand now.
 */
export function reorder(
  order: readonly number[],
  strengths: ArrayLike<number>,
  margin: number = OVERTAKING_MARGIN,
): number[] {
  const sorted: number[] = [];
  for (const index of order) {
    const strength = strengths[index] ?? 0;
    const place = sorted.findIndex((other) => strength > (strengths[other] ?? 0) + margin);
    if (place === -1) sorted.push(index);
    else sorted.splice(place, 0, index);
  }
  return sorted;
}
