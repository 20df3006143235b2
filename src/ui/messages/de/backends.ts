import type { BackendLack, BackendReport, BackendTrial } from '../../../shared/contracts/backend';
import type { Messages } from '../en';

const names: Messages['backends']['names'] = {
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

function found(trial: BackendTrial, { roomMs }: Pick<BackendReport, 'roomMs'>): string {
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

function reason({ taken, why, roomMs, tagsPerSecond, trials }: BackendReport): string {
  const trial = trials.find(({ backend }) => backend === taken);
  const how = trial ? found(trial, { roomMs }) : '';
  if (why === 'asked-for') return `Sie haben ${names[taken]} gewählt: ${how}.`;
  if (why === 'first') {
    return `${names[taken]} ist das erste, das richtig und schnell genug rechnet: ${how}; die Grenze liegt bei ${roomMs.toFixed(0)} ms.`;
  }
  return `${names[taken]} ist auf diesem Gerät am schnellsten: ${how}. Für ${tagsPerSecond} Auswertungen pro Sekunde dürften es höchstens ${roomMs.toFixed(0)} ms sein, deshalb werden es weniger.`;
}

export const backends: Messages['backends'] = {
  names,
  outcomes: {
    taken: 'Verwendet',
    'too-slow': 'Zu langsam',
    unavailable: 'Nicht verfügbar',
    software: 'Software-Renderer',
    'wrong-numbers': 'Falsche Ergebnisse',
    'not-needed': 'Nicht nötig',
  },
  why: (backend) => `Warum ${backend}?`,
  caption: 'Backends in der Reihenfolge, in der sie ausprobiert wurden',
  backend: 'Backend',
  result: 'Ergebnis',
  median: 'Median',
  found,
  reason,
};
