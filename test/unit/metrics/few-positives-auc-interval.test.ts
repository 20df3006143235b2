import { describe, expect, test } from 'vitest';
import type { ScoredOutputs } from '../../../src/metrics/predictions';
import { fewPositivesAucInterval } from '../../../src/metrics/roc/few-positives-auc-interval';
import { seededRandom } from '../support/random';

function outputs(positives: readonly number[], negatives: readonly number[]): ScoredOutputs {
  return {
    scores: Float32Array.from([...positives, ...negatives]),
    truth: Uint8Array.from([...positives.map(() => 1), ...negatives.map(() => 0)]),
  };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('AUC interval of few positives', () => {
  test('is Wilson’s of one trial won, of one positive and one negative: from 1 / (1 + 1.96²)', () => {
    const single = fewPositivesAucInterval(outputs([1], [0]));
    expect(single).toEqual({ value: 1, low: expect.closeTo(1 / (1 + 1.959963984540054 ** 2), 10), high: 1 });
    expect(fewPositivesAucInterval(outputs([0], [1]))).toMatchObject({ value: 0, low: 0 });
  });

  // Found in Python by looking at two million true AUCs, one after the other.
  test.each([
    { positives: 8, negatives: 56, lost: 0, low: 0.81331, high: 1 },
    { positives: 8, negatives: 56, lost: 3, low: 0.803272, high: 0.999826 },
    { positives: 5, negatives: 20, lost: 0, low: 0.725485, high: 1 },
    { positives: 2, negatives: 10, lost: 0, low: 0.538312, high: 1 },
  ])('holds every AUC that explains $lost lost pairs of $positives × $negatives', (given) => {
    // The lowest positive lies below as many negatives as there are lost pairs.
    const negatives = range(given.negatives);
    const positives = range(given.positives).map((i) => (i === 0 ? given.negatives - given.lost - 0.5 : 1000 + i));
    const interval = fewPositivesAucInterval(outputs(positives, negatives));
    expect(interval?.value).toBeCloseTo(1 - given.lost / (given.positives * given.negatives), 12);
    expect(interval?.low).toBeCloseTo(given.low, 5);
    expect(interval?.high).toBeCloseTo(given.high, 5);
  });

  test('is never lower for a better result with as many clips', () => {
    const lows = range(57).map((lost) => {
      const positives = range(8).map((i) => (i === 0 ? lost - 0.5 : 1000 + i));
      return fewPositivesAucInterval(outputs(positives, range(56)))?.low ?? Number.NaN;
    });
    for (const [i, low] of lows.entries()) expect(low).toBeGreaterThan(i === 0 ? 0.5 : (lows[i - 1] as number));
  });

  test.each([
    { positives: 5, negatives: 11 },
    { positives: 5, negatives: 55 },
    { positives: 8, negatives: 56 },
    { positives: 30, negatives: 60 },
  ])('holds the true AUC in about 95 % of samples of $positives and $negatives clips', ({ positives, negatives }) => {
    const random = seededRandom(positives + negatives);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const samples = 600;
    // The AUC is Φ(shift / √(1 + spread²)); 1.2816, 1.8808 and 2.3263 are the quantiles of 0.9, 0.97 and 0.99.
    for (const [auc, quantile] of [
      [0.9, 1.281551566],
      [0.97, 1.880793608],
      [0.99, 2.326347874],
    ] as const) {
      for (const spread of [0.5, 1, 2]) {
        const shift = quantile * Math.sqrt(1 + spread ** 2);
        const held = range(samples).filter(() => {
          const own = range(positives).map(() => shift + spread * normal());
          const interval = fewPositivesAucInterval(outputs(own, range(negatives).map(normal)));
          return interval !== null && interval.low <= auc && auc <= interval.high;
        });
        expect(held.length / samples, `AUC ${auc}, spread ${spread}`).toBeGreaterThan(0.9);
      }
    }
  });

  test('is null without a positive or a negative', () => {
    expect(fewPositivesAucInterval(outputs([], [1, 2]))).toBeNull();
    expect(fewPositivesAucInterval(outputs([1, 2], []))).toBeNull();
  });
});
