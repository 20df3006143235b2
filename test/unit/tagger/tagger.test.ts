import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { modelThresholds } from '../../../src/events/thresholds';
import type { EmbeddingStream, TrainableModel } from '../../../src/model/engine/loaded-model';
import type { Exemplars } from '../../../src/model/folder/exemplars';
import type { ModelFolder } from '../../../src/model/folder/model-folder';
import type { PieceMessage } from '../../../src/shared/contracts/capture-messages';
import type { HeardReport } from '../../../src/shared/contracts/diary/heard';
import type { FeatureSpec } from '../../../src/shared/contracts/model/feature-spec';
import type { Head, HeadProof, TrainingRequest } from '../../../src/shared/contracts/model/head';
import type { Tags } from '../../../src/shared/contracts/tagger-api';
import { Tagger } from '../../../src/tagger/tagger';
import { failureOf } from '../../support/failure';
import { everyLookIsLate } from '../support/clock';

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
const exemplars: Exemplars = {
  backbone: 'fake-1',
  embeddings: Float32Array.of(1, 0, 1, 0, 1, 1, 0, 0, 1),
  labels: [['dog'], ['rain'], []],
};
/** One whose graphics device stays. */
const machine = { tensorCount: () => 7, deviceLost: () => new Promise<string>(() => {}) };
const report = { taken: 'wasm', why: 'asked-for', tagsPerSecond: 8, roomMs: 63, trials: [] } as const;

/** A model whose predictions the test holds back and lets go. */
class FakeModel implements TrainableModel {
  readonly name = 'fake';
  readonly spec: FeatureSpec;
  readonly labels = labels;
  readonly strideColumns = 2;
  readonly embeddingSize = 3;
  /** Its head gives 0.5 for whatever it hears. */
  readonly folder = {
    name: 'fake',
    labels,
    backbone: 'fake-1',
    head: {
      kernel: new Float32Array(6),
      bias: new Float32Array(2),
      calibration: { scale: [1, 1], offset: [0, 0] },
      hierarchy: [],
    },
  } as unknown as ModelFolder;
  readonly windows: Float32Array[] = [];
  disposed = false;
  failure: Error | undefined;
  #release: (() => void) | undefined;
  held = false;

  /** In columns, what each step of the streams was: “start 6”, “advance 2”. */
  readonly steps: string[] = [];
  openStreams = 0;
  /** Whether it can stream at 8 tags a second and fewer. */
  streams = false;

  async predict(): Promise<never> {
    throw new Error('live tagging applies heads to embeddings');
  }

  /** For each window 0, its first value, and 1. */
  async embedWindows(windows: Float32Array, count: number): Promise<Float32Array> {
    this.windows.push(windows.slice());
    if (this.failure) throw this.failure;
    if (this.held) await new Promise<void>((release) => (this.#release = release));
    const length = this.spec.frames * this.spec.melBands;
    return Float32Array.from(
      { length: count * 3 },
      (_, i) => [0, windows[Math.floor(i / 3) * length] as number, 1][i % 3] as number,
    );
  }

  openStream(tagsPerSecond: number): EmbeddingStream | undefined {
    if (!this.streams || tagsPerSecond > 8) return undefined;
    this.openStreams++;
    let isDisposed = false;
    const take = async (step: string, columns: Float32Array): Promise<Float32Array> => {
      if (isDisposed) throw new Error('it was disposed of');
      this.steps.push(`${step} ${columns.length / this.spec.melBands}`);
      return Float32Array.of(0, columns[0] as number, 1);
    };
    return {
      reachColumns: 6,
      strideColumns: 2,
      start: (columns) => take('start', columns),
      advance: (columns) => take('advance', columns),
      dispose: () => {
        if (isDisposed) throw new Error('it was disposed of before');
        isDisposed = true;
        this.openStreams--;
      },
    };
  }

  /** Position, first value of its window, and 1. */
  async embed(columns: Float32Array, columnCount: number): Promise<Float32Array> {
    const positions = Math.floor((columnCount - this.spec.frames) / this.strideColumns) + 1;
    return Float32Array.from({ length: positions * 3 }, (_, i) => {
      const position = Math.floor(i / 3);
      const values = [position, columns[position * this.strideColumns * this.spec.melBands] as number, 1];
      return values[i % 3] as number;
    });
  }

  constructor(own = spec) {
    this.spec = own;
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
  droppedPieces = 3;
  #hop = 0;

  constructor() {
    this.channel.port1.onmessage = () => this.returned++;
  }

  send(hops: number, amplitude = 0, waitingPieces = 0): void {
    for (let i = 0; i < hops; i++) {
      this.#hop++;
      const samples = new Float32Array(spec.hopSamples).fill(amplitude);
      const message: PieceMessage = {
        samples,
        endSeconds: this.#hop * hopSeconds,
        waitingPieces,
        droppedPieces: this.droppedPieces,
      };
      this.channel.port1.postMessage(message, [samples.buffer]);
    }
  }

  close(): void {
    this.channel.port1.close();
  }
}

const openExemplars = async (): Promise<Exemplars> => exemplars;

const worklets: FakeWorklet[] = [];
afterEach(() => {
  for (const worklet of worklets.splice(0)) worklet.close();
});

async function listeningTagger(tagsPerSecond = 8, model = new FakeModel()) {
  const tagger = new Tagger({ openModel: async () => ({ model, report }), openExemplars, ...machine });
  await tagger.load('http://localhost/models/fake/', 'auto', tagsPerSecond);
  const worklet = new FakeWorklet();
  worklets.push(worklet);
  const tags: Tags[] = [];
  const reports: HeardReport[] = [];
  const onFailure = vi.fn();
  await tagger.listen(
    worklet.channel.port2,
    spec.sampleRateHz,
    (t) => tags.push(t),
    onFailure,
    (report) => reports.push(report),
  );
  return { model, tagger, worklet, tags, onFailure, reports };
}

describe('Tagger: phases', () => {
  it('goes from empty through loading to ready, listening and back', async () => {
    let finish = (_: { model: TrainableModel; report: typeof report }): void => {};
    const opened = new Promise<{ model: TrainableModel; report: typeof report }>((resolve) => (finish = resolve));
    const tagger = new Tagger({ openModel: () => opened, openExemplars, ...machine });
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
      () => {},
    );
    expect((await tagger.state()).phase).toBe('listening');
    await tagger.stop();
    await tagger.stop();
    expect((await tagger.state()).phase).toBe('ready');
    port1.close();
  });

  it('is empty after a failed load, passes on the error, and loads again', async () => {
    const openModel = vi.fn().mockRejectedValueOnce(new Error('gone'));
    openModel.mockResolvedValueOnce({ model: new FakeModel(), report });
    const tagger = new Tagger({ openModel, openExemplars, ...machine });
    await expect(tagger.load('http://localhost/m/', 'auto', 8)).rejects.toThrow('gone');
    expect((await tagger.state()).phase).toBe('empty');
    await tagger.load('http://localhost/m/', 'wasm', 8);
    expect((await tagger.state()).phase).toBe('ready');
  });

  it('needs a model to listen and to tag', async () => {
    const tagger = new Tagger({
      openModel: async () => ({ model: new FakeModel(), report }),
      openExemplars,
      ...machine,
    });
    const { port1, port2 } = new MessageChannel();
    await expect(
      tagger.listen(
        port2,
        8000,
        () => {},
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

  it.each([0, 0.5, 21, Number.NaN])('rejects %d tags per second', async (rate) => {
    const { tagger } = await listeningTagger();
    await expect(tagger.setTagsPerSecond(rate)).rejects.toThrow(RangeError);
  });
});

describe('Tagger: live', () => {
  it('tags the newest window, reports columns and level, and returns every array', async () => {
    const { model, worklet, tags } = await listeningTagger();
    worklet.send(1, 0.5);
    await vi.waitFor(() => expect(tags).toHaveLength(1));
    const sentAtMs = performance.timeOrigin + performance.now();
    worklet.send(60, 0.5);
    await vi.waitFor(() => expect(tags.length).toBeGreaterThanOrEqual(2));
    const { probabilities, levelDb, droppedPieces, windowEndSeconds, heardAtMs } = tags.at(-1) as Tags;
    expect([...probabilities]).toEqual([0.5, 0.5]);
    expect(levelDb).toBeCloseTo(20 * Math.log10(0.5), 4);
    expect(droppedPieces).toBe(3);
    // Between its sending and now, however long that took.
    expect(heardAtMs).toBeGreaterThanOrEqual(sentAtMs);
    expect(heardAtMs).toBeLessThanOrEqual(performance.timeOrigin + performance.now());
    expect(windowEndSeconds).toBeCloseTo(61 * hopSeconds, 9);
    expect(model.windows.at(-1)).toHaveLength(spec.frames * spec.melBands);
    await vi.waitFor(() => expect(worklet.returned).toBe(61));
  });

  it('hears a sudden sound that is near its threshold in a window of its own', async () => {
    const model = new FakeModel();
    // Its head gives 0.5: near the threshold of the dog, far from that of rain.
    Object.assign(model.folder, { thresholds: { default: [0.55, 0.9], precision95: [null, null] } });
    const { worklet, tags, reports } = await listeningTagger(8, model);
    const hear = async (amplitude: number) => {
      const before = tags.length;
      worklet.send(32, amplitude);
      await vi.waitFor(() => expect(tags).toHaveLength(before + 1));
    };
    for (let tag = 0; tag < 10; tag++) await hear(0.001);
    for (let tag = 0; tag < 3; tag++) await hear(0.5);
    expect(model.windows).toHaveLength(13);
    await hear(0.5);
    expect(model.windows).toHaveLength(15);
    // What is heard is not asked about again. It has to last, because its probability did not rise with its level.
    for (let tag = 0; tag < 3; tag++) await hear(0.5);
    expect(model.windows).toHaveLength(18);
    const event = { label: 'dog', threshold: modelThresholds(0.55).steep, peakProbability: 0.5 };
    expect(reports.flatMap(({ events }) => events)[0]).toMatchObject(event);
  });

  it('keeps the requested rate by the audio clock', async () => {
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

  it('never queues: what arrives during a slow prediction makes one next window, the newest', async () => {
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

  it('emits nothing after stop, not even a running prediction', async () => {
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
      code: 'tagging-failed',
      detail: 'device lost',
    });
    expect((await tagger.state()).phase).toBe('ready');
  });

  it('does not end a new session when a prediction of the previous one fails', async () => {
    const { model, tagger, worklet, onFailure } = await listeningTagger();
    let fail = (_: Error): void => {};
    model.embedWindows = () => new Promise((_, reject) => (fail = reject));
    const predict = vi.spyOn(model, 'embedWindows');
    worklet.send(1);
    await vi.waitFor(() => expect(predict).toHaveBeenCalled());
    const next = new FakeWorklet();
    worklets.push(next);
    await tagger.listen(
      next.channel.port2,
      spec.sampleRateHz,
      () => {},
      onFailure,
      () => {},
    );
    fail(new Error('disposed'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(onFailure).not.toHaveBeenCalled();
    expect((await tagger.state()).phase).toBe('listening');
  });

  it('resamples a stream of another rate', async () => {
    const model = new FakeModel();
    const tagger = new Tagger({ openModel: async () => ({ model, report }), openExemplars, ...machine });
    await tagger.load('http://localhost/m/', 'auto', 20);
    const worklet = new FakeWorklet();
    worklets.push(worklet);
    const columns: number[] = [];
    await tagger.listen(
      worklet.channel.port2,
      16_000,
      (t) => columns.push(t.columns.length / spec.melBands),
      () => {},
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

describe('Tagger: resting', () => {
  it('pauses the network while the whole window is below the floor, and hears louder sound at once', async () => {
    const { model, tagger, worklet, tags } = await listeningTagger(20);
    await tagger.setNoiseFloor(-60);
    worklet.send(1, 0.0009);
    await vi.waitFor(() => expect(tags).toHaveLength(1));
    expect(tags[0]).toMatchObject({ isResting: true, probabilities: new Float32Array(2), head: 'shipped' });
    expect(model.windows).toHaveLength(0);
    // One piece of a hundred is above: their level as a whole is not.
    worklet.send(99, 0, 1);
    worklet.send(1, 0.0011);
    await vi.waitFor(() => expect(tags).toHaveLength(2));
    expect(tags[1]).toMatchObject({ isResting: false, probabilities: Float32Array.of(0.5, 0.5) });
    expect(tags[1]?.levelDb).toBeLessThan(-60);
    // A window is 44 ms long; the next tag ends 50 ms later.
    worklet.send(13);
    await vi.waitFor(() => expect(tags).toHaveLength(3));
    expect(tags[2]?.isResting).toBe(true);
    await tagger.setNoiseFloor(null);
    worklet.send(13);
    await vi.waitFor(() => expect(tags).toHaveLength(4));
    expect(tags[3]?.isResting).toBe(false);
  });

  it('gives zeros for a second head as well', async () => {
    const { tagger, worklet, tags } = await listeningTagger();
    await tagger.setNoiseFloor(-60);
    await tagger.setHeads([taughtHead(), 'shipped']);
    worklet.send(1);
    await vi.waitFor(() => expect(tags).toHaveLength(1));
    expect(tags[0]?.probabilities).toEqual(new Float32Array(3));
    expect(tags[0]?.compared).toEqual({ head: 'shipped', probabilities: new Float32Array(2) });
  });
});

describe('Tagger: live, stride by stride', () => {
  /** Sends hops one by one, so that each has its chance to be tagged. */
  async function sendSlowly(worklet: FakeWorklet, hops: number): Promise<void> {
    for (let hop = 0; hop < hops; hop++) {
      const before = worklet.returned;
      worklet.send(1);
      await vi.waitFor(() => expect(worklet.returned).toBe(before + 1), { interval: 1 });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async function streamingTagger(tagsPerSecond = 8) {
    const model = new FakeModel({ ...spec, frames: 64 });
    model.streams = true;
    return listeningTagger(tagsPerSecond, model);
  }

  it('starts with the newest window and then advances by what arrived', async () => {
    const { model, worklet, tags } = await streamingTagger();
    // A hop lasts 4 ms and a column waits for a second one: tags are due at the hops 1, 33 and 64.
    await sendSlowly(worklet, 70);
    expect(tags).toHaveLength(3);
    expect(model.windows).toHaveLength(0);
    expect(model.steps).toEqual(['start 6', 'advance 32', 'advance 30']);
  });

  it('starts over if more arrived than a window holds', async () => {
    const { model, worklet, tags } = await streamingTagger();
    await sendSlowly(worklet, 1);
    worklet.send(65, 0, 1);
    worklet.send(1);
    await vi.waitFor(() => expect(tags).toHaveLength(2));
    expect(model.steps).toEqual(['start 6', 'start 6']);
    expect(model.openStreams).toBe(1);
  });

  it('leaves columns that do not fill a stride for the next tag, and says where its window ended', async () => {
    const { model, worklet, tags } = await streamingTagger();
    await sendSlowly(worklet, 1);
    // The newest hops come while the tag is on its way: 37 columns, of which one waits.
    worklet.send(37);
    await vi.waitFor(() => expect(tags).toHaveLength(2));
    expect(model.steps).toEqual(['start 6', 'advance 36']);
    const { columns, windowEndSeconds } = tags[1] as Tags;
    expect(columns).toHaveLength(36 * spec.melBands);
    expect(windowEndSeconds).toBeCloseTo(37 * hopSeconds, 9);
  });
});

describe('Tagger: recordings', () => {
  it('pools half the mean and half the maximum over windows', async () => {
    // The taught label hears a window's first value: loud in the first window alone.
    const model = new FakeModel();
    model.embedWindows = async (_, count) =>
      Float32Array.from({ length: count * 3 }, (_, i) => (i % 3 === 1 ? (i === 1 ? 100 : -100) : 0));
    const tagger = new Tagger({ openModel: async () => ({ model, report }), openExemplars, ...machine });
    await tagger.load('http://localhost/m/', 'auto', 8);
    await tagger.setHeads([taughtHead({ bias: new Float32Array(3) })]);
    const [dog, , kettle] = await tagger.tag(new Float32Array(8000));
    expect(dog).toBeCloseTo(0.5, 6);
    expect(kettle).toBeCloseTo((1 / 8 + 1) / 2, 6);
  });
});

/** A head for {@link FakeModel}: its one taught label hears the embedding's second value, the newest window's first. */
function taughtHead(change: Partial<Head> = {}): Head {
  return {
    id: 'head-1',
    name: 'Kitchen',
    createdAtMs: 0,
    backbone: 'fake-1',
    labels: [...labels, { id: 'kettle', name: 'Kettle', group: 'taught' }],
    kernel: Float32Array.of(0, 0, 0, 0, 0, 2, 0, 0, 0),
    bias: Float32Array.of(0, 0, 1),
    calibration: { scale: [1, 1, 1], offset: [0, 0, 0] },
    proof: { labels: [] as HeadProof['labels'] } as HeadProof,
    ...change,
  };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe('Tagger: heads', () => {
  it('applies the chosen head to what is heard, and says whose probabilities these are', async () => {
    const { tagger, worklet, tags } = await listeningTagger();
    worklet.send(1);
    await vi.waitFor(() => expect(tags).toHaveLength(1));
    expect(tags[0]?.head).toBe('shipped');
    await tagger.setHeads([taughtHead()]);
    worklet.send(60);
    await vi.waitFor(() => expect(tags.length).toBeGreaterThanOrEqual(2));
    const { head, probabilities, compared } = tags.at(-1) as Tags;
    expect(head).toBe('head-1');
    expect(compared).toBeUndefined();
    // Silence is log10(1e-10) in every value.
    expect(probabilities).toHaveLength(3);
    expect(probabilities[0]).toBeCloseTo(0.5, 6);
    expect(probabilities[2]).toBeCloseTo(sigmoid(2 * -10 + 1), 6);
  });

  it('hears two heads at once, of which one may be the shipped one', async () => {
    const { tagger, model, worklet, tags } = await listeningTagger();
    await tagger.setHeads([taughtHead({ bias: Float32Array.of(0, 0, 21) }), 'shipped']);
    worklet.send(1);
    await vi.waitFor(() => expect(tags).toHaveLength(1));
    expect(tags[0]?.probabilities[2]).toBeCloseTo(sigmoid(1), 5);
    expect(tags[0]?.compared).toEqual({ head: 'shipped', probabilities: Float32Array.of(0.5, 0.5) });
    // The backbone ran once for both.
    expect(model.windows).toHaveLength(1);
  });

  it('returns to the shipped head, also with every newly loaded model', async () => {
    const { tagger, worklet, tags } = await listeningTagger(20);
    await tagger.setHeads([taughtHead()]);
    await tagger.setHeads([]);
    worklet.send(1);
    await vi.waitFor(() => expect(tags).toHaveLength(1));
    expect(tags[0]?.head).toBe('shipped');
    await tagger.setHeads([taughtHead()]);
    expect(await tagger.tag(new Float32Array(8000))).toHaveLength(3);
    await tagger.load('http://localhost/m/', 'auto', 8);
    expect(await tagger.tag(new Float32Array(8000))).toHaveLength(2);
  });

  it('rejects heads that do not fit, and keeps the previous one', async () => {
    const { tagger } = await listeningTagger();
    await tagger.setHeads([taughtHead()]);
    const foreign = taughtHead({ backbone: 'other' });
    await expect(tagger.setHeads([foreign])).rejects.toMatchObject({ name: 'head-of-other-model' });
    const short = taughtHead({ kernel: new Float32Array(8) });
    await expect(tagger.setHeads([short])).rejects.toMatchObject({ name: 'head-damaged' });
    const uncalibrated = taughtHead({ calibration: { scale: [1], offset: [0] } });
    await expect(tagger.setHeads([uncalibrated])).rejects.toMatchObject({ name: 'head-damaged' });
    const halfBent = taughtHead({ calibration: { ...taughtHead().calibration, bend: [2] } });
    await expect(tagger.setHeads([halfBent])).rejects.toMatchObject({ name: 'head-damaged' });
    await expect(tagger.setHeads(['shipped', taughtHead(), 'shipped'])).rejects.toThrow(RangeError);
    expect(await tagger.tag(new Float32Array(8000))).toHaveLength(3);
  });
});

describe('Tagger: keeping sound', () => {
  it('keeps what was captured, sample for sample, even after the end', async () => {
    const { tagger, worklet } = await listeningTagger();
    for (let hop = 1; hop <= 300; hop++) worklet.send(1, hop / 1024);
    await vi.waitFor(() => expect(worklet.returned).toBe(300));
    const half = await tagger.keepRecent(0.5);
    expect(half.sampleRateHz).toBe(8000);
    // Half a second is 125 hops: 176 to 300.
    const expected = Int16Array.from({ length: 4000 }, (_, i) => 32 * (176 + Math.floor(i / 32)));
    expect(half.samples).toEqual(expected);
    await tagger.stop();
    expect((await tagger.keepRecent(0.5)).samples).toEqual(expected);
  });

  it('holds all that it heard, with its place on the audio clock', async () => {
    const { tagger, worklet } = await listeningTagger();
    worklet.send(3, 0.25);
    worklet.send(2, -0.5);
    await vi.waitFor(() => expect(worklet.returned).toBe(5));
    await tagger.stop();
    expect(await tagger.holdRecent()).toEqual({
      samples: Int16Array.from({ length: 160 }, (_, i) => (i < 96 ? 8192 : -16_384)),
      sampleRateHz: 8000,
      endSeconds: 5 * hopSeconds,
    });
  });

  it('keeps the captured rate if the model has another one', async () => {
    const model = new FakeModel();
    const tagger = new Tagger({ openModel: async () => ({ model, report }), openExemplars, ...machine });
    await tagger.load('http://localhost/m/', 'auto', 8);
    const worklet = new FakeWorklet();
    worklets.push(worklet);
    await tagger.listen(
      worklet.channel.port2,
      16_000,
      () => {},
      () => {},
      () => {},
    );
    worklet.send(10, 0.5);
    await vi.waitFor(() => expect(worklet.returned).toBe(10));
    const kept = await tagger.keepRecent(1);
    expect(kept).toEqual({ samples: new Int16Array(320).fill(16_384), sampleRateHz: 16_000 });
  });

  it('inserts silence for lost hops, but not for those before the first', async () => {
    const { tagger, worklet } = await listeningTagger();
    worklet.send(2, 0.25);
    worklet.droppedPieces += 4;
    worklet.send(1, 0.5);
    await vi.waitFor(() => expect(worklet.returned).toBe(3));
    const hops = [0.25, 0.25, 0, 0, 0, 0, 0.5];
    const expected = Int16Array.from(
      { length: 32 * hops.length },
      (_, i) => 32_768 * (hops[Math.floor(i / 32)] as number),
    );
    expect((await tagger.keepRecent(1)).samples).toEqual(expected);
  });

  it('records from the start of a recording to its end', async () => {
    const { tagger, worklet } = await listeningTagger();
    worklet.send(5, 0.25);
    await vi.waitFor(() => expect(worklet.returned).toBe(5));
    await tagger.startRecording();
    worklet.send(3, 0.5);
    await vi.waitFor(() => expect(worklet.returned).toBe(8));
    expect((await tagger.finishRecording()).samples).toEqual(new Int16Array(96).fill(16_384));
    expect((await tagger.finishRecording()).samples).toHaveLength(0);
  });

  it('has nothing to keep before listening', async () => {
    const model = new FakeModel();
    const tagger = new Tagger({ openModel: async () => ({ model, report }), openExemplars, ...machine });
    await expect(tagger.keepRecent(1)).rejects.toThrow('listen()');
    await expect(tagger.holdRecent()).rejects.toThrow('listen()');
    await expect(tagger.startRecording()).rejects.toThrow('listen()');
  });
});

describe('Tagger: embedding', () => {
  it('resamples a clip of another rate to its own', async () => {
    const { tagger } = await listeningTagger();
    const embedded = (sampleCount: number, sampleRateHz: number) =>
      tagger.embedClip({ samples: new Int16Array(sampleCount).fill(8192), sampleRateHz });
    const own = await embedded(700, 8000);
    expect(await embedded(1400, 16_000)).toHaveLength(own.length);
    expect((await embedded(1400, 8000)).length).toBeGreaterThan(own.length);
  });
});

describe('Tagger: training', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  const clips = Array.from({ length: 8 }, (_, i) => ({
    id: `clip${i}`,
    labels: [i % 2 === 0 ? 'kettle' : 'door'],
    heardAtMs: i,
    embeddings: i % 2 === 0 ? Float32Array.of(0, 5, 1) : Float32Array.of(5, 0, 1),
  }));
  const request: TrainingRequest = {
    id: 'head-2',
    name: 'Hall',
    createdAtMs: 3,
    labels: [
      { id: 'kettle', name: 'Kettle' },
      { id: 'door', name: 'Door' },
    ],
    clips,
  };

  it('trains a head that can be heard at once, and fetches the exemplars only once', async () => {
    const model = new FakeModel();
    const fetchExemplars = vi.fn(openExemplars);
    const parts = { openModel: async () => ({ model, report }), openExemplars: fetchExemplars, ...machine };
    const tagger = new Tagger(parts);
    await tagger.load('http://localhost/m/', 'auto', 8);
    expect(fetchExemplars).not.toHaveBeenCalled();
    const head = (await tagger.trainHead(request, () => {})) as Head;
    expect(head.labels.map(({ id }) => id)).toEqual(['dog', 'rain', 'kettle', 'door']);
    expect(head.proof.labels.map(({ auc }) => auc?.value)).toEqual([1, 1]);
    await tagger.setHeads([head]);
    expect(await tagger.tag(new Float32Array(8000))).toHaveLength(4);
    await tagger.trainHead(request, () => {});
    expect(fetchExemplars).toHaveBeenCalledTimes(1);
    expect(fetchExemplars).toHaveBeenCalledWith('http://localhost/m/', model);
  });

  it('requests exemplars again that could not be fetched', async () => {
    const fetchExemplars = vi.fn(openExemplars).mockRejectedValueOnce(new Error('offline'));
    const parts = { openModel: async () => ({ model: new FakeModel(), report }), ...machine };
    const tagger = new Tagger({ ...parts, openExemplars: fetchExemplars });
    await tagger.load('http://localhost/m/', 'auto', 8);
    await expect(tagger.trainHead(request, () => {})).rejects.toThrow('offline');
    expect(await tagger.trainHead(request, () => {})).toBeDefined();
  });

  it('says so when the memory is full; tagging continues, and it can be retried', async () => {
    const { tagger, worklet, tags } = await listeningTagger();
    let full = true;
    const embeddings = exemplars.embeddings;
    vi.spyOn(exemplars, 'embeddings', 'get').mockImplementation(() => {
      if (full) throw new RangeError('Array buffer allocation failed');
      return embeddings;
    });
    expect(await failureOf(tagger.trainHead(request, () => {}))).toMatchObject({
      name: 'training-failed',
      message: expect.stringMatching(/allocation failed.*fewer clips.*unchanged/),
    });
    const before = tags.length;
    worklet.send(20);
    await vi.waitFor(() => expect(tags.length).toBeGreaterThan(before));
    full = false;
    expect(await tagger.trainHead(request, () => {})).toBeDefined();
  });

  it('stops, rejects a second training meanwhile, and trains again', async () => {
    const { tagger } = await listeningTagger();
    await tagger.stopTraining();
    let second: Promise<unknown> | undefined;
    const stopped = await tagger.trainHead(request, () => {
      second ??= expect(tagger.trainHead(request, () => {})).rejects.toThrow('already');
      void tagger.stopTraining();
    });
    expect(stopped).toBeUndefined();
    await second;
    expect(await tagger.trainHead(request, () => {})).toBeDefined();
  });

  it('stops before another model is loaded', async () => {
    const { tagger } = await listeningTagger();
    const training = tagger.trainHead(request, () => {});
    await tagger.load('http://localhost/m/', 'auto', 8);
    expect(await training).toBeUndefined();
  });

  it('keeps tagging while it trains', async () => {
    const { tagger, worklet, tags } = await listeningTagger(20);
    const many = Array.from({ length: 400 }, (_, i) => ({ ...(clips[i % 8] as (typeof clips)[number]), id: `${i}` }));
    const nowMs = everyLookIsLate();
    let epochs = 0;
    const done = tagger.trainHead({ ...request, clips: many }, () => {
      epochs++;
      // Longer than the time between two tags.
      worklet.send(13);
    });
    await done;
    nowMs.mockRestore();
    // An epoch of eight batches lets go eight times: enough for the hops to come and for the tag to be made.
    expect(epochs).toBeGreaterThan(20);
    expect(tags.length).toBeGreaterThan(epochs / 2);
  });
});
