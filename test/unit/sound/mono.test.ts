import { describe, expect, it } from 'vitest';
import { MonoReader, readWholeMono } from '../../../src/sound/mono';
import { openSound } from '../../../src/sound/open-sound';
import { bytesSource } from '../support/byte-source';
import { whiteNoise } from '../support/random';
import { amplitudeAt } from '../support/tone';
import { encodeWav, sine } from '../support/wav';

const RATE_HZ = 32_000;
const tone = sine(1000, 0.5, 2 * RATE_HZ, RATE_HZ);
const silence = new Float32Array(tone.length);
const opposite = tone.map((sample) => -sample);

async function mono(channels: Float32Array[], rateHz = RATE_HZ) {
  const sound = await openSound(bytesSource(encodeWav(channels, RATE_HZ, 'f32')));
  const reader = new MonoReader(sound, rateHz);
  return { samples: await readWholeMono(reader), facts: reader.facts };
}

describe('channels', () => {
  it('are mixed to their mean', async () => {
    const other = sine(3000, 0.5, tone.length, RATE_HZ);
    const { samples, facts } = await mono([tone, other]);
    expect(facts).toEqual({});
    expect(amplitudeAt(samples, 1000, RATE_HZ)).toBeCloseTo(0.25, 3);
    expect(amplitudeAt(samples, 3000, RATE_HZ)).toBeCloseTo(0.25, 3);
  });

  it('that cancel give the first of the loudest, from the first sample to the last', async () => {
    const { samples, facts } = await mono([tone, opposite]);
    expect(facts).toEqual({ channel: { number: 1, reason: 'cancels' } });
    expect(samples).toEqual(tone);
  });

  it('of which one is dead give the other', async () => {
    const { samples, facts } = await mono([silence, tone]);
    expect(facts).toEqual({ channel: { number: 2, reason: 'others-silent' } });
    expect(samples).toEqual(tone);
  });

  it('of unrelated noise keep their mean', async () => {
    const [left, right] = [whiteNoise(RATE_HZ, 1), whiteNoise(RATE_HZ, 2)];
    const { samples, facts } = await mono([left, right]);
    expect(facts).toEqual({});
    expect(samples[1000]).toBeCloseTo(((left[1000] as number) + (right[1000] as number)) / 2, 6);
  });

  it('that cancel only later are switched without a click', async () => {
    const half = tone.length / 2;
    const right = tone.map((sample, i) => (i < half ? sample : -10 * sample));
    const left = tone.map((sample, i) => (i < half ? sample : 10 * sample));
    const scaled = [left, right].map((channel) => channel.map((sample) => sample / 10));
    const { samples } = await mono(scaled);
    expect(amplitudeAt(samples.subarray(0, half / 2), 1000, RATE_HZ)).toBeCloseTo(0.05, 3);
    expect(amplitudeAt(samples.subarray(half + half / 2), 1000, RATE_HZ)).toBeCloseTo(0.5, 3);
    // The steepest step of a tone of 1 kHz is a fifth of its amplitude.
    for (let i = 1; i < samples.length; i++) {
      expect(Math.abs((samples[i] as number) - (samples[i - 1] as number))).toBeLessThan(0.11);
    }
  });
});

describe('levels', () => {
  it('beyond full scale are scaled, and stay a sine', async () => {
    const { samples, facts } = await mono([sine(1000, 8, RATE_HZ, RATE_HZ)]);
    expect(facts.beyondFullScale).toBeCloseTo(8, 3);
    expect(amplitudeAt(samples, 1000, RATE_HZ)).toBeCloseTo(1, 3);
    expect(amplitudeAt(samples, 3000, RATE_HZ)).toBeLessThan(1e-3);
  });

  it('that rise later are lowered from there on, without clipping more than the ramp', async () => {
    const loud = tone.map((sample, i) => (i < RATE_HZ ? sample : 4 * sample));
    const { samples, facts } = await mono([loud]);
    expect(facts.beyondFullScale).toBeCloseTo(2, 3);
    expect(amplitudeAt(samples.subarray(0, RATE_HZ), 1000, RATE_HZ)).toBeCloseTo(0.5, 3);
    expect(amplitudeAt(samples.subarray(RATE_HZ + RATE_HZ / 10), 1000, RATE_HZ)).toBeCloseTo(1, 3);
    expect(Math.max(...samples)).toBeLessThanOrEqual(1);
  });

  it('that are not finite are 0', async () => {
    const broken = tone.slice();
    broken.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 100);
    const { samples } = await mono([broken, broken]);
    expect([...samples.subarray(100, 103)]).toEqual([0, 0, 0]);
    expect(samples[103]).toBe(tone[103]);
  });
});

it('a whole sound lasts as long at another rate', async () => {
  const { samples } = await mono([tone], 22_050);
  expect(samples.length).toBe(44_100);
  expect(amplitudeAt(samples, 1000, 22_050)).toBeCloseTo(0.5, 3);
});
