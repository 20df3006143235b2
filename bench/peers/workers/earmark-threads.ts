/**
 * Earmark's own worker, except for the WASM backend: TensorFlow.js's threaded build, which the app leaves out. Network,
 * front end and streaming are the app's. The worker's URL gives the number of threads: `?threads=2`.
 */
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';
import './wasm-memory';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expose, transferHandlers } from 'comlink';
import { type BackendDriver, chooseBackend } from '../../../src/model/engine/backend-choice';
import { NetworkModel } from '../../../src/model/engine/loaded-model';
import { type ModelFolder, readModelFolder } from '../../../src/model/folder/model-folder';
import { carryOneWayCalls } from '../../../src/shared/lib/one-way';
import { checkedTagger } from '../../../src/tagger/checked-tagger';
import { Tagger } from '../../../src/tagger/tagger';

const threads = Number(new URLSearchParams(location.search).get('threads'));

// TensorFlow.js uses at most half of the logical cores, whatever number it is given: one thread on two cores.
Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads });

function threadedDriver(folder: ModelFolder): BackendDriver<NetworkModel> {
  return {
    async softwareRenderer() {
      return undefined;
    },
    async start() {
      setWasmPaths('/tfjs-wasm/');
      setThreadsCount(threads);
      if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js could not start it');
      if (getThreadsCount() !== threads) {
        throw new Error(`it computes on ${getThreadsCount()} of the ${threads} threads that were asked for`);
      }
      return NetworkModel.create(folder);
    },
  };
}

async function fetchBytes(url: URL): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.arrayBuffer();
}

const tagger = new Tagger({
  async openModel(modelUrl, backend, tagsPerSecond) {
    const folder = await readModelFolder(SHIPPED_MODEL, (file) => fetchBytes(new URL(file, modelUrl)));
    return chooseBackend(backend, tagsPerSecond, threadedDriver(folder));
  },
  openExemplars: () => Promise.reject(new Error('the bench does not teach')),
  tensorCount: () => tf.memory().numTensors,
  // WASM has no device to lose.
  deviceLost: () => new Promise(() => {}),
});

carryOneWayCalls(transferHandlers);
expose(checkedTagger(tagger));
