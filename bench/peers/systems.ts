import { SHIPPED_MODEL } from '../../src/shared/contracts/model/shipped-model';
import { LIGHT_MODEL } from './light-model';
import type { SystemSpec } from './page/bench-page';

/** A row of the table. */
export interface System {
  readonly system: string;
  readonly backend: string;
  readonly threads: number;
  /** How the page starts it. */
  readonly spec: SystemSpec;
  /** Needs the file that the user names. */
  readonly isYamnet: boolean;
}

/** Sample rate of YAMNet's input. */
const YAMNET_RATE_HZ = 16_000;
/** Sample rate of the input of Earmark's models. */
const EARMARK_RATE_HZ = 32_000;

/** More threads would be idle: a stride is small. */
const MOST_THREADS = 4;

function earmark(backend: 'webgpu' | 'webgl' | 'wasm' | 'cpu', display: string, threads = 1): System {
  const worker = threads === 1 ? '/earmark-worker.js' : `/tfjs-wasm/earmark-threads.js?threads=${threads}`;
  return {
    system: 'Earmark',
    backend: display,
    threads,
    spec: { kind: 'earmark', backend, model: SHIPPED_MODEL, worker },
    isYamnet: false,
  };
}

function peer(system: string, backend: string, worker: string, sampleRateHz: number): System {
  const spec = { kind: 'peer', worker, sampleRateHz } as const;
  return { system, backend, threads: 1, spec, isYamnet: sampleRateHz === YAMNET_RATE_HZ };
}

/** The row that every other one is compared with: Earmark on one WASM thread. */
export const reference = earmark('wasm', 'WASM');

/** The light model, on one WASM thread as well. */
export const light: System = {
  ...reference,
  system: 'Earmark, light model',
  spec: { kind: 'earmark', backend: 'wasm', model: LIGHT_MODEL, worker: '/earmark-worker.js' },
};

/** YAMNet as a person would run it in a page today. */
export const yamnetOnLitert = peer('YAMNet', 'LiteRT.js, WASM', '/litert/yamnet.js', YAMNET_RATE_HZ);

/** Systems measured in one page, in turns. */
export function systemsInTurns(): System[] {
  return [
    reference,
    yamnetOnLitert,
    light,
    peer('Earmark’s light network', 'onnxruntime-web, WASM', '/onnxruntime/earmark.js', EARMARK_RATE_HZ),
    earmark('webgl', 'WebGL'),
    earmark('cpu', 'CPU'),
    peer('seed-2017', 'TensorFlow.js, WASM', '/tfjs-wasm/seed-2017.js', EARMARK_RATE_HZ),
  ];
}

/**
 * Earmark on the threaded build of TensorFlow.js's WASM backend, which the app does not use. It is measured in its own
 * browser, with the reference: Chromium's memory measurement takes a minute while a thread waits for work.
 *
 * @param cores of this machine. At least two threads are used: with one, the row would equal the reference.
 */
export function earmarkOnThreads(cores: number): System {
  return earmark('wasm', 'WASM', Math.min(MOST_THREADS, Math.max(2, cores)));
}

/** Measured in its own browser, with the reference: a machine without a GPU needs other options for it. */
export const webgpu = earmark('webgpu', 'WebGPU');

/** A unique name for each row. */
export function nameOf({ system, backend, threads }: System): string {
  return `${system}, ${backend}${threads > 1 ? `, ${threads} threads` : ''}`;
}
