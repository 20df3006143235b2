import { median, quantile } from '../src/shared/lib/math/quantile';

/** Minimum, median and maximum of some figures. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function spread(values: readonly number[]): Spread {
  return { min: quantile(values, 0), median: median(values), max: quantile(values, 1) };
}

/**
 * How many times as long A takes as B: one ratio per round, from the round's medians. The two were measured in turns,
 * so a temporary slowdown of the machine affects both.
 *
 * @param a, b milliseconds by round.
 * @throws RangeError if their numbers of rounds differ.
 */
export function roundRatios(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): Spread {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} rounds are no pairs`);
  return spread(a.map((round, i) => median(round) / median(b[i] as readonly number[])));
}
