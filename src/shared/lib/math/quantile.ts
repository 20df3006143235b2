/**
 * The value below which a share of the values lies, interpolated linearly (type 7 of Hyndman & Fan 1996).
 *
 * @throws RangeError without values.
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('no values have no quantile');
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (place - below) * (high - low);
}

/** The middle value, or the mean of the two middle values. @throws RangeError without values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
