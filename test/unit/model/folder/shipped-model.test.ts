import { expect, it } from 'vitest';
import { isOfOtherModel, SHIPPED_MODEL } from '../../../../src/shared/contracts/model/shipped-model';

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
