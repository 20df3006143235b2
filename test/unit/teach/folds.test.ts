import { describe, expect, test } from 'vitest';
import { foldCount, labelCounts, stratifiedFolds } from '../../../src/teach/folds';
import { seededRandom } from '../support/random';

const equal = (folds: number): number[] => Array.from({ length: folds }, () => 1);

/** How many clips of a label each fold has. */
function perFold(clips: readonly (readonly string[])[], folds: Uint8Array, count: number, label?: string): number[] {
  return Array.from(
    { length: count },
    (_, fold) => clips.filter((labels, i) => folds[i] === fold && (!label || labels.includes(label))).length,
  );
}

describe('the number of folds', () => {
  test.each([
    { counts: [10, 30], folds: 5 },
    { counts: [3, 30], folds: 3 },
    { counts: [2], folds: 2 },
    { counts: [1, 8], folds: 5 },
    { counts: [1, 1], folds: 0 },
    { counts: [], folds: 0 },
  ])('is $folds for labels of $counts clips', ({ counts, folds }) => {
    expect(foldCount(counts)).toBe(folds);
  });

  test('counts a label once per clip', () => {
    expect(labelCounts([{ labels: ['a', 'a', 'b'] }, { labels: [] }, { labels: ['a'] }])).toEqual(
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    );
  });
});

describe('stratified folds', () => {
  test('give every fold the same number of every label, and of clips without one', () => {
    const clips = [
      ...Array.from({ length: 50 }, () => ['common']),
      ...Array.from({ length: 5 }, () => ['rare']),
      ...Array.from({ length: 10 }, () => []),
    ];
    const folds = stratifiedFolds(clips, equal(5), 1);
    expect(perFold(clips, folds, 5, 'common')).toEqual([10, 10, 10, 10, 10]);
    expect(perFold(clips, folds, 5, 'rare')).toEqual([1, 1, 1, 1, 1]);
    expect(perFold(clips, folds, 5)).toEqual([13, 13, 13, 13, 13]);
  });

  test('also balance labels that sound together', () => {
    const random = seededRandom(4);
    const clips = Array.from({ length: 200 }, () => ['a', 'b', 'c', 'd'].filter(() => random() < 0.3));
    const folds = stratifiedFolds(clips, equal(5), 1);
    for (const label of ['a', 'b', 'c', 'd']) {
      const counts = perFold(clips, folds, 5, label);
      expect(Math.max(...counts) - Math.min(...counts), label).toBeLessThanOrEqual(3);
    }
  });

  test('follow the shares', () => {
    const clips = Array.from({ length: 20 }, (_, i) => [i < 10 ? 'a' : 'b']);
    const folds = stratifiedFolds(clips, [4, 1], 1);
    expect(perFold(clips, folds, 2, 'a')).toEqual([8, 2]);
    expect(perFold(clips, folds, 2, 'b')).toEqual([8, 2]);
  });

  test('put a label’s only clip into the larger part', () => {
    expect([...stratifiedFolds([['a'], ['b'], ['c']], [4, 1], 1)]).toEqual([0, 0, 0]);
  });

  test('are the same for the same seed, and different for another one', () => {
    const clips = Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? 'a' : 'b']);
    const folds = stratifiedFolds(clips, equal(5), 7);
    expect(stratifiedFolds(clips, equal(5), 7)).toEqual(folds);
    expect(stratifiedFolds(clips, equal(5), 8)).not.toEqual(folds);
  });
});
