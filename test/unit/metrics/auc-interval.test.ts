import { describe, expect, test } from 'vitest';
import type { ScoredOutputs } from '../../../src/metrics/predictions';
import { aucInterval, delongVariance } from '../../../src/metrics/roc/auc-interval';
import { seededRandom } from '../support/random';

function outputs(positives: readonly number[], negatives: readonly number[]): ScoredOutputs {
  return {
    scores: Float32Array.from([...positives, ...negatives]),
    truth: Uint8Array.from([...positives.map(() => 1), ...negatives.map(() => 0)]),
  };
}

const variance = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};

/** DeLong's variance by its definition: every pair compared. */
function pairwiseVariance(positives: readonly number[], negatives: readonly number[]): number {
  const wins = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const ofPositives = positives.map((a) => mean(negatives.map((b) => wins(a, b))));
  const ofNegatives = negatives.map((b) => mean(positives.map((a) => wins(a, b))));
  return variance(ofPositives) / positives.length + variance(ofNegatives) / negatives.length;
}

describe('AUC interval', () => {
  // Computed with numpy from the matrix of all pairs, as in DeLong 1988.
  test.each([
    {
      case: outputs([0.9, 0.8, 0.8, 0.4, 0.7], [0.8, 0.3, 0.1, 0.5, 0.4, 0.2]),
      expected: { value: 0.85, low: 0.47402049047512296, high: 0.9727006588195031 },
      variance: 0.014305555555555554,
    },
    {
      case: outputs([0.95, 0.6, 0.55, 0.3], [0.5, 0.45, 0.2, 0.1, 0.05]),
      expected: { value: 0.9, low: 0.4118314722474013, high: 0.991429726770681 },
      variance: 0.01375,
    },
  ])('is the logit interval of DeLong’s variance: AUC $expected.value', ({ case: given, expected, variance }) => {
    expect(delongVariance(given)).toBeCloseTo(variance, 12);
    const interval = aucInterval(given);
    expect(interval?.value).toBeCloseTo(expected.value, 12);
    expect(interval?.low).toBeCloseTo(expected.low, 10);
    expect(interval?.high).toBeCloseTo(expected.high, 10);
  });

  test.each([2, 4, 1e6])('has the variance of the pairwise definition at %d levels', (levels) => {
    const random = seededRandom(levels);
    const draw = (count: number, shift: number): number[] =>
      Array.from({ length: count }, () => Math.fround(Math.floor((random() + shift) * levels) / levels));
    const positives = draw(60, 0.3);
    const negatives = draw(140, 0);
    expect(delongVariance(outputs(positives, negatives))).toBeCloseTo(pairwiseVariance(positives, negatives), 12);
  });

  test('ends where k of k won pairs end, for perfect separation: 0.025^(1/k)', () => {
    const ten = Array.from({ length: 10 }, (_, i) => 1 + i);
    const perfect = aucInterval(
      outputs(
        ten,
        ten.map((score) => -score),
      ),
    );
    // Clopper and Pearson's lower bound for 10 of 10, as in their table: 0.6915.
    expect(perfect).toEqual({ value: 1, low: expect.closeTo(0.6915, 4), high: 1 });
    expect(aucInterval(outputs([1], [0, -1]))).toEqual({ value: 1, low: 0.025, high: 1 });
    expect(aucInterval(outputs([0, 0], [1, 1, 1]))?.high).toBeCloseTo(1 - Math.sqrt(0.025), 12);
  });

  test('falls back to Hanley and McNeil with a single positive, and if everything ties', () => {
    // Their equation 1 at AUC 0.75 with 1 positive and 4 negatives, by hand: variance 0.107142857.
    const single = aucInterval(outputs([0.5], [0.1, 0.2, 0.3, 0.9]));
    expect(single?.low).toBeCloseTo(0.08923745, 7);
    expect(single?.high).toBeCloseTo(0.98923046, 7);
    const tied = aucInterval(outputs([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]));
    expect(tied?.value).toBe(0.5);
    expect((tied?.high ?? 0) - (tied?.low ?? 0)).toBeGreaterThan(0.4);
  });

  test('is null without a positive or a negative', () => {
    expect(aucInterval(outputs([], [1, 2]))).toBeNull();
    expect(aucInterval(outputs([1, 2], []))).toBeNull();
  });

  test('ranks the outputs instead of comparing every pair', () => {
    const random = seededRandom(1);
    const reads = (count: number): number => {
      const draw = (shift: number): number[] => Array.from({ length: count / 2 }, () => random() + shift);
      const { scores, truth } = outputs(draw(0.2), draw(0));
      const counted = countReads(scores);
      aucInterval({ scores: counted.array, truth });
      return counted.reads;
    };
    const ofOne = reads(1000);
    expect(ofOne).toBeGreaterThan(1000);
    // Sorting four times as many takes 4 · log(4000) / log(1000) = 4.8 times the reads; pairs would take 16 times.
    expect(reads(4000) / ofOne).toBeLessThan(6);
  });
});

/** The same array, which counts how often one of its values is read. */
function countReads(values: Float32Array) {
  const counted = { reads: 0, array: values };
  counted.array = new Proxy(values, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) counted.reads++;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return counted;
}
