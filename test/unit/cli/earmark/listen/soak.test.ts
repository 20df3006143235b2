import { join } from 'node:path';
import { expect, it } from 'vitest';
import { soakListen } from '../../../../../bench/listen/soak-run';

it('a source that is cut off is opened again soon, its events are those of earmark tag, and memory stays', async () => {
  const cuts = 6;
  const result = await soakListen({
    modelFolder: join(import.meta.dirname, '../../../../../public/models/earmark-52'),
    hours: 0.1,
    cuts,
    threshold: 0.05,
    seed: 7,
    onStep: () => undefined,
  });
  expect(result.stretches).toBe(cuts + 1);
  expect(result.worstReconnectSeconds).toBeLessThanOrEqual(5);
  expect(result.events).toBeGreaterThan(20);
  expect(result.taggedEvents).toBe(result.events);
  expect(result.different).toBe(0);
  expect(result.lostSeconds).toBeGreaterThan(10);
  expect(Math.abs(result.toldLostSeconds - result.lostSeconds)).toBeLessThan(0.2 * cuts);
  expect(result.lateMegabytes).toBeLessThan(result.earlyMegabytes + 10);
  expect(result.lateTensors).toBe(result.earlyTensors);
}, 300_000);
