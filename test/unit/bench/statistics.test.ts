import { describe, expect, it } from 'vitest';
import { roundRatios, spread } from '../../../bench/statistics';

it('gives the minimum, the median and the maximum', () => {
  expect(spread([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
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

  it('rejects unpaired rounds', () => {
    expect(() => roundRatios([[1]], [[1], [2]])).toThrow(RangeError);
  });
});
