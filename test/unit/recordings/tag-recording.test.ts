import { memory, profile } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logMelColumns } from '../../../src/dsp/log-mel';
import type { RecordedMoment } from '../../../src/events/sounding';
import type { NetworkModel } from '../../../src/model/engine/loaded-model';
import { openModelFolder } from '../../../src/model/folder/node';
import { tagLive } from '../../../src/recordings/tag-live';
import { tagRecording } from '../../../src/recordings/tag-recording';
import { windowSamples } from '../../../src/shared/contracts/model/feature-spec';
import { largestDifference } from '../support/arrays';
import { whiteNoise } from '../support/random';

/** Noise whose level and colour change, so that windows differ. */
const sound = whiteNoise(32_000 * 12, 3).map((x, i) => x * (0.02 + 0.2 * Math.sin(i / 40_000) ** 2));

async function* pieces(samples: Float32Array, length: number): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += length) yield samples.subarray(at, at + length);
}

describe.each(['earmark-120', 'earmark-light', 'earmark-52', 'seed-2017-eighth'])(
  'a recording tagged by %s',
  (name) => {
    let model: NetworkModel;
    beforeAll(async () => {
      model = await openModelFolder(`public/models/${name}`);
    });
    afterAll(() => model.dispose());

    const isStreaming = name === 'earmark-light' || name === 'earmark-52';
    const seconds = isStreaming ? 12 : 4;

    async function momentsOf(stepStrides: number, pieceLength: number, samples = sound, tailSeconds = 0) {
      const options = { model, head: model.folder.head, stepStrides, tailSeconds };
      const moments: RecordedMoment[] = [];
      const input = pieces(samples.subarray(0, seconds * 32_000), pieceLength);
      for await (const pass of tagRecording(input, options)) {
        moments.push(...pass.map((moment) => ({ ...moment, embedding: moment.embedding.slice() })));
      }
      return moments;
    }

    it('gives each window what the network gives for that window alone', async () => {
      const moments = await momentsOf(8, 5000);
      const { spec } = model;
      let compared = 0;
      for (const { windowEndSeconds, probabilities, embedding } of moments) {
        const end = Math.round(windowEndSeconds * spec.sampleRateHz);
        const start = end - windowSamples(spec);
        if (start < 0 || end > seconds * 32_000) continue;
        const alone = logMelColumns(sound.subarray(start, end), spec);
        const expected = await model.predict(await atTheEnd(alone), 1);
        const worst = Array.from(expected, (p, i) => Math.abs(p - (probabilities[i] as number)));
        expect(Math.max(...worst)).toBeLessThan(1e-4);
        expect(embedding).toHaveLength(model.embeddingSize);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(seconds / 2 - 1);
    });

    /** A stream hears the newest columns of a window; a network that hears fewer than a window reads its first ones. */
    async function atTheEnd(window: Float32Array): Promise<Float32Array> {
      const stream = model.openStream(1);
      const unheard = stream ? (model.spec.frames - stream.reachColumns) * model.spec.melBands : 0;
      const moved = new Float32Array(window.length);
      moved.set(window.subarray(unheard));
      return moved;
    }

    it('does not depend on the pieces that the sound comes in', async () => {
      const whole = await momentsOf(8, sound.length);
      const pieced = await momentsOf(8, 777);
      expect(pieced.map((m) => m.windowEndSeconds)).toEqual(whole.map((m) => m.windowEndSeconds));
      for (const [i, { probabilities, levelDb }] of pieced.entries()) {
        expect(Array.from(probabilities)).toEqual(Array.from(whole[i]?.probabilities as ArrayLike<number>));
        expect(levelDb).toBe(whole[i]?.levelDb);
      }
    });

    it('reaches from the first moments to the end, and the tail beyond it', async () => {
      const step = (8 * 500 * 4) / 32_000;
      const moments = await momentsOf(4, 5000);
      expect(moments[0]?.windowEndSeconds).toBeCloseTo(step + (1024 - 500) / 32_000, 9);
      const last = moments.at(-1)?.windowEndSeconds as number;
      expect(last).toBeGreaterThanOrEqual(seconds);
      expect(last).toBeLessThan(seconds + step + 0.02);
      const withTail = (await momentsOf(4, 5000, sound, 2)).at(-1)?.windowEndSeconds as number;
      expect(withTail).toBeGreaterThanOrEqual(seconds + 2);
      expect(withTail).toBeLessThan(seconds + 2 + step + 0.02);
    });

    it('measures the level of the newest step', async () => {
      const tone = Float32Array.from({ length: 32_000 * 3 }, (_, i) => (i < 32_524 ? 0 : 0.5 * Math.sin(i)));
      const moments = await momentsOf(8, 4096, tone);
      expect(moments[0]?.levelDb).toBe(Number.NEGATIVE_INFINITY);
      const loud = moments.find((m) => m.windowEndSeconds > 2) as RecordedMoment;
      expect(loud.levelDb).toBeCloseTo(20 * Math.log10(0.5 / Math.SQRT2), 1);
    });

    it('a recording shorter than a column has a window, and an empty one none', async () => {
      expect((await momentsOf(1, 100, sound.subarray(0, 10))).length).toBe(1);
      expect(await momentsOf(1, 100, new Float32Array(0))).toEqual([]);
    });
  },
);

it('what is heard does not depend on how much is computed at once', async () => {
  const model = await openModelFolder('public/models/earmark-52');
  const options = { model, head: model.folder.head, stepStrides: 1, tailSeconds: 0 };
  const recorded: number[][] = [];
  const live: number[][] = [];
  const row = ({ windowEndSeconds, levelDb, probabilities }: RecordedMoment): number[] => [
    windowEndSeconds,
    levelDb,
    ...Array.from(probabilities),
  ];
  for await (const pass of tagRecording(pieces(sound, 8000), options)) recorded.push(...pass.map(row));
  for await (const moment of tagLive(pieces(sound, 8000), { ...options, unsureSoundSeconds: () => undefined })) {
    live.push(row(moment));
  }
  model.dispose();
  expect(live).toHaveLength(96);
  for (const [i, [endSeconds, levelDb, ...probabilities]] of live.entries()) {
    const [otherSeconds, otherLevelDb, ...others] = recorded[i] as number[];
    expect([endSeconds, levelDb]).toEqual([otherSeconds, otherLevelDb]);
    // Tiles of a long pass round in another order than a stride does.
    expect(largestDifference(probabilities, others)).toBeLessThan(1e-5);
  }
});

it('windows are computed a few at a time, and what lies between layers is freed at once', async () => {
  const model = await openModelFolder('public/models/earmark-120');
  const options = { model, head: model.folder.head, stepStrides: 2, tailSeconds: 0 };
  const before = memory().numBytes;
  const { peakBytes } = await profile(async () => {
    for await (const _ of tagRecording(pieces(sound, 8000), options));
    return [];
  });
  model.dispose();
  // WebAssembly's memory never shrinks. All results of all layers of a pass would be 200 MB.
  expect(peakBytes - before).toBeLessThan(20e6);
});
