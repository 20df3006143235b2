/** The 2017 network at its full width, with random weights from a fixed seed, on TensorFlow.js: WASM, one thread. */
import './wasm-memory';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayersModel } from '@tensorflow/tfjs-layers';
import { expose } from 'comlink';
import { type NetworkBuilder, networks } from '../../../cli/networks/networks';
import type { FeatureSpec } from '../../../src/shared/contracts/model/feature-spec';
import { seededRandom } from '../../../src/shared/lib/math/random';
import { LiveWindow } from '../../../src/tagger/live/live-window';
import type { Peer } from './peer';

const SEED = 2017;
const LABELS = 52;

let spec: FeatureSpec;
let network: LayersModel;
let live: LiveWindow;
let window: Float32Array;

/**
 * Makes new layers draw small uniform weights from a fixed seed: their own initialisation would take most of a minute.
 */
function drawSeededWeights(): void {
  const random = seededRandom(SEED);
  const drawing = initializers.varianceScaling({ scale: 1, mode: 'fanAvg', distribution: 'normal' });
  // Every default kernel initializer inherits this method.
  Object.getPrototypeOf(drawing).apply = (shape: number[]): tf.Tensor => {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    // A loop, because the dense layer has 157 million weights.
    for (let i = 0; i < values.length; i++) values[i] = (random() - 0.5) / 50;
    return tf.tensor(values, shape);
  };
}

expose({
  async load() {
    spec = (await (await fetch('/app/models/earmark-52/features.json')).json()) as FeatureSpec;
    // The engine without threads, so that it runs on one thread.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setThreadsCount(1);
    setWasmPaths('/tfjs-wasm/');
    await tf.setBackend('wasm');
    drawSeededWeights();
    network = (networks['seed-2017'] as NetworkBuilder)(spec, LABELS);
    live = new LiveWindow(spec);
    window = new Float32Array(spec.frames * spec.melBands);
  },
  async tag(samples) {
    live.push(samples);
    live.copyWindow(window);
    const logits = tf.tidy(() => network.predict(tf.tensor4d(window, [1, spec.frames, spec.melBands, 1])) as tf.Tensor);
    const scores = (await logits.data()) as Float32Array;
    logits.dispose();
    return scores;
  },
} satisfies Peer);
