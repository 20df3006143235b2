import type { BackendChoice, BackendLack, BackendReport, BackendTrial } from '../../../shared/contracts/backend';

/** Backends that the network can run on. */
export const backendNames: Readonly<Record<BackendChoice, string>> = {
  auto: 'Automatic',
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WASM',
  cpu: 'CPU',
};

const lacks: Readonly<Record<Exclude<BackendLack, 'error'>, string>> = {
  'no-adapter': 'This browser has no WebGPU adapter.',
  'no-webgl2': 'This browser has no WebGL 2 in workers.',
  'not-started': 'TensorFlow.js couldn’t start it.',
};

const perUpdate = (ms: number): string => `${ms.toFixed(1)} ms per update`;

/** How a backend did when it was tried. */
export function backendResult(trial: BackendTrial, { roomMs }: Pick<BackendReport, 'roomMs'>): string {
  switch (trial.outcome) {
    case 'taken':
      return 'medianMs' in trial ? perUpdate(trial.medianMs) : `Drawn by ${trial.renderer}`;
    case 'too-slow':
      return `${perUpdate(trial.medianMs)}; the limit is ${roomMs.toFixed(0)} ms`;
    case 'software':
      return `Drawn by ${trial.renderer}, in software`;
    case 'wrong-numbers':
      return `Wrong results: off by ${trial.error.toPrecision(2)} on the model’s own example`;
    case 'unavailable':
      return trial.lack === 'error' ? trial.detail : lacks[trial.lack];
    case 'not-needed':
      return 'Not tried: an earlier one is fast enough';
  }
}
