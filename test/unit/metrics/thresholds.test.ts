import { describe, expect, test } from 'vitest';
import type { ScoredOutputs } from '../../../src/metrics/predictions';
import { bestF1Threshold, lowestThresholdWithPrecision } from '../../../src/metrics/thresholds';

function outputs(scores: readonly number[], truth: readonly number[]): ScoredOutputs {
  return { scores: Float32Array.from(scores), truth: Uint8Array.from(truth) };
}

// Counted by hand, from the top: (tp, fp) = (1, 0), (2, 0), (2, 1), (3, 1), (3, 2), (3, 3) of 3 positives,
// so F1 = 2 tp / (tp + fp + 3) = 1/2, 4/5, 2/3, 6/7, 3/4, 2/3.
const mixed = outputs([0.875, 0.75, 0.625, 0.5, 0.25, 0.125], [1, 1, 0, 1, 0, 0]);

describe('best F1', () => {
  test('finds the best cut, halfway to the next lower score', () => {
    const best = bestF1Threshold(mixed);
    expect(best).toEqual({ threshold: 0.375, precision: 3 / 4, recall: 1, f1: 6 / 7 });
  });

  test('takes the higher of two equally good thresholds', () => {
    // (1, 0) gives 2/3, (1, 1) 1/2, (1, 2) 2/5, (2, 2) again 2/3.
    const best = bestF1Threshold(outputs([0.9, 0.7, 0.6, 0.5], [1, 0, 0, 1]));
    expect(best).toMatchObject({ threshold: expect.closeTo(0.8, 6), recall: 0.5, precision: 1 });
  });

  test('goes halfway to 0 if nothing scores lower, and counts ties together', () => {
    expect(bestF1Threshold(outputs([0.5, 0.5, 0.5], [1, 0, 1]))).toMatchObject({ threshold: 0.25, precision: 2 / 3 });
  });

  test('is null without a positive', () => {
    expect(bestF1Threshold(outputs([0.5, 0.2], [0, 0]))).toBeNull();
    expect(bestF1Threshold(outputs([], []))).toBeNull();
  });
});

describe('the lowest threshold with a precision', () => {
  test.each([
    { precision: 1, threshold: 0.75, recall: 2 / 3 },
    { precision: 0.75, threshold: 0.5, recall: 1 },
    { precision: 0.6, threshold: 0.25, recall: 1 },
    { precision: 0.5, threshold: 0.125, recall: 1 },
  ])('is $threshold for $precision', ({ precision, threshold, recall }) => {
    expect(lowestThresholdWithPrecision(mixed, precision)).toMatchObject({ threshold, recall });
  });

  test('is null if the precision cannot be reached', () => {
    expect(lowestThresholdWithPrecision(outputs([0.9, 0.8], [0, 1]), 0.75)).toBeNull();
    expect(lowestThresholdWithPrecision(outputs([0.9, 0.8], [0, 0]), 0)).toBeNull();
  });
});
