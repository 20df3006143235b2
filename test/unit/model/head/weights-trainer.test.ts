import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tensorCount } from '../../../../src/model/engine/backends';
import type { NetworkModel } from '../../../../src/model/engine/loaded-model';
import { type HeadWeights, headLogits } from '../../../../src/model/head/head';
import { embeddingScale, type TrainingData } from '../../../../src/model/head/training-batches';
import { type EpochReport, trainWeights } from '../../../../src/model/head/weights-trainer';
import type { BackendName } from '../../../../src/shared/contracts/backend';
import { nextTurn } from '../../../../src/shared/lib/next-turn';
import { everyLookIsLate } from '../../support/clock';
import { EmbeddingSource } from '../../support/embeddings';
import { startShipped } from '../../support/model';

const size = 16;

/** Rows of two labels and of none, in turn. */
function clouds(rows: number, spread = 0.5): TrainingData {
  const source = new EmbeddingSource(size, 3);
  const embeddings = new Float32Array(rows * size);
  const targets = new Int8Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    embeddings.set(source.draw(['bell', 'dog', 'nothing'][row % 3] as string, 1, spread), row * size);
    targets.set([Number(row % 3 === 0), Number(row % 3 === 1)], row * 2);
  }
  return {
    size,
    embeddings,
    scale: embeddingScale(embeddings, size),
    labelCount: 2,
    targets,
    rowWeights: new Float32Array(rows).fill(1),
  };
}

const zeros: HeadWeights = { kernel: new Float32Array(size * 2), bias: new Float32Array(2) };
const rowsFrom = (first: number, end: number): Uint32Array =>
  Uint32Array.from({ length: end - first }, (_, i) => first + i);

/** Share of outputs on the right side of 0. */
function accuracy(data: TrainingData, rows: Uint32Array, head: HeadWeights): number {
  let right = 0;
  for (const row of rows) {
    const logits = headLogits(data.embeddings.subarray(row * size, (row + 1) * size), head);
    for (const label of [0, 1]) {
      if ((logits[label] as number) > 0 === (data.targets[row * 2 + label] === 1)) right++;
    }
  }
  return right / (2 * rows.length);
}

describe.each<BackendName>(['wasm', 'cpu'])('training a head on %s', (backend) => {
  let model: NetworkModel;
  beforeAll(async () => {
    model = await startShipped(backend);
  });
  afterAll(() => model.dispose());

  it('separates clouds, including points it was not trained on', async () => {
    const data = clouds(1200);
    const epochs: EpochReport[] = [];
    const head = await trainWeights(data, rowsFrom(0, 600), {
      start: zeros,
      seed: 1,
      validation: rowsFrom(600, 900),
      onEpoch: (epoch) => epochs.push(epoch),
    });
    expect(accuracy(data, rowsFrom(900, 1200), head as HeadWeights)).toBeGreaterThan(0.97);
    // Before the first step the loss is ln 2.
    expect(epochs[0]?.loss).toBeLessThan(Math.log(2));
    expect(epochs.at(-1)?.loss).toBeLessThan(0.5 * (epochs[0]?.loss as number));
    const losses = epochs.map(({ validationLoss }) => validationLoss as number);
    expect(losses[(head?.epoch as number) - 1]).toBe(Math.min(...losses));
  });

  it('gives the same weights twice, and different ones with another seed', async () => {
    const data = clouds(300);
    const run = (seed: number) => trainWeights(data, rowsFrom(0, 300), { start: zeros, seed, epochs: 4 });
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect((await run(2))?.kernel).not.toEqual(first?.kernel);
  });

  it('keeps no tensors, whether finished, stopped or failed', async () => {
    const data = clouds(300);
    const before = tensorCount();
    await trainWeights(data, rowsFrom(0, 200), { start: zeros, seed: 1, epochs: 3, validation: rowsFrom(200, 300) });
    expect(tensorCount()).toBe(before);
    let looks = 0;
    const stopped = await trainWeights(data, rowsFrom(0, 300), {
      start: zeros,
      seed: 1,
      shouldStop: () => ++looks > 3,
    });
    expect(stopped).toBeUndefined();
    expect(tensorCount()).toBe(before);
    const broken = { ...data, embeddings: data.embeddings.map(() => Number.NaN) };
    await expect(trainWeights(broken, rowsFrom(0, 300), { start: zeros, seed: 1 })).rejects.toMatchObject({
      name: 'training-diverged',
    });
    expect(tensorCount()).toBe(before);
  });
});

describe('training a head', () => {
  let model: NetworkModel;
  beforeAll(async () => {
    model = await startShipped('wasm');
  });
  afterAll(() => model.dispose());

  it('learns a label with few positives, because they are balanced', async () => {
    const data = clouds(1500, 0.9);
    // Of the 500 rows of each label all but 5 are taken away.
    const few = [...rowsFrom(0, 1500)].filter((row) => row % 3 === 2 || row < 15);
    const head = (await trainWeights(data, Uint32Array.from(few), { start: zeros, seed: 1 })) as HeadWeights;
    const bells = [...rowsFrom(300, 1500)].filter((row) => row % 3 === 0);
    const found = bells.filter((row) => {
      const logits = headLogits(data.embeddings.subarray(row * size, (row + 1) * size), head);
      return (logits[0] as number) > 0;
    });
    expect(found.length / bells.length).toBeGreaterThan(0.8);
  });

  it('stops early if the validation gets worse, with the weights of the best epoch', async () => {
    const data = clouds(90);
    // What is kept aside says the opposite of what is learnt.
    const targets = data.targets.map((target, i) => (i >= 120 ? 1 - target : target));
    const onEpoch = vi.fn();
    const head = await trainWeights({ ...data, targets }, rowsFrom(0, 60), {
      start: zeros,
      seed: 1,
      validation: rowsFrom(60, 90),
      onEpoch,
    });
    expect(head?.epoch).toBe(1);
    expect(onEpoch).toHaveBeenCalledTimes(6);
  });

  it('stays closer to the start if it is pulled harder', async () => {
    const data = clouds(60);
    const start = { kernel: new Float32Array(size * 2).fill(0.3), bias: new Float32Array(2) };
    const moved = async (pull: number): Promise<number> => {
      const head = await trainWeights(data, rowsFrom(0, 60), { start, seed: 1, epochs: 24, pull });
      return Math.hypot(...(head?.kernel ?? []).map((weight, i) => weight - (start.kernel[i] as number)));
    };
    expect(await moved(1)).toBeLessThan(0.8 * (await moved(0.003)));
  });

  it('does not learn from unknown targets', async () => {
    const data = clouds(300);
    const targets = data.targets.map((target, i) => (i % 2 === 1 ? -1 : target));
    const start = { kernel: Float32Array.from({ length: size * 2 }, (_, i) => i / 100), bias: Float32Array.of(1, 2) };
    const head = await trainWeights({ ...data, targets }, rowsFrom(0, 300), { start, seed: 1, epochs: 5 });
    const ofLabel = (values: Float32Array, label: number): number[] => [...values].filter((_, i) => i % 2 === label);
    const untouched = ofLabel(head?.kernel as Float32Array, 1);
    for (const [i, value] of ofLabel(start.kernel, 1).entries()) expect(untouched[i]).toBeCloseTo(value, 5);
    expect(head?.bias[1]).toBe(2);
    expect(ofLabel(head?.kernel as Float32Array, 0)).not.toEqual(ofLabel(start.kernel, 0));
  });

  it('yields the thread between batches', async () => {
    const data = clouds(1200);
    const nowMs = everyLookIsLate();
    let turns = 0;
    let isDone = false;
    const others = (async () => {
      for (; !isDone; turns++) await nextTurn();
    })();
    await trainWeights(data, rowsFrom(0, 1200), { start: zeros, seed: 1, epochs: 5 });
    isDone = true;
    nowMs.mockRestore();
    await others;
    // Five epochs of at least eight batches.
    expect(turns).toBeGreaterThanOrEqual(40);
  });
});
