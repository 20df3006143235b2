import { describe, expect, it } from 'vitest';
import type { LevelSpan } from '../../../../src/shared/contracts/sound-event';
import { LevelMeter } from '../../../../src/tagger/diary/level-meter';

const RATE_HZ = 32_000;
const HOP = 500;
const spanMs = 10_000;

/** What a meter says about a sine of full scale, hop by hop from `fromMs` on. */
function levelsOf(frequencyHz: number, seconds: number, fromMs = 0, amplitude: (second: number) => number = () => 1) {
  const meter = new LevelMeter(RATE_HZ);
  for (let hop = 0; hop * HOP < seconds * RATE_HZ; hop++) {
    const samples = Float32Array.from({ length: HOP }, (_, i) => {
      const second = (hop * HOP + i) / RATE_HZ;
      return amplitude(second) * Math.sin(2 * Math.PI * frequencyHz * second);
    });
    meter.push(samples, fromMs + (1000 * (hop + 1) * HOP) / RATE_HZ);
  }
  return meter.take();
}

describe('LevelMeter', () => {
  // IEC 61672-1, table 3: the weighting in dB at these frequencies.
  it.each([
    [31.5, -39.4],
    [100, -19.1],
    [250, -8.6],
    [1000, 0],
    [2500, 1.3],
    [4000, 1],
    [8000, -1.1],
    [12_500, -4.3],
  ])('measures %d Hz %f dB(A) above its level', (frequencyHz, weightDb) => {
    const [{ meanDb, laeqDb }] = levelsOf(frequencyHz, 10) as [LevelSpan];
    // A sine of full scale.
    expect(meanDb).toBeCloseTo(-3.01, 1);
    expect(Math.abs(laeqDb - meanDb - weightDb)).toBeLessThan(frequencyHz > 5000 ? 0.8 : 0.25);
  });

  it('cuts spans at multiples of 10 s of the day, with minimum, mean and maximum of 125 ms', () => {
    // 7 s at full scale, then a tenth of it; the first span ends after 3 s.
    const [first, second, ...others] = levelsOf(1000, 13, 5 * spanMs - 3000, (at) => (at < 7 ? 1 : 0.1));
    expect(others).toEqual([]);
    expect(first).toMatchObject({ startMs: 4 * spanMs, heardSeconds: 3 });
    expect(second).toMatchObject({ startMs: 5 * spanMs, heardSeconds: 10 });
    expect(second?.maximumDb).toBeCloseTo(-3.01, 1);
    expect(second?.minimumDb).toBeCloseTo(-23.01, 1);
    expect(second?.meanDb).toBeCloseTo(-3.01 + 10 * Math.log10(0.4 + 0.6 * 0.01), 1);
  });

  it('gives each part of a span once', () => {
    const meter = new LevelMeter(RATE_HZ);
    const loud = new Float32Array(RATE_HZ).fill(0.5);
    meter.push(loud, 1000);
    expect(meter.take()).toMatchObject([{ startMs: 0, heardSeconds: 1 }]);
    expect(meter.take()).toEqual([]);
    meter.push(loud, 2000);
    expect(meter.take()).toMatchObject([{ startMs: 0, heardSeconds: 1 }]);
  });

  it('stays finite for silence and for a driver’s nonsense', () => {
    const meter = new LevelMeter(RATE_HZ);
    meter.push(new Float32Array(RATE_HZ), 1000);
    meter.push(new Float32Array(RATE_HZ).fill(Number.NaN), 2000);
    const [{ minimumDb, laeqDb }] = meter.take() as [LevelSpan];
    expect([minimumDb, laeqDb]).toEqual([-120, -120]);
  });
});
