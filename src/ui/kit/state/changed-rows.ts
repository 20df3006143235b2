export const CHANGED_ROWS_EVENT = 'changedrows';

/** Rows of a list that have just changed, from the first to the last. A notice that speaks of them may not cover them. */
export class ChangedRowsEvent extends Event {
  constructor(readonly rows: readonly Element[]) {
    super(CHANGED_ROWS_EVENT, { bubbles: true, composed: true });
  }
}

/**
 * Places of the items that are new or not as before.
 *
 * @param facts what a row shows of an item, as a text.
 */
export function changedPlaces<Item extends { readonly id: string }>(
  items: readonly Item[],
  before: readonly Item[],
  facts: (item: Item) => string,
): number[] {
  if (items === before) return [];
  const earlier = new Map(before.map((item) => [item.id, item]));
  return items.flatMap((item, place) => {
    const was = earlier.get(item.id);
    return was === item || (was && facts(was) === facts(item)) ? [] : [place];
  });
}
