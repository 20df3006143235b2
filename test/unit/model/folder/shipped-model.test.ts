import { expect, it } from 'vitest';
import { isForTraining, isOfOtherModel, SHIPPED_MODEL } from '../../../../src/shared/contracts/model/shipped-model';

it.each([
  [`models/${SHIPPED_MODEL}/weights.bin`, false],
  ['models/seed-2017-eighth/weights.bin', true],
  [`models/${SHIPPED_MODEL}-large/model.json`, true],
  // What the Models view shows of every model.
  ['models/index.json', false],
  ['models/seed-2017-eighth/CARD.md', false],
  ['assets/worker-Do45QPCu.js', false],
])('%s waits until its model is chosen: %s', (url, waits) => {
  expect(isOfOtherModel(url)).toBe(waits);
});

it.each([
  [`models/${SHIPPED_MODEL}/exemplars.bin`, true],
  [`models/${SHIPPED_MODEL}/exemplars.json`, true],
  [`models/${SHIPPED_MODEL}/weights.bin`, false],
  ['models/seed-2017-eighth/exemplars.bin', false],
])('%s waits until somebody trains, or until the second start: %s', (url, waits) => {
  expect(isForTraining(url)).toBe(waits);
});
