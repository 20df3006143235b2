import { describe, expect, it } from 'vitest';
import { Resampler, resample } from '../../../src/dsp/resampler';
import { seededRandom } from '../../../src/shared/lib/math/random';
import { whiteNoise } from '../support/random';
import { sine } from '../support/wav';

/** From and to, in Hz: common rates, one that shares no divisor with its partner, and the ends of the range. */
const rates: [number, number][] = [
  [48_000, 32_000],
  [44_100, 32_000],
  [44_101, 32_000],
  [11_025, 32_000],
  [16_000, 48_000],
  [192_000, 32_000],
  [384_000, 256_000],
  [500_000, 2000],
  [2000, 32_000],
];

const decibels = (amplitude: number): number => 20 * Math.log10(amplitude);

/** Largest amplitude where the filter sees no end of the sound: 60 samples of the lower rate from each. */
function peakWithin(samples: Float32Array, fromHz: number, toHz: number): number {
  const edge = Math.ceil((60 * toHz) / Math.min(fromHz, toHz));
  return samples.subarray(edge, samples.length - edge).reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);
}

/** Long enough for 1000 samples of the lower rate. */
const secondsFor = (fromHz: number, toHz: number): number => 1000 / Math.min(fromHz, toHz);

function tone(hz: number, seconds: number, rateHz: number): Float32Array {
  return sine(hz, 1, Math.round(seconds * rateHz), rateHz);
}

describe.each(rates)('from %i to %i Hz', (fromHz, toHz) => {
  const nyquistHz = Math.min(fromHz, toHz) / 2;
  const seconds = secondsFor(fromHz, toHz);

  it.each([0.01, 0.1, 0.37, 0.5, 0.73, 0.85, 0.9])('a tone at %f of Nyquist is the same tone', async (share) => {
    const hz = share * nyquistHz;
    const output = await resample(tone(hz, seconds, fromHz), fromHz, toHz);
    const expected = tone(hz, seconds, toHz);
    expect(Math.abs(output.length - expected.length)).toBeLessThanOrEqual(1);
    // Level and phase, and with them what folded back or appeared as an image: all of it is in the difference.
    const difference = output.map((x, i) => x - (expected[i] ?? x));
    expect(decibels(peakWithin(difference, fromHz, toHz))).toBeLessThan(-80);
  });

  if (fromHz > toHz) {
    it('nothing above Nyquist aliases', async () => {
      const highestHz = 0.999 * (fromHz / 2);
      for (let i = 0; i < 12; i++) {
        const hz = nyquistHz + (i / 11) * (highestHz - nyquistHz);
        const output = await resample(tone(hz, seconds, fromHz), fromHz, toHz);
        expect(decibels(peakWithin(output, fromHz, toHz)), `a tone of ${hz} Hz`).toBeLessThan(-80);
      }
    });
  }

  it('a stream in chunks of any length equals the whole', async () => {
    const samples = whiteNoise(Math.round(seconds * fromHz), 7);
    const random = seededRandom(3);
    const resampler = new Resampler(fromHz, toHz);
    const pieces: number[] = [];
    for (let start = 0; start < samples.length; ) {
      const length = Math.floor(random() ** 4 * samples.length);
      pieces.push(...resampler.push(samples.subarray(start, start + length)));
      start += length;
    }
    pieces.push(...resampler.end());
    expect(Float32Array.from(pieces)).toEqual(await resample(samples, fromHz, toHz));
  });

  it('a constant stays constant', async () => {
    const output = await resample(new Float32Array(Math.round(seconds * fromHz)).fill(0.5), fromHz, toHz);
    expect(
      peakWithin(
        output.map((x) => x - 0.5),
        fromHz,
        toHz,
      ),
    ).toBeLessThan(1e-6);
  });
});

it('a sweep through the pass band keeps its level within 0.1 dB, and its time', async () => {
  const [fromHz, toHz, seconds] = [44_100, 32_000, 1];
  /** A chirp from 100 Hz to 0.9 of Nyquist: its phase is the integral of its frequency. */
  const sweep = (rateHz: number) =>
    Float32Array.from({ length: seconds * rateHz }, (_, i) => {
      const t = i / rateHz;
      return Math.sin(2 * Math.PI * (100 * t + ((14_400 - 100) / (2 * seconds)) * t * t));
    });
  const output = await resample(sweep(fromHz), fromHz, toHz);
  const expected = sweep(toHz);
  expect(output).toHaveLength(expected.length);
  const difference = output.map((x, i) => x - (expected[i] as number));
  // 0.1 dB are 1.15 %.
  expect(peakWithin(difference, fromHz, toHz)).toBeLessThan(0.0115);
});

it('an impulse stays where it was, even at the ends', async () => {
  for (const at of [0, 0.5, 1]) {
    const samples = new Float32Array(4801);
    samples[at * 4800] = 1;
    const output = await resample(samples, 48_000, 32_000);
    expect(output.indexOf(Math.max(...output))).toBe(at * 3200);
  }
});

it('a recording of nothing stays nothing, and one at the right rate is not copied', async () => {
  expect(await resample(new Float32Array(0), 48_000, 32_000)).toHaveLength(0);
  const samples = new Float32Array(8);
  expect(await resample(samples, 32_000, 32_000)).toBe(samples);
});

it.each([1999, 500_001, 44_100.5, Number.NaN, 0])('refuses a rate of %d Hz', (rateHz) => {
  expect(() => new Resampler(rateHz, 32_000)).toThrow(RangeError);
  expect(() => new Resampler(32_000, rateHz)).toThrow(RangeError);
});
