import { beforeAll, expect, it } from 'vitest';
import type { TrainingProgress } from '../../../../src/shared/contracts/model/head';
import { loadAllTexts } from '../../../../src/ui/messages/messages';
import { lossChart } from '../../../../src/ui/teach/loss-chart';

beforeAll(loadAllTexts);

/** An epoch of a round; the head itself, trained on all clips, keeps none aside. */
function epochOf(part: number, epoch: number, loss: number, validationLoss: number | null): TrainingProgress {
  return { part, parts: 3, stage: part === 2 ? 'head' : 'proof', epoch, epochs: 4, loss, validationLoss };
}

const twoRounds = [
  epochOf(0, 1, 0.9, 0.95),
  epochOf(0, 2, 0.6, 0.7),
  epochOf(0, 3, 0.4, 0.8),
  epochOf(1, 1, 0.8, 0.85),
  epochOf(1, 2, 0.5, 0.6),
];

it('draws each round as a separate line from its first epoch, the newest with its held-out loss', () => {
  const { x, lines } = lossChart(twoRounds);
  expect(x).toEqual([1, 2, 3]);
  expect(lines.map(({ look, values }) => [look, values])).toEqual([
    ['reference', [0.9, 0.6, 0.4]],
    ['measured', [0.8, 0.5, null]],
    ['second', [0.85, 0.6, null]],
  ]);
});

it('draws the head itself last, which holds nothing out', () => {
  const { lines } = lossChart([...twoRounds, epochOf(2, 1, 0.7, null)]);
  expect(lines.map(({ look, values }) => [look, values])).toEqual([
    ['reference', [0.9, 0.6, 0.4]],
    ['reference', [0.8, 0.5, null]],
    ['measured', [0.7, null, null]],
    ['second', [null, null, null]],
  ]);
  // Lines of one name would be taken for the same one when the next is added.
  expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length);
});
