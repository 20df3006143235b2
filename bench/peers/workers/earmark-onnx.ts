/**
 * The network of Earmark's light model, whole windows, on onnxruntime-web: WASM, one thread. Front end and calibration are Earmark's.
 */
import './wasm-memory';
import { expose } from 'comlink';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { GOLDEN_TOLERANCE } from '../../../src/model/engine/backend-choice';
import { type Calibration, calibrate } from '../../../src/model/folder/calibration';
import type { FeatureSpec } from '../../../src/shared/contracts/model/feature-spec';
import { LiveWindow } from '../../../src/tagger/live/live-window';
import { LIGHT_MODEL } from '../light-model';
import type { Peer } from './peer';

const MODEL = `/app/models/${LIGHT_MODEL}/`;

let session: InferenceSession;
let spec: FeatureSpec;
let calibration: Calibration;
let live: LiveWindow;
let window: Float32Array;

async function logitsOf(windowValues: Float32Array): Promise<Float32Array> {
  const input = new Tensor('float32', windowValues, [1, 1, spec.frames, spec.melBands]);
  const { logits } = await session.run({ window: input });
  return logits?.data as Float32Array;
}

async function checkGoldenVector(): Promise<void> {
  const golden = new Float32Array(await (await fetch(`${MODEL}golden.bin`)).arrayBuffer());
  const expected = golden.subarray(window.length);
  const logits = await logitsOf(golden.slice(0, window.length));
  const error = logits.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (expected[i] as number))), 0);
  if (!(error <= GOLDEN_TOLERANCE))
    throw new Error(`the exported network is off by ${error} on the model's own example`);
}

expose({
  async load() {
    env.wasm.numThreads = 1;
    env.wasm.wasmPaths = '/onnxruntime/';
    [session, spec, calibration] = await Promise.all([
      InferenceSession.create('/earmark.onnx', { executionProviders: ['wasm'] }),
      fetch(`${MODEL}features.json`).then((response) => response.json() as Promise<FeatureSpec>),
      fetch(`${MODEL}calibration.json`).then((response) => response.json() as Promise<Calibration>),
    ]);
    live = new LiveWindow(spec);
    window = new Float32Array(spec.frames * spec.melBands);
    await checkGoldenVector();
  },
  async tag(samples) {
    live.push(samples);
    live.copyWindow(window);
    return calibrate(await logitsOf(window), calibration);
  },
} satisfies Peer);
