/** How much stronger a label has to be to overtake another. */
export const OVERTAKING_MARGIN = 0.04;

/**
 * Sorts labels by falling strength, but only where the difference is clear, so that two labels that are about as
 * strong do not change places over and over.
 *
 * In the result no label stands below one that it beats by more than `margin`. Labels trade places instead of pushing
 * all that lie between them along, so that most of a quiet list stays where one has learnt to find it.
 *
 * @param order indices into `strengths`, strongest first, as they stand now.
 */
export function reorder(
  order: readonly number[],
  strengths: ArrayLike<number>,
  margin: number = OVERTAKING_MARGIN,
): number[] {
  const sorted = [...order];
  const strengthAt = (place: number) => strengths[sorted[place] ?? -1] ?? 0;
  for (let place = 0; place < sorted.length; place++) {
    let strongest = place;
    for (let below = place + 1; below < sorted.length; below++) {
      if (strengthAt(below) > strengthAt(strongest)) strongest = below;
    }
    if (strengthAt(strongest) <= strengthAt(place) + margin) continue;
    const overtaken = sorted[place] as number;
    sorted[place] = sorted[strongest] as number;
    sorted[strongest] = overtaken;
  }
  return sorted;
}

/**
 * The places of names in alphabetical order; accents and capitals count nothing, as in a dictionary.
 *
 * `localeCompare` would do it, too, but a browser's first one loads the rules of all languages, which holds up the start
 * for 10 ms.
 *
 * @returns indices into `names`.
 */
export function alphabetical(names: readonly string[]): number[] {
  const spelled = names.map((name, index) => ({ index, key: withoutMarks(name).toLowerCase() }));
  return spelled.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ index }) => index);
}

function withoutMarks(name: string): string {
  return name.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
}
