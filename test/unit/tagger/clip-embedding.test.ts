import { describe, expect, it } from 'vitest';
import { logMelColumns } from '../../../src/dsp/log-mel';
import { soundingPositions } from '../../../src/dsp/sounding-positions';
import { windowSamples } from '../../../src/shared/contracts/model/feature-spec';
import { embedClip } from '../../../src/tagger/clip-embedding';
import { exampleSpec } from '../../support/feature-spec';
import { largestDifference } from '../support/arrays';
import { startShipped } from '../support/model';
import { whiteNoise } from '../support/random';

const { frames, hopSamples, sampleRateHz } = exampleSpec;

/** Five seconds of silence with half a second of noise in it. */
function event(startSeconds: number, amplitude = 0.5): Float32Array {
  const samples = new Float32Array(5 * sampleRateHz);
  const noise = whiteNoise(sampleRateHz / 2, 1).map((value) => amplitude * value);
  samples.set(noise, startSeconds * sampleRateHz);
  return samples;
}

describe('sounding positions', () => {
  it('are the windows that hold the event', () => {
    const positions = soundingPositions(logMelColumns(event(3), exampleSpec), exampleSpec, 8, 100);
    // The event's columns, first to last, by its samples.
    const first = Math.floor((3 * sampleRateHz) / hopSamples);
    const last = Math.ceil((3.5 * sampleRateHz) / hopSamples);
    for (const position of positions) {
      expect(8 * position + frames).toBeGreaterThan(first - 3);
      expect(8 * position).toBeLessThan(last);
    }
    expect(positions.length).toBeGreaterThan(10);
    const next = Math.min(...positions) - 2;
    expect(8 * next + frames).toBeLessThan(first + 8);
  });

  it('are all windows of a steady sound or silence, evenly spaced if there are too many', () => {
    const noise = logMelColumns(whiteNoise(5 * sampleRateHz, 2), exampleSpec);
    const silence = logMelColumns(new Float32Array(5 * sampleRateHz), exampleSpec);
    const count = Math.floor((noise.length / exampleSpec.melBands - frames) / 8) + 1;
    for (const columns of [noise, silence]) {
      expect(soundingPositions(columns, exampleSpec, 8, 100)).toEqual(Array.from({ length: count }, (_, i) => i));
      const few = soundingPositions(columns, exampleSpec, 8, 4);
      expect(few).toHaveLength(4);
      expect([few[0], few[3]]).toEqual([0, count - 1]);
    }
    expect(soundingPositions(noise, exampleSpec, 8, 1)).toEqual([0]);
  });

  it('exclude windows 30 dB below the loudest one', () => {
    const loudAndQuiet = event(0, 1);
    loudAndQuiet.set(event(0, 0.02).subarray(0, sampleRateHz / 2), 4 * sampleRateHz);
    const positions = soundingPositions(logMelColumns(loudAndQuiet, exampleSpec), exampleSpec, 8, 100);
    expect(Math.max(...positions) * 8).toBeLessThanOrEqual((0.5 * sampleRateHz) / hopSamples);
  });
});

describe('embedding a clip', () => {
  it('gives the embeddings of its sounding windows, twelve at most', async () => {
    const model = await startShipped('wasm');
    const { spec } = model;
    const samples = event(2);
    const embeddings = await embedClip(model, samples);
    expect(embeddings).toHaveLength(12 * 256);
    const columns = logMelColumns(samples, spec);
    const positions = soundingPositions(columns, spec, 8, 12);
    for (const i of [0, 11]) {
      const start = 8 * (positions[i] as number) * spec.melBands;
      const alone = await model.embed(columns.subarray(start, start + spec.frames * spec.melBands), spec.frames);
      expect(largestDifference(embeddings.subarray(i * 256, (i + 1) * 256), alone)).toBeLessThan(1e-5);
    }
    model.dispose();
  });

  it('lets a short sound lie early in one window and late in another', async () => {
    const model = await startShipped('wasm');
    const { spec } = model;
    const window = windowSamples(spec);
    const samples = whiteNoise(Math.round(0.25 * window), 1);
    const embeddings = await embedClip(model, samples);
    const before = Math.round(0.75 * window);
    const around = new Float32Array(samples.length + 2 * before);
    around.set(samples, before);
    const columns = logMelColumns(around, spec);
    const count = columns.length / spec.melBands;
    const positions = soundingPositions(columns, spec, 8, 12);
    expect(embeddings).toHaveLength(positions.length * 256);
    const all = await model.embed(columns, count);
    for (const [i, position] of positions.entries()) {
      const own = embeddings.subarray(i * 256, (i + 1) * 256);
      expect(largestDifference(own, all.subarray(position * 256, (position + 1) * 256))).toBeLessThan(1e-5);
    }
    expect(positions[0]).toBeLessThan(2);
    expect(positions.at(-1)).toBeGreaterThan(8);
    model.dispose();
  });

  it('treats an empty clip as silence', async () => {
    const model = await startShipped('wasm');
    const nothing = await embedClip(model, new Float32Array(0));
    expect(nothing.length % 256).toBe(0);
    expect(nothing.every(Number.isFinite)).toBe(true);
    model.dispose();
  });
});
