import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LoadedModel } from '../../src/model/loaded-model';
import type { HopMessage } from '../../src/shared/capture-messages';
import type { FeatureSpec } from '../../src/shared/feature-spec';
import type { Tags } from '../../src/shared/tagger-api';
import { Tagger } from '../../src/tagger/tagger';

const spec: FeatureSpec = {
  sampleRateHz: 8000,
  fftSize: 64,
  hopSamples: 32,
  melBands: 8,
  minHz: 50,
  maxHz: 4000,
  frames: 10,
  powerFloor: 1e-10,
  logMean: 0,
  logStandardDeviation: 1,
};
const hopSeconds = spec.hopSamples / spec.sampleRateHz;
const labels = [
  { id: 'dog', name: 'Dog', group: 'animals' },
  { id: 'rain', name: 'Rain', group: 'nature' },
] as const;
const report = { taken: 'wasm', why: 'it is a test', trials: [] } as const;

/** A model whose predictions the test holds back and lets go. */
class FakeModel implements LoadedModel {
  readonly name = 'fake';
  readonly labels = labels;
  readonly spec = spec;
  readonly windows: Float32Array[] = [];
  disposed = false;
  failure: Error | undefined;
  #release: (() => void) | undefined;
  held = false;

  async predict(windows: Float32Array, count: number): Promise<Float32Array> {
    this.windows.push(windows.slice());
    if (this.failure) throw this.failure;
    if (this.held) await new Promise<void>((release) => (this.#release = release));
    return new Float32Array(count * labels.length).fill(0.25);
  }

  release(): void {
    this.#release?.();
  }

  dispose(): void {
    this.disposed = true;
  }
}

/** The worklet's side of the port. */
class FakeWorklet {
  readonly channel = new MessageChannel();
  returned = 0;
  #hop = 0;

  constructor() {
    this.channel.port1.onmessage = () => this.returned++;
  }

  send(hops: number, amplitude = 0, waitingHops = 0): void {
    for (let i = 0; i < hops; i++) {
      this.#hop++;
      const samples = new Float32Array(spec.hopSamples).fill(amplitude);
      const message: HopMessage = { samples, endSeconds: this.#hop * hopSeconds, waitingHops, droppedHops: 3 };
      this.channel.port1.postMessage(message, [samples.buffer]);
    }
  }

  close(): void {
    this.channel.port1.close();
  }
}

const worklets: FakeWorklet[] = [];
afterEach(() => {
  for (const worklet of worklets.splice(0)) worklet.close();
});

async function listeningTagger(tagsPerSecond = 8) {
  const model = new FakeModel();
  const tagger = new Tagger({ openModel: async () => ({ model, report }), tensorCount: () => 7 });
  await tagger.load('http://localhost/models/fake/', 'auto', tagsPerSecond);
  const worklet = new FakeWorklet();
  worklets.push(worklet);
  const tags: Tags[] = [];
  const onFailure = vi.fn();
  await tagger.listen(worklet.channel.port2, spec.sampleRateHz, (t) => tags.push(t), onFailure);
  return { model, tagger, worklet, tags, onFailure };
}

describe('Tagger: phases', () => {
  it('goes from empty over loading to ready, listening and back', async () => {
    let finish = (_: { model: LoadedModel; report: typeof report }): void => {};
    const opened = new Promise<{ model: LoadedModel; report: typeof report }>((resolve) => (finish = resolve));
    const tagger = new Tagger({ openModel: () => opened, tensorCount: () => 7 });
    expect(await tagger.state()).toEqual({ phase: 'empty', tensors: 7 });
    const loading = tagger.load('http://localhost/m/', 'auto', 8);
    await vi.waitFor(async () => expect((await tagger.state()).phase).toBe('loading'));
    await expect(tagger.load('http://localhost/m/', 'auto', 8)).rejects.toThrow('already');
    finish({ model: new FakeModel(), report });
    expect(await loading).toMatchObject({ name: 'fake', labels, spec, backend: report });
    expect((await tagger.state()).phase).toBe('ready');
    const { port1, port2 } = new MessageChannel();
    await tagger.listen(
      port2,
      spec.sampleRateHz,
      () => {},
      () => {},
    );
    expect((await tagger.state()).phase).toBe('listening');
    await tagger.stop();
    await tagger.stop();
    expect((await tagger.state()).phase).toBe('ready');
    port1.close();
  });

  it('is empty after a failed load, hands the error on, and loads again', async () => {
    const openModel = vi.fn().mockRejectedValueOnce(new Error('gone'));
    openModel.mockResolvedValueOnce({ model: new FakeModel(), report });
    const tagger = new Tagger({ openModel, tensorCount: () => 0 });
    await expect(tagger.load('http://localhost/m/', 'auto', 8)).rejects.toThrow('gone');
    expect((await tagger.state()).phase).toBe('empty');
    await tagger.load('http://localhost/m/', 'wasm', 8);
    expect((await tagger.state()).phase).toBe('ready');
  });

  it('needs a model to listen and to tag', async () => {
    const tagger = new Tagger({ openModel: async () => ({ model: new FakeModel(), report }), tensorCount: () => 0 });
    const { port1, port2 } = new MessageChannel();
    await expect(
      tagger.listen(
        port2,
        8000,
        () => {},
        () => {},
      ),
    ).rejects.toThrow('no model');
    await expect(tagger.tag(new Float32Array(10))).rejects.toThrow('no model');
    port1.close();
    port2.close();
  });

  it('disposes of the model that a new one replaces, and stops listening to it', async () => {
    const { model, tagger } = await listeningTagger();
    await tagger.load('http://localhost/m/', 'auto', 8);
    expect(model.disposed).toBe(true);
    expect((await tagger.state()).phase).toBe('ready');
  });

  it.each([0, 0.5, 21, Number.NaN])('refuses %d tags a second', async (rate) => {
    const { tagger } = await listeningTagger();
    await expect(tagger.setTagsPerSecond(rate)).rejects.toThrow(RangeError);
  });
});

describe('Tagger: live', () => {
  it('tags the newest window, reports columns and level, and gives every array back', async () => {
    const { model, worklet, tags } = await listeningTagger();
    worklet.send(1, 0.5);
    await vi.waitFor(() => expect(tags).toHaveLength(1));
    worklet.send(60, 0.5);
    await vi.waitFor(() => expect(tags.length).toBeGreaterThanOrEqual(2));
    const { probabilities, levelDb, droppedHops, windowEndSeconds, heardAtMs } = tags.at(-1) as Tags;
    expect([...probabilities]).toEqual([0.25, 0.25]);
    expect(levelDb).toBeCloseTo(20 * Math.log10(0.5), 4);
    expect(droppedHops).toBe(3);
    const agoMs = performance.timeOrigin + performance.now() - heardAtMs;
    expect(agoMs).toBeGreaterThanOrEqual(0);
    expect(agoMs).toBeLessThan(1000);
    expect(windowEndSeconds).toBeCloseTo(61 * hopSeconds, 9);
    expect(model.windows.at(-1)).toHaveLength(spec.frames * spec.melBands);
    await vi.waitFor(() => expect(worklet.returned).toBe(61));
  });

  it('keeps the asked rate by the audio clock', async () => {
    const { worklet, tags } = await listeningTagger(5);
    for (let second = 0; second < 4; second++) {
      for (let hop = 0; hop < 1 / hopSeconds; hop++) {
        worklet.send(1);
        await new Promise((resolve) => setTimeout(resolve));
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    await vi.waitFor(() => expect(Math.abs(tags.length - 20)).toBeLessThanOrEqual(1));
  });

  it('never queues: what comes during a slow prediction makes one next window, the newest', async () => {
    const { model, worklet, tags } = await listeningTagger(20);
    model.held = true;
    worklet.send(1);
    await vi.waitFor(() => expect(model.windows).toHaveLength(1));
    worklet.send(100, 0.5);
    await vi.waitFor(() => expect(worklet.returned).toBe(101));
    expect(model.windows).toHaveLength(1);
    model.held = false;
    model.release();
    worklet.send(1, 0.5);
    await vi.waitFor(() => expect(tags).toHaveLength(2));
    expect(model.windows).toHaveLength(2);
    expect((tags[1] as Tags).windowEndSeconds).toBeCloseTo(102 * hopSeconds, 9);
    // The page gets no more columns than a window holds.
    expect((tags[1] as Tags).columns).toHaveLength(spec.frames * spec.melBands);
  });

  it('does not tag while newer sound still waits in the worklet', async () => {
    const { worklet, tags } = await listeningTagger();
    worklet.send(50, 0, 1);
    await vi.waitFor(() => expect(worklet.returned).toBe(50));
    expect(tags).toHaveLength(0);
    worklet.send(1);
    await vi.waitFor(() => expect(tags).toHaveLength(1));
  });

  it('emits nothing after stop, not even a prediction that was under way', async () => {
    const { model, tagger, worklet, tags } = await listeningTagger();
    model.held = true;
    worklet.send(1);
    await vi.waitFor(() => expect(model.windows).toHaveLength(1));
    await tagger.stop();
    model.release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(tags).toHaveLength(0);
  });

  it('reports a failing network once, in words, and stops', async () => {
    const { model, tagger, worklet, onFailure } = await listeningTagger(20);
    model.failure = new Error('device lost');
    worklet.send(200);
    await vi.waitFor(() => expect(onFailure).toHaveBeenCalled());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(onFailure).toHaveBeenCalledTimes(1);
    expect(onFailure.mock.calls[0]?.[0]).toMatchObject({
      name: 'tagging-failed',
      message: expect.stringContaining('device lost'),
    });
    expect((await tagger.state()).phase).toBe('ready');
  });

  it('does not end a new listening when a prediction of the one before fails', async () => {
    const { model, tagger, worklet, onFailure } = await listeningTagger();
    let fail = (_: Error): void => {};
    model.predict = () => new Promise((_, reject) => (fail = reject));
    const predict = vi.spyOn(model, 'predict');
    worklet.send(1);
    await vi.waitFor(() => expect(predict).toHaveBeenCalled());
    const next = new FakeWorklet();
    worklets.push(next);
    await tagger.listen(next.channel.port2, spec.sampleRateHz, () => {}, onFailure);
    fail(new Error('disposed'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(onFailure).not.toHaveBeenCalled();
    expect((await tagger.state()).phase).toBe('listening');
  });

  it('resamples a stream of another rate', async () => {
    const model = new FakeModel();
    const tagger = new Tagger({ openModel: async () => ({ model, report }), tensorCount: () => 0 });
    await tagger.load('http://localhost/m/', 'auto', 20);
    const worklet = new FakeWorklet();
    worklets.push(worklet);
    const columns: number[] = [];
    await tagger.listen(
      worklet.channel.port2,
      16_000,
      (t) => columns.push(t.columns.length / spec.melBands),
      () => {},
    );
    for (let i = 0; i < 40; i++) {
      worklet.send(5);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    // 200 hops at twice the rate are 100 hops at the model's, less what the filters hold back.
    const total = columns.reduce((sum, n) => sum + n, 0);
    expect(total).toBeGreaterThan(80);
    expect(total).toBeLessThanOrEqual(100);
  });
});

describe('Tagger: recordings', () => {
  it('pools half the mean and half the maximum over windows', async () => {
    const model = new FakeModel();
    model.predict = async (_, count) =>
      Float32Array.from({ length: count * labels.length }, (_, i) => (i % 2 === 0 ? 0.5 : i === 1 ? 1 : 0));
    const tagger = new Tagger({ openModel: async () => ({ model, report }), tensorCount: () => 0 });
    await tagger.load('http://localhost/m/', 'auto', 8);
    const [dog, rain] = await tagger.tag(new Float32Array(8000));
    expect(dog).toBeCloseTo(0.5, 6);
    expect(rain).toBeCloseTo((1 / 8 + 1) / 2, 6);
  });
});
