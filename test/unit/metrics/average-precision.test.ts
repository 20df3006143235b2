import { describe, expect, test } from 'vitest';
import { averagePrecision } from '../../../src/metrics/average-precision';
import type { ScoredOutputs } from '../../../src/metrics/predictions';
import { macroMean } from '../../../src/metrics/roc/macro-mean';
import { seededRandom } from '../support/random';

function outputs(scores: readonly number[], truth: readonly number[]): ScoredOutputs {
  return { scores: Float32Array.from(scores), truth: Uint8Array.from(truth) };
}

/** Precision at each positive's score, everything that scores as high or higher counted; the mean over positives. */
function precisionAtPositives({ scores, truth }: ScoredOutputs): number {
  const precisions = [...scores.keys()]
    .filter((i) => truth[i] === 1)
    .map((i) => {
      const found = [...scores.keys()].filter((j) => (scores[j] as number) >= (scores[i] as number));
      return found.filter((j) => truth[j] === 1).length / found.length;
    });
  return precisions.reduce((sum, precision) => sum + precision, 0) / precisions.length;
}

describe('average precision', () => {
  test('is the mean of the precisions at the ranks of the positives', () => {
    // Positives at ranks 1, 3 and 6.
    const ranked = outputs([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [1, 0, 1, 0, 0, 1]);
    expect(averagePrecision(ranked)).toBeCloseTo((1 + 2 / 3 + 3 / 6) / 3, 12);
  });

  test('handles ties together, in any order', () => {
    // One positive above; then two positives and a negative tie: precision 3 / 4 for both.
    const expected = (1 + 3 / 4 + 3 / 4) / 3;
    expect(averagePrecision(outputs([0.9, 0.5, 0.5, 0.5, 0.1], [1, 1, 1, 0, 0]))).toBeCloseTo(expected, 12);
    expect(averagePrecision(outputs([0.1, 0.5, 0.5, 0.9, 0.5], [0, 0, 1, 1, 1]))).toBeCloseTo(expected, 12);
  });

  test('is 1 for a perfect ranking, and the share of positives if everything ties', () => {
    expect(averagePrecision(outputs([0.2, 0.9, 0.1, 0.8], [0, 1, 0, 1]))).toBe(1);
    expect(averagePrecision(outputs([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0]))).toBe(0.25);
  });

  test.each([3, 20, 1e6])('equals the definition on random scores of %d levels', (levels) => {
    const random = seededRandom(levels);
    const truth = Uint8Array.from({ length: 250 }, () => Number(random() < 0.2));
    const scores = Float32Array.from(truth, (positive) => Math.floor((random() + 0.4 * positive) * levels) / levels);
    expect(averagePrecision({ scores, truth })).toBeCloseTo(precisionAtPositives({ scores, truth }), 12);
  });

  test('is null without a positive, without a negative, and of nothing', () => {
    expect(averagePrecision(outputs([0.1, 0.2], [0, 0]))).toBeNull();
    expect(averagePrecision(outputs([0.1, 0.2], [1, 1]))).toBeNull();
    expect(averagePrecision(outputs([], []))).toBeNull();
  });
});

describe('macro mean', () => {
  test('counts each label once and leaves out those without a figure', () => {
    expect(macroMean([0.5, null, 1, null])).toBe(0.75);
    expect(macroMean([0])).toBe(0);
  });

  test('is null if no label has a figure', () => {
    expect(macroMean([null, null])).toBeNull();
    expect(macroMean([])).toBeNull();
  });
});
