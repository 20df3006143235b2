import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logMelColumns } from '../../../../src/dsp/log-mel';
import { fillWindow } from '../../../../src/dsp/rolling-spectrogram';
import { tensorCount } from '../../../../src/model/engine/backends';
import type { NetworkModel } from '../../../../src/model/engine/loaded-model';
import { silenceValue } from '../../../../src/shared/lib/math/silence-value';
import { LiveEmbedder } from '../../../../src/tagger/live/live-embedder';
import { LiveWindow } from '../../../../src/tagger/live/live-window';
import { largestDifference } from '../../support/arrays';
import { startShipped } from '../../support/model';
import { whiteNoise } from '../../support/random';

let model: NetworkModel;
beforeAll(async () => {
  model = await startShipped('wasm');
});
afterAll(() => model.dispose());

/** A microphone that plays noise, and what is made of it. */
function listen(tagsPerSecond: number) {
  const { sampleRateHz, hopSamples } = model.spec;
  const noise = whiteNoise(10 * sampleRateHz, 7);
  const live = new LiveWindow(model.spec);
  const embedder = new LiveEmbedder(model, live, tagsPerSecond);
  let heard = 0;
  return {
    live,
    embedder,
    hear(hops: number): void {
      live.push(noise.subarray(heard, heard + hops * hopSamples));
      heard += hops * hopSamples;
    },
    /** What a whole window gives that ends where the last tag's did; the past of the first one is silence. */
    async expected(): Promise<Float32Array> {
      const { frames, melBands } = model.spec;
      const columns = logMelColumns(noise.subarray(0, heard), model.spec);
      const end = columns.length - live.waitingColumns * melBands;
      // The stream hears the newest 115 columns; the network leaves a window's last 5 out.
      const window = new Float32Array(frames * melBands).fill(silenceValue(model.spec));
      const newest = columns.subarray(Math.max(0, end - 115 * melBands), end);
      window.set(newest, 115 * melBands - newest.length);
      return model.embedWindows(window, 1);
    },
  };
}

describe('LiveEmbedder', () => {
  it('gives the results of whole windows, from the first hop, after a gap, and at other rates', async () => {
    const { live, embedder, hear, expected } = listen(8);
    const check = async (): Promise<void> => {
      expect(embedder.isReady).toBe(true);
      const embedding = await embedder.embed(embedder.takeArrival());
      expect(embedding).toHaveLength(256);
      expect(largestDifference(embedding, await expected())).toBeLessThan(1e-4);
    };
    await check();
    // The first column needs 1,024 samples, the next ones 500 each: three hops and seven more make eight columns.
    hear(9);
    expect(embedder.isReady).toBe(false);
    hear(1);
    await check();
    for (const hops of [8, 11, 17, 13, 30]) {
      hear(hops);
      await check();
    }
    // What fills no stride stays for the next tag.
    expect(live.waitingColumns).toBe((8 + 11 + 17 + 13 + 30) % 8);
    hear(200);
    await check();
    expect(live.waitingColumns).toBe(0);
    hear(8);
    await check();
    // A rest: what came meanwhile is heard all the same.
    hear(20);
    embedder.takeArrival();
    embedder.rest();
    hear(3);
    await check();
    embedder.setRate(4);
    hear(3);
    await check();
    hear(16);
    await check();
    embedder.dispose();
  });

  it('uses whole windows if there are more tags than strides, and fills them with their newest sound', async () => {
    const before = tensorCount();
    const { embedder, hear, live } = listen(20);
    hear(150);
    const window = new Float32Array(120 * 120);
    live.copyWindow(window);
    expect(await embedder.embed(embedder.takeArrival())).toEqual(await model.embedWindows(window, 1));
    // Half a second are 32 columns; what came since the last window is not among them.
    hear(3);
    fillWindow(window, 32, 120);
    expect(await embedder.embedFilled(0.5)).toEqual(await model.embedWindows(window, 1));
    hear(1);
    expect(embedder.isReady).toBe(true);
    expect(tensorCount()).toBe(before);
  });

  it('fills no windows while it streams, and frees its tensors', async () => {
    const before = tensorCount();
    const { embedder, hear } = listen(8);
    hear(150);
    await embedder.embed(embedder.takeArrival());
    expect(await embedder.embedFilled(0.5)).toBeUndefined();
    expect(tensorCount()).toBeGreaterThan(before);
    embedder.dispose();
    expect(tensorCount()).toBe(before);
  });
});
