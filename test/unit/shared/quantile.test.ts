import { describe, expect, it } from 'vitest';
import { median, quantile } from '../../../src/shared/lib/math/quantile';

describe('quantile', () => {
  it('takes the values at its ends and interpolates linearly between neighbours', () => {
    const values = [40, 10, 30, 20];
    expect(quantile(values, 0)).toBe(10);
    expect(quantile(values, 1)).toBe(40);
    expect(quantile(values, 0.5)).toBe(25);
    // Places 0 to 3: 0.95 · 3 = 2.85.
    expect(quantile(values, 0.95)).toBeCloseTo(38.5, 10);
    expect(values).toEqual([40, 10, 30, 20]);
  });

  it('has the middle as its half: one value itself, or the mean of two', () => {
    expect(median([7])).toBe(7);
    expect(median([3, 1])).toBe(2);
  });

  it('rejects empty input', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});
