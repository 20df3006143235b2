import { expect, it } from 'vitest';
import { WallClock } from '../../../../src/tagger/diary/wall-clock';

const HOUR_MS = 3_600_000;

/** A clock that has listened since the epoch, a hop a second; the device's clock is off by `offMs(second)`. */
function listened(seconds: number, offMs: (second: number) => number): number[] {
  const clock = new WallClock();
  return Array.from({ length: seconds }, (_, second) => {
    clock.arrive(second, 1000 * second + offMs(second));
    return clock.msAt(second);
  });
}

const isAscending = (times: readonly number[]): boolean =>
  times.every((time, i) => i === 0 || time > (times[i - 1] as number));

it('goes on as the sound does while the device’s clock is set back, by an hour too', () => {
  const times = listened(100, (second) => (second < 50 ? 0 : -HOUR_MS));
  expect(times).toEqual(Array.from({ length: 100 }, (_, second) => 1000 * second));
});

it('follows a clock that is set forward, and a device that slept, and never goes back', () => {
  const times = listened(100, (second) => (second < 50 ? 0 : second < 70 ? HOUR_MS : 0));
  expect(times[49]).toBe(49_000);
  expect(times[50]).toBe(50_000 + HOUR_MS);
  expect(times[99]).toBe(99_000 + HOUR_MS);
  expect(isAscending(times)).toBe(true);
});

it('is not moved by sound that comes late', () => {
  expect(listened(10, (second) => (second === 5 ? 4000 : 0))).toEqual(listened(10, () => 0));
});
