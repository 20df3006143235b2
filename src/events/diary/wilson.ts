import type { Interval } from '../../shared/contracts/model/figures';

/** Of the standard normal distribution: 95 % lie within ± this. */
const Z_95 = 1.959963984540054;

/** A share with its 95 % interval (Wilson 1927), which is usable for few trials and for shares of 0 and 1. */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return { value: 0, low: 0, high: 1 };
  const value = successes / trials;
  const square = Z_95 ** 2;
  const middle = (value + square / (2 * trials)) / (1 + square / trials);
  const half = (Z_95 / (1 + square / trials)) * Math.sqrt((value * (1 - value)) / trials + square / (4 * trials ** 2));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
