/** Largest absolute difference of two arrays; NaN where their lengths differ. Fast where toEqual takes seconds. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.NaN;
  return Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] as number))), 0);
}
