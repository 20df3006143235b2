import { describe, expect, it } from 'vitest';
import {
  ATTACK_MS,
  type MeterMotion,
  moveMeter,
  PEAK_FALL_PER_SECOND,
  PEAK_HOLD_MS,
  peakFall,
  RELEASE_MS,
  restingMotion,
  smoothLevel,
  smoothTowards,
} from '../../../../src/ui/listen/meters/meter-motion';

function run(motion: MeterMotion, probability: number, totalMs: number, stepMs: number): boolean {
  let moving = true;
  for (let ms = 0; ms < totalMs; ms += stepMs) moving = moveMeter(motion, probability, stepMs);
  return moving;
}

describe('smoothTowards', () => {
  it('leaves 1/e of the distance after one time constant', () => {
    expect(smoothTowards(0, 1, 100, 100)).toBeCloseTo(1 - 1 / Math.E, 12);
    expect(smoothTowards(1, 0.2, 50, 50)).toBeCloseTo(0.2 + 0.8 / Math.E, 12);
  });

  it('leaves half after a half-life', () => {
    expect(smoothTowards(0.4, 0.8, 300 * Math.LN2, 300)).toBeCloseTo(0.6, 12);
  });

  it('does not depend on the frame rate', () => {
    let level = 0.1;
    for (let frame = 0; frame < 10; frame++) level = smoothTowards(level, 0.9, 24, 70);
    expect(level).toBeCloseTo(smoothTowards(0.1, 0.9, 240, 70), 12);
  });
});

describe('smoothLevel', () => {
  it('rises with the attack and falls with the release', () => {
    expect(smoothLevel(0, 1, ATTACK_MS)).toBeCloseTo(1 - Math.exp(-1), 12);
    expect(smoothLevel(1, 0, RELEASE_MS)).toBeCloseTo(Math.exp(-1), 12);
    expect(ATTACK_MS).toBeLessThan(RELEASE_MS);
  });

  it('reaches its target instead of approaching it for ever', () => {
    expect(smoothLevel(0.5004, 0.5, 16)).toBe(0.5);
    expect(smoothLevel(0, 1, 20 * ATTACK_MS)).toBe(1);
  });
});

describe('peakFall', () => {
  it('is zero during the hold and linear after it', () => {
    expect(peakFall(0, PEAK_HOLD_MS)).toBe(0);
    expect(peakFall(PEAK_HOLD_MS, 1000)).toBeCloseTo(PEAK_FALL_PER_SECOND, 12);
  });

  it('counts the part of a frame that lies after the hold', () => {
    expect(peakFall(PEAK_HOLD_MS - 40, 100)).toBeCloseTo(0.06 * PEAK_FALL_PER_SECOND, 12);
  });
});

describe('moveMeter', () => {
  it('moves the peak mark to the probability at once, and the bar with the attack', () => {
    const motion = restingMotion();
    expect(moveMeter(motion, 0.8, ATTACK_MS)).toBe(true);
    expect(motion.peak).toBe(0.8);
    expect(motion.level).toBeCloseTo(0.8 * (1 - Math.exp(-1)), 12);
  });

  it('holds the peak mark, lets it fall evenly, and stops it at the bar', () => {
    const motion: MeterMotion = { level: 0.9, peak: 0.9, peakAgeMs: 0 };
    run(motion, 0.1, PEAK_HOLD_MS, 20);
    expect(motion.peak).toBe(0.9);
    run(motion, 0.1, 500, 20);
    expect(motion.peak).toBeCloseTo(0.9 - 0.5 * PEAK_FALL_PER_SECOND, 9);
    run(motion, 0.1, 3000, 20);
    expect(motion).toEqual({ level: 0.1, peak: 0.1, peakAgeMs: 0 });
  });

  it('looks the same at 20 and at 100 frames per second', () => {
    const slow: MeterMotion = { level: 0.9, peak: 0.9, peakAgeMs: 0 };
    const quick = { ...slow };
    run(slow, 0.05, 1800, 50);
    run(quick, 0.05, 1800, 10);
    expect(slow.level).toBeCloseTo(quick.level, 3);
    expect(slow.peak).toBeCloseTo(quick.peak, 9);
  });

  it('says when nothing moves any more', () => {
    const motion = restingMotion();
    expect(moveMeter(motion, 0, 16)).toBe(false);
    expect(run(motion, 0.6, 2000, 16)).toBe(false);
    expect(run(motion, 0, 800, 16)).toBe(true);
    expect(run(motion, 0, 5000, 16)).toBe(false);
    expect(motion).toEqual(restingMotion());
  });
});
