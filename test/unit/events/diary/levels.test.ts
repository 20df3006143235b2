import { expect, it } from 'vitest';
import { levelSummary } from '../../../../src/events/diary/levels';

it('adds powers, not decibels, for the level of a stretch', () => {
  const span = { startMs: 0, meanDb: 0 };
  // The mean of 1 and 0.01 in power, heard equally long, is 0.505.
  const summary = levelSummary([
    { ...span, laeqDb: 0, minimumDb: -3, maximumDb: 0, heardSeconds: 10 },
    { ...span, laeqDb: -20, minimumDb: -25, maximumDb: -18, heardSeconds: 10 },
  ]);
  expect(summary?.laeqDb).toBeCloseTo(-2.967, 3);
  expect(summary).toMatchObject({ minimumDb: -25, maximumDb: 0, heardSeconds: 20 });
  expect(levelSummary([])).toBeUndefined();
});
