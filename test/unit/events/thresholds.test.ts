import { expect, it } from 'vitest';
import { defaultThresholds, eventThresholds, modelThresholds } from '../../../src/events/thresholds';
import { defaultEventRules } from '../../../src/shared/contracts/diary/event-rules';

const model = { default: [0.4, 0.3, null], precision95: [0.8, 0.9, null] };
const labels = ['dog', 'rain', 'cow', 'doorbell'];
const proof = { labels: [{ id: 'doorbell', threshold: 0.6 }] } as never;

it('thresholds are the head’s, the model’s, or one half', () => {
  expect(defaultThresholds({ labels, model, proof })).toEqual([0.4, 0.3, 0.5, 0.6]);
  expect(defaultThresholds({ labels, model: undefined })).toEqual([0.5, 0.5, 0.5, 0.5]);
});

it('an event may begin below a threshold of the model, but not below one that a person chose or a head proved', () => {
  const rules = { ...defaultEventRules, labels: { rain: { threshold: 0.3 } } };
  const steeps = eventThresholds({ labels, model, proof }, rules).map(({ steep }) => steep);
  // Odds of 2 to 3 become odds of 1 to 2.
  expect(steeps).toEqual([expect.closeTo(1 / 3, 9), undefined, undefined, undefined]);
});

it('a high threshold is not taken far down: 0.99 is a hundred to one, and 0.9 only nine to one', () => {
  expect(modelThresholds(0.99).steep).toBeGreaterThan(0.98);
});

it('the person’s thresholds replace them, and an ignored label never turns on', () => {
  const rules = { ...defaultEventRules, labels: { dog: { threshold: 0.8 }, rain: { ignored: true } } };
  const [dog, rain, cow] = eventThresholds({ labels, model, proof }, rules);
  expect(dog).toEqual({ on: 0.8, off: 0.4 });
  expect(rain?.on).toBe(Number.POSITIVE_INFINITY);
  expect(cow).toEqual({ on: 0.5, off: 0.25 });
});
