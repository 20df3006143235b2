/** YAMNet on LiteRT.js: WASM, one thread. A classic worker, because LiteRT.js fetches its engine with importScripts. */
import './wasm-memory';
import { type CompiledModel, loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
import { expose } from 'comlink';
import type { Peer } from './peer';
import { YamnetWindow } from './yamnet-window';

const window = new YamnetWindow();
let model: CompiledModel;

expose({
  async load() {
    await loadLiteRt('/litert/');
    model = await loadAndCompile('/yamnet.tflite', { accelerator: 'wasm' });
  },
  async tag(samples) {
    window.push(samples);
    const input = new Tensor(window.samples, [window.samples.length]);
    const outputs = await model.run(input);
    const scores = (await (outputs[0] as Tensor).data()) as Float32Array;
    for (const tensor of [input, ...outputs]) tensor.delete();
    return scores;
  },
} satisfies Peer);
