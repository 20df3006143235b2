/** How much stronger a label must be to overtake another. */
export const OVERTAKING_MARGIN = 0.04;

/**
 * Sorts labels by falling strength, but only if the difference is clear, so that two labels of similar strength do not
 * keep swapping.
 *
 * In the result no label is below one that it beats by more than `margin`. Labels swap places instead of shifting
 * everything between them, so that most of a quiet list stays where people have learnt to find it.
 *
 * @param order indices into `strengths`, strongest first, in their current order.
 */
export function reorder(
  order: readonly number[],
  strengths: ArrayLike<number>,
  margin: number = OVERTAKING_MARGIN,
): number[] {
  const sorted = [...order];
  const strengthAt = (place: number) => strengths[sorted[place] ?? -1] ?? 0;
  /** For each place, that of the strongest from there on; the first of several. A head can have 2,000 labels. */
  const strongestFrom = new Int32Array(sorted.length);
  const findStrongest = (first: number, last: number): void => {
    for (let place = last; place >= first; place--) {
      const next = strongestFrom[place + 1];
      strongestFrom[place] = next === undefined || strengthAt(place) >= strengthAt(next) ? place : next;
    }
  };
  findStrongest(0, sorted.length - 1);
  for (let place = 0; place < sorted.length; place++) {
    const strongest = strongestFrom[place] as number;
    if (strengthAt(strongest) <= strengthAt(place) + margin) continue;
    const overtaken = sorted[place] as number;
    sorted[place] = sorted[strongest] as number;
    sorted[strongest] = overtaken;
    findStrongest(place + 1, strongest);
  }
  return sorted;
}

/** From this strength on a sound stands out; below the second it is quiet again. In between it stays what it was. */
const STANDS_OUT = 0.1;
const QUIET = 0.05;

/** The order of a board: the sounds that stand out by their strength, then the quiet ones by their names. */
export class MeterOrder {
  /** Indices into the names, in their current order. */
  indices: readonly number[];
  readonly #byName: readonly number[];
  #standingOut: ReadonlySet<number> = new Set();

  constructor(names: readonly string[]) {
    this.#byName = alphabetical(names);
    this.indices = this.#byName;
  }

  /**
   * @param strengths of each name now.
   * @param peaks of each name a moment ago: they keep a sound that flickers in its place.
   * @returns whether the order has changed.
   */
  update(strengths: ArrayLike<number>, peaks: ArrayLike<number>): boolean {
    const before = this.indices;
    const standingOut = before.filter(
      (index) => (peaks[index] ?? 0) >= (this.#standingOut.has(index) ? QUIET : STANDS_OUT),
    );
    this.#standingOut = new Set(standingOut);
    const quiet = this.#byName.filter((index) => !this.#standingOut.has(index));
    this.indices = [...reorder(standingOut, strengths), ...quiet];
    return this.indices.some((index, place) => index !== before[place]);
  }
}

/**
 * Alphabetical order of names, ignoring accents and case, as in a dictionary.
 *
 * `localeCompare` would do it too, but a browser's first call loads the rules of all languages, which delays the start
 * by 10 ms.
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
