import { describe, expect, test } from 'vitest';
import type { ScoredOutputs } from '../../../src/metrics/predictions';
import { aucInterval } from '../../../src/metrics/roc/auc-interval';
import { macroAucDifference, macroAucInterval } from '../../../src/metrics/roc/macro-auc-interval';
import { macroRoc } from '../../../src/metrics/roc/macro-roc';
import { rocAuc } from '../../../src/metrics/roc/roc-auc';
import { seededRandom } from '../support/random';

function outputs(scores: readonly number[], truth: readonly number[]): ScoredOutputs {
  return { scores: Float32Array.from(scores), truth: Uint8Array.from(truth) };
}

/** `labels` labels over the same clips, told apart by `strength`; a clip's own difficulty is shared by its labels. */
function sample(random: () => number, labels: number, clips: number, strength: number): ScoredOutputs[] {
  const owner = Array.from({ length: clips }, () => Math.floor(random() * labels));
  const difficulty = owner.map(() => random());
  return Array.from({ length: labels }, (_, label) =>
    outputs(
      owner.map((own, clip) => (own === label ? strength * (difficulty[clip] as number) : 0) + random()),
      owner.map((own) => (own === label ? 1 : 0)),
    ),
  );
}

const width = (interval: { low: number; high: number } | null): number =>
  interval === null ? Number.NaN : interval.high - interval.low;

describe('macro AUC interval', { timeout: 30_000 }, () => {
  test('is DeLong’s for one label', () => {
    const label = outputs([0.9, 0.8, 0.8, 0.4, 0.7, 0.8, 0.3, 0.1, 0.5, 0.4, 0.2], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    const own = macroAucInterval([label]);
    const expected = aucInterval(label);
    expect(own?.value).toBeCloseTo(expected?.value ?? 0, 12);
    expect(own?.low).toBeCloseTo(expected?.low ?? 0, 12);
    expect(own?.high).toBeCloseTo(expected?.high ?? 0, 12);
  });

  test('does not shrink if a label is counted twice, but does if two are independent', () => {
    const random = seededRandom(1);
    const [one] = sample(random, 2, 200, 1) as [ScoredOutputs];
    const [other] = sample(random, 2, 200, 1) as [ScoredOutputs];
    expect(width(macroAucInterval([one, one]))).toBeCloseTo(width(macroAucInterval([one])), 12);
    expect(width(macroAucInterval([one, other]))).toBeLessThan(0.85 * width(macroAucInterval([one])));
  });

  test('holds the true macro AUC in about 95 % of samples', () => {
    const truth = macroAucInterval(sample(seededRandom(2), 5, 20_000, 1.2))?.value ?? 0;
    let held = 0;
    for (let seed = 0; seed < 300; seed++) {
      const interval = macroAucInterval(sample(seededRandom(100 + seed), 5, 150, 1.2));
      if (interval !== null && interval.low <= truth && truth <= interval.high) held++;
    }
    expect(held / 300).toBeGreaterThan(0.91);
    expect(held / 300).toBeLessThan(0.99);
  });

  test('leaves out labels that have no positive or no negative', () => {
    const label = outputs([0.9, 0.2, 0.6], [1, 0, 0]);
    const absent = outputs([0.1, 0.2, 0.3], [0, 0, 0]);
    expect(macroAucInterval([label, absent])).toEqual(macroAucInterval([label]));
    expect(macroAucInterval([absent])).toBeNull();
    expect(macroAucInterval([])).toBeNull();
  });
});

describe('difference of macro AUCs', () => {
  test('is zero against itself, with zero width', () => {
    const labels = sample(seededRandom(3), 3, 60, 1);
    expect(macroAucDifference(labels, labels)).toEqual({ value: 0, low: 0, high: 0 });
  });

  test('is that of the means, and narrower than for taggers that err elsewhere', () => {
    const ours = sample(seededRandom(4), 3, 200, 1);
    const random = seededRandom(5);
    const shaken = ours.map(({ scores, truth }) => ({ scores: scores.map((s) => s + 0.1 * random()), truth }));
    const unrelated = ours.map(({ scores, truth }) => ({
      scores: scores.map((_, clip) => 0.6 * (truth[clip] as number) + random()),
      truth,
    }));
    const mean = (labels: readonly ScoredOutputs[]): number =>
      labels.reduce((sum, label) => sum + (rocAuc(label) ?? 0), 0) / labels.length;
    const near = macroAucDifference(ours, shaken);
    expect(near?.value).toBeCloseTo(mean(ours) - mean(shaken), 12);
    expect(width(near)).toBeLessThan(width(macroAucDifference(ours, unrelated)) / 2);
  });
});

describe('macro ROC', () => {
  test('is the mean of the curves at each false-positive rate', () => {
    // The first is perfect; the second finds half of its positives before, half after its first negative.
    const first = outputs([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0]);
    const second = outputs([0.9, 0.2, 0.5, 0.1], [1, 1, 0, 0]);
    expect(macroRoc([first, second], 4)).toEqual([0.75, 0.75, 1, 1, 1]);
    expect(macroRoc([outputs([0.5], [1])], 4)).toEqual([]);
  });
});
