import type { BackendChoice, BackendOutcome } from '../shared/backend';

/** Backends as people write them. */
export const backendLabels: Readonly<Record<BackendChoice, string>> = {
  auto: 'Automatic',
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WASM',
  cpu: 'CPU',
};

export const outcomeLabels: Readonly<Record<BackendOutcome, string>> = {
  taken: 'Taken',
  'too-slow': 'Too slow',
  unavailable: 'Not available',
  software: 'Software renderer',
  'wrong-numbers': 'Wrong numbers',
  'not-needed': 'Not needed',
};
