import type {
  BackendChoice,
  BackendLack,
  BackendOutcome,
  BackendReport,
  BackendTrial,
} from '../../../shared/contracts/backend';

const names: Readonly<Record<BackendChoice, string>> = {
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
function found(trial: BackendTrial, { roomMs }: Pick<BackendReport, 'roomMs'>): string {
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

/** Why a backend was taken. */
function reason({ taken, why, roomMs, tagsPerSecond, trials }: BackendReport): string {
  const trial = trials.find(({ backend }) => backend === taken);
  const how = trial ? found(trial, { roomMs }) : '';
  if (why === 'asked-for') return `You chose ${names[taken]}: ${how}.`;
  if (why === 'first') {
    return `${names[taken]} is the first that is both correct and fast enough: ${how}; the limit is ${roomMs.toFixed(0)} ms.`;
  }
  return `${names[taken]} is the fastest on this device, with ${how}. At ${tagsPerSecond} updates per second, ${roomMs.toFixed(0)} ms would be needed, so there will be fewer updates.`;
}

/** Texts about the backends that the network can run on. */
export const backends = {
  names,
  outcomes: {
    taken: 'Used',
    'too-slow': 'Too slow',
    unavailable: 'Not available',
    software: 'Software renderer',
    'wrong-numbers': 'Wrong results',
    'not-needed': 'Not needed',
  } satisfies Record<BackendOutcome, string> as Record<BackendOutcome, string>,
  why: (backend: string) => `Why ${backend}?`,
  caption: 'Backends, in the order they were tried',
  backend: 'Backend',
  result: 'Result',
  median: 'Median',
  found,
  reason,
};
