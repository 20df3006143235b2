import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel, type Values } from '../kernels';
import { registerOnWasm, type WasmBackend } from './wasm-backend';

/**
 * Columns of [batch, columns, …], cut out and joined. TensorFlow.js's own kernels copy all of their input out of WASM's memory
 * first: memory that is then collected, in a stream a quarter of a megabyte per second of sound.
 */
const CUT = 'EarmarkCutColumns';
const JOIN = 'EarmarkJoinColumns';
const VALUE_BYTES = 4;

interface CutAttributes {
  readonly first: number;
  readonly count: number;
}

/** Gives the WASM backend these kernels. */
export function registerColumnKernels(): void {
  registerOnWasm(CUT, runCut);
  registerOnWasm(JOIN, runJoin);
}

/** Some columns. */
export function columnsOf(x: Values, first: number, count: number): Values {
  if (hasKernel(CUT)) return runKernel(CUT, { x }, { first, count });
  const begin = x.shape.map((_, axis) => (axis === 1 ? first : 0));
  return runKernel('Slice', { x }, { begin, size: withColumns(x.shape, count) });
}

/** The columns of `before`, and then those of `x`, of one sound. */
export function joinColumns(before: Values, x: Values): Values {
  return hasKernel(JOIN) ? runKernel(JOIN, { before, x }) : runKernel('Concat', [before, x], { axis: 1 });
}

function runCut({
  inputs: { x },
  attrs: { first, count },
  backend,
}: {
  inputs: { readonly x: Values };
  attrs: CutAttributes;
  backend: WasmBackend;
}): Values {
  const result = backend.makeOutput(withColumns(x.shape, count), 'float32');
  const [batch, columns, ...rest] = x.shape as [number, number, ...number[]];
  const columnBytes = VALUE_BYTES * tf.util.sizeFromShape(rest);
  const memory = memoryOf(backend);
  const from = backend.getMemoryOffset(x.dataId) + first * columnBytes;
  const to = backend.getMemoryOffset(result.dataId);
  for (let image = 0; image < batch; image++) {
    const start = from + image * columns * columnBytes;
    memory.copyWithin(to + image * count * columnBytes, start, start + count * columnBytes);
  }
  return result;
}

function runJoin({
  inputs: { before, x },
  backend,
}: {
  inputs: { readonly before: Values; readonly x: Values };
  backend: WasmBackend;
}): Values {
  const columns = (before.shape[1] as number) + (x.shape[1] as number);
  const result = backend.makeOutput(withColumns(x.shape, columns), 'float32');
  const memory = memoryOf(backend);
  let to = backend.getMemoryOffset(result.dataId);
  for (const { dataId, shape } of [before, x]) {
    const from = backend.getMemoryOffset(dataId);
    const bytes = VALUE_BYTES * tf.util.sizeFromShape(shape);
    memory.copyWithin(to, from, from + bytes);
    to += bytes;
  }
  return result;
}

function withColumns(shape: readonly number[], columns: number): number[] {
  return shape.map((size, axis) => (axis === 1 ? columns : size));
}

/** Valid until memory grows: fetch it after all outputs are made. */
function memoryOf(backend: WasmBackend): Uint8Array {
  return new Uint8Array(backend.wasm.asm.memory.buffer);
}
