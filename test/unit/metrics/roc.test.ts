import { describe, expect, test } from 'vitest';
import type { ScoredOutputs } from '../../../src/metrics/predictions';
import { rocCurve } from '../../../src/metrics/roc/roc';
import { rocAuc } from '../../../src/metrics/roc/roc-auc';
import { seededRandom } from '../support/random';

function outputs(scores: readonly number[], truth: readonly number[]): ScoredOutputs {
  return { scores: Float32Array.from(scores), truth: Uint8Array.from(truth) };
}

/** The AUC by its definition: every pair of a positive and a negative, one by one. */
function pairwiseAuc({ scores, truth }: ScoredOutputs): number {
  let won = 0;
  let pairs = 0;
  for (let i = 0; i < scores.length; i++) {
    for (let j = 0; j < scores.length; j++) {
      if (truth[i] !== 1 || truth[j] !== 0) continue;
      pairs++;
      if ((scores[i] as number) > (scores[j] as number)) won += 1;
      else if (scores[i] === scores[j]) won += 0.5;
    }
  }
  return won / pairs;
}

/** Random outputs; few levels make many ties. */
function randomOutputs(count: number, levels: number, seed: number): ScoredOutputs {
  const random = seededRandom(seed);
  const truth = Uint8Array.from({ length: count }, (_, i) => (i === 0 ? 1 : i === 1 ? 0 : Number(random() < 0.3)));
  const scores = Float32Array.from(truth, (positive) => Math.floor((random() + 0.3 * positive) * levels) / levels);
  return { scores, truth };
}

const withTies = outputs([0.9, 0.8, 0.8, 0.8, 0.4, 0.1], [1, 1, 0, 0, 1, 0]);
const cases = [
  { levels: 2, seed: 1 },
  { levels: 3, seed: 2 },
  { levels: 10, seed: 3 },
  { levels: 1e6, seed: 4 },
];

describe('ROC-AUC', () => {
  test('is 1 when every positive is above every negative, 0 when below, a half when all tie', () => {
    expect(rocAuc(outputs([0.2, 0.9, 0.1, 0.8], [0, 1, 0, 1]))).toBe(1);
    expect(rocAuc(outputs([0.9, 0.2, 0.8, 0.1], [0, 1, 0, 1]))).toBe(0);
    expect(rocAuc(outputs([0.5, 0.5, 0.5, 0.5, 0.5], [0, 1, 0, 1, 0]))).toBe(0.5);
  });

  test('counts ties half', () => {
    // Of 9 pairs 0.9 wins 3; 0.8 wins 1 and ties 2; 0.4 wins 1: 3 + 2 + 1.
    expect(rocAuc(withTies)).toBeCloseTo(6 / 9, 12);
  });

  test.each(cases)('equals the pairwise definition on random scores of $levels levels', ({ levels, seed }) => {
    const random = randomOutputs(300, levels, seed);
    expect(rocAuc(random)).toBeCloseTo(pairwiseAuc(random), 12);
  });

  test('does not depend on the order of the outputs or on a monotone change of scale', () => {
    const { scores, truth } = randomOutputs(200, 7, 5);
    const auc = rocAuc({ scores, truth });
    expect(rocAuc({ scores: scores.toReversed(), truth: truth.toReversed() })).toBe(auc);
    expect(rocAuc({ scores: scores.map((score) => 5 * score - 9), truth })).toBe(auc);
  });

  test('is null without a positive, without a negative, and of nothing', () => {
    expect(rocAuc(outputs([0.1, 0.2], [0, 0]))).toBeNull();
    expect(rocAuc(outputs([0.1, 0.2], [1, 1]))).toBeNull();
    expect(rocAuc(outputs([], []))).toBeNull();
  });

  test('refuses lengths that differ and scores without a rank', () => {
    expect(() => rocAuc(outputs([0.1], [1, 0]))).toThrow(RangeError);
    expect(() => rocAuc(outputs([0.1, Number.NaN], [1, 0]))).toThrow(RangeError);
  });
});

describe('ROC curve', () => {
  test('has one point per distinct score, from (0, 0) to (1, 1)', () => {
    const points = rocCurve(withTies)?.map((p) => [p.threshold, p.falsePositiveRate, p.truePositiveRate]);
    const expected = [
      [Number.POSITIVE_INFINITY, 0, 0],
      [Math.fround(0.9), 0, 1 / 3],
      [Math.fround(0.8), 2 / 3, 2 / 3],
      [Math.fround(0.4), 2 / 3, 1],
      [Math.fround(0.1), 1, 1],
    ];
    expect(points).toEqual(expected);
  });

  test.each(cases)('encloses the AUC by the trapezoid rule at $levels levels', ({ levels, seed }) => {
    const random = randomOutputs(300, levels, seed);
    const points = rocCurve(random) ?? [];
    const area = points.slice(1).reduce((sum, point, i) => {
      const { falsePositiveRate, truePositiveRate } = points[i] as (typeof points)[number];
      return sum + ((point.falsePositiveRate - falsePositiveRate) * (point.truePositiveRate + truePositiveRate)) / 2;
    }, 0);
    expect(area).toBeCloseTo(rocAuc(random) as number, 12);
  });

  test('is null without a positive or a negative', () => {
    expect(rocCurve(outputs([0.1, 0.2], [0, 0]))).toBeNull();
    expect(rocCurve(outputs([0.1, 0.2], [1, 1]))).toBeNull();
  });
});
