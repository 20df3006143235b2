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

/** Rate of the sound that YAMNet hears. */
const YAMNET_RATE_HZ = 16_000;
/** Rate of the sound that Earmark's models hear. */
const EARMARK_RATE_HZ = 32_000;

function earmark(backend: 'webgpu' | 'webgl' | 'wasm' | 'cpu', display: string): System {
  const spec = { kind: 'earmark', backend, cores: 2 } as const;
  return { system: 'Earmark', backend: display, threads: 1, spec, isYamnet: false };
}

function peer(system: string, backend: string, worker: string, sampleRateHz: number): System {
  const spec = { kind: 'peer', worker, sampleRateHz } as const;
  return { system, backend, threads: 1, spec, isYamnet: sampleRateHz === YAMNET_RATE_HZ };
}

/** The row that every other one is compared with: Earmark on one thread of WASM. */
export const reference = earmark('wasm', 'WASM');

/** YAMNet as a person would run it in a page today. */
export const yamnetOnLitert = peer('YAMNet', 'LiteRT.js, WASM', '/litert/yamnet.js', YAMNET_RATE_HZ);

/** What is measured in one page, in turns. */
export function systemsInTurns(): System[] {
  return [
    reference,
    yamnetOnLitert,
    peer('YAMNet', 'tfjs-tflite, WASM', '/tflite/yamnet.js', YAMNET_RATE_HZ),
    peer('Earmark’s network', 'onnxruntime-web, WASM', '/onnxruntime/earmark.js', EARMARK_RATE_HZ),
    earmark('webgl', 'WebGL'),
    earmark('cpu', 'CPU'),
    peer('seed-2017', 'TensorFlow.js, WASM', '/tfjs-wasm/seed-2017.js', EARMARK_RATE_HZ),
  ];
}

/** Is measured in a browser of its own, with the reference: a machine without a GPU needs other options for it. */
export const webgpu = earmark('webgpu', 'WebGPU');

/** One name for each row. */
export function nameOf({ system, backend, threads }: System): string {
  return `${system}, ${backend}${threads > 1 ? `, ${threads} threads` : ''}`;
}
