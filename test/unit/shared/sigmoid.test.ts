import { expect, it } from 'vitest';
import { sigmoid } from '../../../src/shared/lib/math/sigmoid';

it('is the probability of a logit: odds of 3 to 1 are three quarters, and large values do not overflow', () => {
  expect(sigmoid(0)).toBe(0.5);
  expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 12);
  expect(sigmoid(-Math.log(3))).toBeCloseTo(0.25, 12);
  expect(sigmoid(-1000)).toBe(0);
  expect(sigmoid(1000)).toBe(1);
});
