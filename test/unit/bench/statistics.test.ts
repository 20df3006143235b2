import { describe, expect, it } from 'vitest';
import { median, quantile, roundRatios, spread } from '../../../bench/statistics';

describe('quantile', () => {
  it('takes the values at its ends and lies between neighbours in proportion', () => {
    const values = [40, 10, 30, 20];
    expect(quantile(values, 0)).toBe(10);
    expect(quantile(values, 1)).toBe(40);
    expect(quantile(values, 0.5)).toBe(25);
    // Places 0 to 3: 0.95 · 3 = 2.85.
    expect(quantile(values, 0.95)).toBeCloseTo(38.5, 10);
    expect(values).toEqual([40, 10, 30, 20]);
  });

  it('refuses to tell a figure of nothing', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

it('gives the smallest, the middle and the largest value', () => {
  expect(spread([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
  expect(median([7])).toBe(7);
});

describe('ratios by rounds', () => {
  it('compares the medians of each round, so that a slow round slows both', () => {
    const a = [
      [1, 2, 90],
      [20, 20, 20],
      [3, 3, 3],
    ];
    const b = [
      [4, 4, 4],
      [40, 40, 40],
      [2, 2, 2],
    ];
    expect(roundRatios(a, b)).toEqual({ min: 0.5, median: 0.5, max: 1.5 });
  });

  it('refuses rounds that are no pairs', () => {
    expect(() => roundRatios([[1]], [[1], [2]])).toThrow(RangeError);
  });
});
