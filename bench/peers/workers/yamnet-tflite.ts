/** YAMNet on tfjs-tflite: WASM, one thread. A classic worker, because it fetches its engine with importScripts. */
import './wasm-memory';
import '@tensorflow/tfjs-backend-cpu';
import { type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { loadTFLiteModel, setWasmPath, type TFLiteModel } from '@tensorflow/tfjs-tflite';
import { expose } from 'comlink';
import type { Peer } from './peer';
import { YamnetWindow } from './yamnet-window';

const window = new YamnetWindow();
let model: TFLiteModel;

expose({
  async load() {
    setWasmPath('/tflite/');
    model = await loadTFLiteModel('/yamnet.tflite', { numThreads: 1 });
  },
  async tag(samples) {
    window.push(samples);
    const input = tensor1d(window.samples);
    const output = model.predict(input) as Tensor;
    const scores = (await output.data()) as Float32Array;
    input.dispose();
    output.dispose();
    return scores;
  },
} satisfies Peer);
