import type { BackendLack, BackendReport, BackendTrial } from '../../../shared/contracts/backend';
import type { Messages } from '../en';

export const backendNames: Messages['backendNames'] = {
  auto: 'Automatisch',
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WASM',
  cpu: 'CPU',
};

const lacks: Readonly<Record<Exclude<BackendLack, 'error'>, string>> = {
  'no-adapter': 'Dieser Browser hat keinen WebGPU-Adapter.',
  'no-webgl2': 'Dieser Browser hat in Workern kein WebGL 2.',
  'not-started': 'TensorFlow.js konnte es nicht starten.',
};

const perUpdate = (ms: number): string => `${ms.toFixed(1).replace('.', ',')} ms pro Auswertung`;

export function backendResult(trial: BackendTrial, { roomMs }: Pick<BackendReport, 'roomMs'>): string {
  switch (trial.outcome) {
    case 'taken':
      return 'medianMs' in trial ? perUpdate(trial.medianMs) : `Gerechnet von ${trial.renderer}`;
    case 'too-slow':
      return `${perUpdate(trial.medianMs)}; die Grenze liegt bei ${roomMs.toFixed(0)} ms`;
    case 'software':
      return `Von ${trial.renderer} in Software gerechnet`;
    case 'wrong-numbers':
      return `Falsche Ergebnisse: beim Beispiel des Modells um ${trial.error.toPrecision(2).replace('.', ',')} daneben`;
    case 'unavailable':
      return trial.lack === 'error' ? trial.detail : lacks[trial.lack];
    case 'not-needed':
      return 'Nicht ausprobiert: Ein früheres ist schnell genug';
  }
}
