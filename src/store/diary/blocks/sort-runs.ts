/**
 * Sorts indices by ascending values, equal ones by index. Fast for values that are nearly in order: it merges the
 * stretches that already are.
 */
export function sortRuns(values: ArrayLike<number>, count: number): Uint32Array<ArrayBuffer> {
  let order = Uint32Array.from({ length: count }, (_, i) => i);
  let ends = runEnds(values, count);
  let spare = new Uint32Array(ends.length > 1 ? count : 0);
  while (ends.length > 1) {
    const merged: number[] = [];
    let start = 0;
    for (let run = 0; run < ends.length; run += 2) {
      const middle = ends[run] as number;
      const end = ends[run + 1] ?? middle;
      merge(values, order, spare, start, middle, end);
      merged.push(end);
      start = end;
    }
    [order, spare] = [spare, order];
    ends = merged;
  }
  return order;
}

/** Where each ascending stretch ends. */
function runEnds(values: ArrayLike<number>, count: number): number[] {
  const ends: number[] = [];
  for (let i = 1; i < count; i++) if ((values[i] as number) < (values[i - 1] as number)) ends.push(i);
  ends.push(count);
  return ends;
}

function merge(
  values: ArrayLike<number>,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let left = start;
  let right = middle;
  for (let i = start; i < end; i++) {
    const takesLeft =
      right >= end ||
      (left < middle && (values[from[left] as number] as number) <= (values[from[right] as number] as number));
    to[i] = from[takesLeft ? left++ : right++] as number;
  }
}
