import { readFileSync } from 'node:fs';
import { io, type Tensor, tensor, tensor4d } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { type MobileNetPlan, mobileNet } from '../../../../cli/networks/mobile-net';
import { topologyOf } from '../../../../cli/networks/networks';
import { readValues, valuesFrom } from '../../../../src/model/engine/kernels';
import type { TimeReach } from '../../../../src/model/engine/layer-parts';
import { buildLayers, type Layer, networkReach, runLayers } from '../../../../src/model/engine/layers';
import { NetworkStream } from '../../../../src/model/engine/network-stream';
import { headLogits } from '../../../../src/model/head/head';
import { exampleSpec } from '../../../support/feature-spec';
import { largestDifference } from '../../support/arrays';
import { startShipped } from '../../support/model';
import { whiteNoise } from '../../support/random';

/** A tiny network with every kind of block, and what PyTorch computed: training/tests/test_export_mobilenet.py. */
interface Fixture {
  readonly plan: MobileNetPlan;
  readonly frames: number;
  readonly bands: number;
  readonly weights: readonly { readonly name: string; readonly shape: number[]; readonly values: number[] }[];
  readonly window: readonly number[];
  readonly logits: readonly number[];
}

type Kind = 'window' | 'resampled' | 'streaming';

function networkOf(kind: Kind) {
  const fixture = JSON.parse(readFileSync(`test/support/networks/mobile-net-${kind}.json`, 'utf8')) as Fixture;
  const spec = { ...exampleSpec, frames: fixture.frames, melBands: fixture.bands };
  const topology = topologyOf(mobileNet(fixture.plan), spec, fixture.logits.length);
  const valuesOf = new Map(fixture.weights.map(({ name, values }) => [name, Float32Array.from(values)]));
  const weights = new Map<string, Tensor>(
    fixture.weights.map(({ name, shape }) => [name, tensor(valuesOf.get(name) as Float32Array, shape)]),
  );
  const head = { kernel: valuesOf.get('head/kernel') as Float32Array, bias: valuesOf.get('head/bias') as Float32Array };
  return {
    fixture,
    ...topology,
    valuesOf,
    head,
    layers: buildLayers(topology.modelTopology, weights, (tensor) => tensor),
  };
}

async function embeddings(layers: readonly Layer[], columns: Float32Array, bands: number): Promise<Float32Array> {
  return readValues(runLayers(layers, valuesFrom(columns, [1, columns.length / bands, bands, 1])));
}

describe.each<Kind>(['window', 'resampled', 'streaming'])('a MobileNet of the kind %s', (kind) => {
  it('asks for the weights that training exports', () => {
    const { fixture, weightShapes } = networkOf(kind);
    expect(Object.fromEntries(fixture.weights.map(({ name, shape }) => [name, shape]))).toEqual(weightShapes);
  });

  it.each(['cpu', 'wasm'] as const)('computes on %s what PyTorch did', async (backend) => {
    (await startShipped(backend)).dispose();
    const { fixture, layers, head } = networkOf(kind);
    const embedding = await embeddings(layers, Float32Array.from(fixture.window), fixture.bands);
    expect(embedding.length).toBe(fixture.plan.embedding);
    expect(largestDifference(headLogits(embedding, head), Float32Array.from(fixture.logits))).toBeLessThan(1e-4);
  });

  it('can be read and run by plain TensorFlow.js', async () => {
    (await startShipped('cpu')).dispose();
    const { fixture, modelTopology, weightShapes, valuesOf } = networkOf(kind);
    const weightSpecs = Object.entries(weightShapes).map(([name, shape]) => ({
      name,
      shape: [...shape],
      dtype: 'float32' as const,
    }));
    const weightData = Float32Array.from(weightSpecs.flatMap(({ name }) => [...(valuesOf.get(name) ?? [])])).buffer;
    const model = await loadLayersModel(
      io.fromMemory({ modelTopology: modelTopology as object, weightSpecs, weightData }),
    );
    const window = tensor4d(Float32Array.from(fixture.window), [1, fixture.frames, fixture.bands, 1]);
    const logits = (await (model.predict(window) as Tensor).data()) as Float32Array;
    expect(largestDifference(logits, Float32Array.from(fixture.logits))).toBeLessThan(1e-4);
  });
});

describe('in time', () => {
  it.each<Kind>(['window', 'resampled'])('a MobileNet of the kind %s needs whole windows', (kind) => {
    expect(networkReach(networkOf(kind).layers)).toBeUndefined();
  });

  it('one that does not pad streams: each stride gives what the whole window does', async () => {
    (await startShipped('cpu')).dispose();
    const { fixture, layers } = networkOf('streaming');
    const { bands, frames, plan } = fixture;
    // Stem 3, then 3 and 3 at a stride of 2, 3 and the mean over what is left at one of 4.
    const reach = networkReach(layers) as TimeReach;
    expect(reach.stride).toBe(4);
    expect(reach.columns).toBeLessThanOrEqual(frames);
    const columns = whiteNoise((reach.columns + 3 * reach.stride) * bands, 4);
    const stream = new NetworkStream(layers, reach, bands);
    const streamed = [await stream.start(columns.slice(0, reach.columns * bands))];
    for (let end = reach.columns; end * bands < columns.length; end += reach.stride) {
      streamed.push(await stream.advance(columns.slice(end * bands, (end + reach.stride) * bands)));
    }
    stream.dispose();
    expect(streamed.length).toBe(4);
    for (const [i, embedding] of streamed.entries()) {
      const start = i * reach.stride * bands;
      const whole = await embeddings(layers, columns.slice(start, start + reach.columns * bands), bands);
      expect(embedding.length).toBe(plan.embedding);
      expect(largestDifference(embedding, whole)).toBeLessThan(1e-5);
    }
  });
});
