import { describe, expect, it } from 'vitest';
import { TagClock } from '../../../../src/tagger/live/tag-clock';

const HOP_SECONDS = 512 / 32_000;

/** Counts tags over `seconds` of hops; each tag keeps the thread busy for `busySeconds`. */
function tagsIn(clock: TagClock, seconds: number, busySeconds = 0): number {
  let tags = 0;
  let freeAt = 0;
  for (let now = HOP_SECONDS; now <= seconds; now += HOP_SECONDS) {
    if (now < freeAt || !clock.isDue(now)) continue;
    clock.tagged(now);
    freeAt = now + busySeconds;
    tags++;
  }
  return tags;
}

describe('TagClock', () => {
  it.each([1, 5, 8, 13, 20])('keeps %i tags per second although hops do not divide the period', (rate) => {
    const clock = new TagClock(rate);
    expect(Math.abs(tagsIn(clock, 60) - rate * 60)).toBeLessThanOrEqual(1);
    expect(clock.tagsPerSecond).toBeCloseTo(rate, 0);
  });

  it('tags less often when busy, and does not catch up afterwards', () => {
    const clock = new TagClock(8);
    expect(Math.abs(tagsIn(clock, 10, 0.5) - 20)).toBeLessThanOrEqual(1);
    let tags = 0;
    for (let now = 10.5; now < 11.5; now += HOP_SECONDS) {
      if (!clock.isDue(now)) continue;
      clock.tagged(now);
      tags++;
    }
    expect(tags).toBeLessThanOrEqual(9);
  });

  it('applies a new rate at once', () => {
    const clock = new TagClock(1);
    clock.tagged(5);
    expect(clock.isDue(5.1)).toBe(false);
    clock.setRate(20);
    expect(clock.isDue(5.1)).toBe(true);
  });

  it('has no rate before the second tag', () => {
    const clock = new TagClock(8);
    expect(clock.tagsPerSecond).toBe(0);
    clock.tagged(1);
    expect(clock.tagsPerSecond).toBe(0);
  });
});
