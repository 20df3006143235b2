import { io, tensor, tensor4d } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { readAudioFile } from '../../../../cli/audio/audio-files';
import { networkTopology } from '../../../../cli/networks/networks';
import { logMelColumns } from '../../../../src/dsp/log-mel';
import { tensorCount } from '../../../../src/model/engine/backends';
import { readValues, valuesFrom } from '../../../../src/model/engine/kernels';
import { buildLayers, networkReach, runLayers } from '../../../../src/model/engine/layers';
import type { EmbeddingStream, NetworkModel } from '../../../../src/model/engine/loaded-model';
import { headLogits } from '../../../../src/model/head/head';
import type { BackendName } from '../../../../src/shared/contracts/backend';
import { exampleSpec } from '../../../support/feature-spec';
import { largestDifference } from '../../support/arrays';
import { startShipped } from '../../support/model';
import { seededRandom, whiteNoise } from '../../support/random';

/** What the network hears of a window ends 5 columns before the window does: its poolings leave them out. */
const REACH_COLUMNS = 115;
const STRIDE_COLUMNS = 8;

function openStream(model: NetworkModel): EmbeddingStream {
  const stream = model.openStream(8);
  if (stream === undefined) throw new Error('the shipped network does not stream');
  return stream;
}

/** Logits of the window whose heard part ends with column `end`; behind it there is something else. */
function windowLogits(model: NetworkModel, columns: Float32Array, end: number): Promise<Float32Array> {
  const { frames, melBands } = model.spec;
  const window = new Float32Array(frames * melBands).fill(0.123);
  window.set(columns.subarray((end - REACH_COLUMNS) * melBands, end * melBands));
  return model.predictLogits(window, 1);
}

/** Streams columns in steps of so many strides, and compares each result with a window's. @returns the worst. */
async function worstError(model: NetworkModel, columns: Float32Array, strides: () => number): Promise<number> {
  const { melBands } = model.spec;
  const { embeddingSize } = model;
  const stream = openStream(model);
  let end = REACH_COLUMNS + STRIDE_COLUMNS * (strides() - 1);
  let embeddings = await stream.start(columns.slice(0, end * melBands));
  let errors: number[] = [];
  let positions = 0;
  for (;;) {
    const steps = embeddings.length / embeddingSize;
    for (let step = 0; step < steps; step++, positions++) {
      const streamed = headLogits(
        embeddings.subarray(step * embeddingSize, (step + 1) * embeddingSize),
        model.folder.head,
      );
      const whole = await windowLogits(model, columns, REACH_COLUMNS + STRIDE_COLUMNS * positions);
      errors = [...errors, largestDifference(streamed, whole)];
    }
    const next = end + STRIDE_COLUMNS * strides();
    if (next * melBands > columns.length) break;
    embeddings = await stream.advance(columns.slice(end * melBands, next * melBands));
    end = next;
  }
  stream.dispose();
  expect(positions).toBe((end - REACH_COLUMNS) / STRIDE_COLUMNS + 1);
  return Math.max(...errors);
}

describe('a stream of the shipped network', () => {
  it.each<BackendName>(['wasm', 'cpu'])(
    'gives the logits of whole windows, stride by stride, on %s',
    async (backend) => {
      const model = await startShipped(backend);
      const columns = whiteNoise((REACH_COLUMNS + 4 * STRIDE_COLUMNS) * model.spec.melBands, 1);
      expect(await worstError(model, columns, () => 1)).toBeLessThan(1e-4);
      model.dispose();
    },
  );

  it('gives them for a recorded sound in steps of any number of strides', async () => {
    const model = await startShipped('wasm');
    const { spec } = model;
    const file = 'test/sounds/misc_crow.flac';
    const crow = await readAudioFile(file, spec.sampleRateHz);
    const columns = logMelColumns(
      Float32Array.from({ length: 8 * spec.sampleRateHz }, (_, i) => crow[i % crow.length] as number),
      spec,
    );
    const random = seededRandom(2);
    expect(await worstError(model, columns, () => 1 + Math.floor(5 * random()))).toBeLessThan(1e-4);
    model.dispose();
  });

  it('forgets the past at a new start', async () => {
    const model = await startShipped('wasm');
    const values = REACH_COLUMNS * model.spec.melBands;
    const [first, second] = [whiteNoise(values, 3), whiteNoise(values, 4)] as const;
    const stream = openStream(model);
    const fresh = await stream.start(second);
    await stream.start(first);
    await stream.advance(first.slice(0, STRIDE_COLUMNS * model.spec.melBands));
    expect(await stream.start(second)).toEqual(fresh);
    stream.dispose();
    model.dispose();
  });

  it('holds the same few tensors however long it runs, and frees them', async () => {
    const model = await startShipped('wasm');
    const before = tensorCount();
    const stream = openStream(model);
    await stream.start(new Float32Array(REACH_COLUMNS * model.spec.melBands));
    const held = tensorCount();
    // Seven convolutions and the mean over time look back.
    expect(held - before).toBe(8);
    for (let i = 0; i < 20; i++) await stream.advance(new Float32Array(STRIDE_COLUMNS * model.spec.melBands));
    expect(tensorCount()).toBe(held);
    await stream.start(new Float32Array(REACH_COLUMNS * model.spec.melBands));
    expect(tensorCount()).toBe(held);
    stream.dispose();
    expect(tensorCount()).toBe(before);
    model.dispose();
  });

  it('rejects columns that are not whole strides, and advancing before a start', async () => {
    const model = await startShipped('cpu');
    const { melBands } = model.spec;
    const stream = openStream(model);
    await expect(stream.start(new Float32Array(114 * melBands))).rejects.toThrow(RangeError);
    await expect(stream.start(new Float32Array(116 * melBands))).rejects.toThrow(RangeError);
    await expect(stream.advance(new Float32Array(8 * melBands))).rejects.toThrow('not been started');
    await stream.start(new Float32Array(REACH_COLUMNS * melBands));
    await expect(stream.advance(new Float32Array(0))).rejects.toThrow(RangeError);
    await expect(stream.advance(new Float32Array(7 * melBands))).rejects.toThrow(RangeError);
    stream.dispose();
    model.dispose();
  });

  it('exists for at most as many tags per second as there are strides', async () => {
    const model = await startShipped('cpu');
    expect(model.openStream(1)).toBeDefined();
    expect(model.openStream(8)).toBeDefined();
    expect(model.openStream(9)).toBeUndefined();
    model.dispose();
  });
});

/** A network of the registry with random weights, as TensorFlow.js runs it and as Earmark does. */
async function randomNetwork(name: string) {
  (await startShipped('wasm')).dispose();
  const spec = { ...exampleSpec, hopSamples: 500 };
  const { modelTopology, weightShapes } = await networkTopology(name, spec, 3);
  const names = Object.entries(weightShapes);
  const values = names.map(([, shape], i) =>
    whiteNoise(
      shape.reduce((a, b) => a * b),
      10 + i,
    ).map((value) => value / 10),
  );
  const weightSpecs = names.map(([name, shape]) => ({ name, shape: [...shape], dtype: 'float32' as const }));
  const weightData = Float32Array.from(values.flatMap((some) => [...some])).buffer;
  const reference = await loadLayersModel(
    io.fromMemory({ modelTopology: modelTopology as object, weightSpecs, weightData }),
  );
  const weights = new Map(names.map(([name, shape], i) => [name, tensor(values[i] as Float32Array, [...shape])]));
  const layers = buildLayers(modelTopology, weights, (tensor) => tensor);
  const head = {
    kernel: (await weights.get('head/kernel')?.data()) as Float32Array,
    bias: (await weights.get('head/bias')?.data()) as Float32Array,
  };
  return { spec, reference, layers, head };
}

describe('layers', () => {
  it.each(['earmark-52', 'seed-2017-eighth'])('of %s compute what TensorFlow.js’s own do', async (name) => {
    const { spec, reference, layers, head } = await randomNetwork(name);
    const noise = whiteNoise(2 * spec.frames * spec.melBands, 5);
    const shape: [number, number, number, number] = [2, spec.frames, spec.melBands, 1];
    const input = tensor4d(noise, shape);
    const expected = (await (reference.predict(input) as typeof input).data()) as Float32Array;
    const logits = headLogits(await readValues(runLayers(layers, valuesFrom(noise, shape))), head);
    expect(expected.some((value) => Math.abs(value) > 0.01)).toBe(true);
    expect(largestDifference(logits, expected)).toBeLessThan(1e-4);
  });

  it('know their reach in time: the product of strides, and what kernels add', async () => {
    const { layers } = await randomNetwork('earmark-52');
    expect(networkReach(layers)).toEqual({ columns: REACH_COLUMNS, stride: STRIDE_COLUMNS });
    const seed = await randomNetwork('seed-2017-eighth');
    expect(networkReach(seed.layers)).toBeUndefined();
  });

  it.each([
    [{ class_name: 'LSTM', config: { name: 'memory' }, inbound_nodes: [[['window', 0, 0, {}]]] }, 'LSTM'],
    [
      {
        class_name: 'Dense',
        config: { name: 'embedding', activation: 'relu' },
        inbound_nodes: [[['window', 0, 0, {}]]],
      },
      'no kernel',
    ],
    [{ class_name: 'Flatten', config: { name: 'flat' }, inbound_nodes: [[['nowhere', 0, 0, {}]]] }, 'nowhere'],
    [{ class_name: 'Flatten', config: { name: 'flat' }, inbound_nodes: [[['window', 0, 0, {}]]] }, 'no embedding'],
  ])('are rejected if they cannot be run: %#', (layer, why) => {
    const input = { class_name: 'InputLayer', config: { name: 'window' }, inbound_nodes: [] };
    expect(() => buildLayers({ config: { layers: [input, layer] } }, new Map(), (tensor) => tensor)).toThrow(why);
  });
});
