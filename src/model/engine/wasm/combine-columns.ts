import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel, type Values } from '../kernels';
import { hasLayerKernels, LANES, layerKernels, VALUE_BYTES } from './layer-kernels';
import { registerOnWasm, type WasmBackend } from './wasm-backend';

/** Name by which a profile knows the kernel. */
export const COMBINE_COLUMNS = 'EarmarkCombineColumns';
/** The kernel pays where a new column is made of fewer columns than this share of all. */
const MOST_TAPS_SHARE = 0.25;

/** A dense layer over time whose weights are 0 but for a few neighbouring columns, as those of a resampling are. */
interface ColumnWeights {
  /** The first of the columns that each new column is made of, [new columns, 1]. */
  readonly firsts: tf.Tensor;
  /** [new columns, taps] */
  readonly weights: tf.Tensor;
  readonly bias: tf.Tensor;
}

/** Gives the WASM backend this kernel, where the machine has SIMD. */
export function registerCombineColumns(): void {
  if (hasLayerKernels()) registerOnWasm(COMBINE_COLUMNS, run);
}

/**
 * @param kernel [columns, new columns]
 * @returns weights for {@link combineColumns}; undefined where the kernel cannot be used, or would not pay.
 */
export function combineWeights(
  kernel: tf.Tensor2D,
  bias: tf.Tensor,
  keep: <T extends tf.Tensor>(tensor: T) => T,
): ColumnWeights | undefined {
  if (!hasKernel(COMBINE_COLUMNS)) return undefined;
  const [columns, made] = kernel.shape;
  const values = kernel.dataSync();
  const spans = Array.from({ length: made }, (_, column) =>
    spanOf(columns, (row) => values[row * made + column] !== 0),
  );
  const taps = Math.max(1, ...spans.map(([first, end]) => end - first));
  if (taps > MOST_TAPS_SHARE * columns) return undefined;
  // All have as many taps: at the end, some zeros come first.
  const firsts = spans.map(([first]) => Math.min(first, columns - taps));
  const weights = firsts.flatMap((first, column) =>
    Array.from({ length: taps }, (_, tap) => values[(first + tap) * made + column] as number),
  );
  return {
    firsts: keep(tf.tensor1d(firsts, 'int32')),
    weights: keep(tf.tensor2d(weights, [made, taps])),
    bias,
  };
}

/** Where values start that count, and where they end; empty without any. */
function spanOf(length: number, counts: (place: number) => boolean): [number, number] {
  const places = Array.from({ length }, (_, place) => place).filter(counts);
  return places.length === 0 ? [0, 0] : [places[0] as number, (places.at(-1) as number) + 1];
}

/** New columns of [batch, columns, …]. @returns undefined where the kernel cannot be used. */
export function combineColumns(x: Values, { firsts, weights, bias }: ColumnWeights): Values | undefined {
  const columnValues = tf.util.sizeFromShape(x.shape.slice(2));
  return columnValues % LANES === 0 ? runKernel(COMBINE_COLUMNS, { x, weights, firsts, bias }) : undefined;
}

function run({
  inputs: { x, weights, firsts, bias },
  backend,
}: {
  inputs: Readonly<Record<'x' | 'weights' | 'firsts' | 'bias', Values>>;
  backend: WasmBackend;
}): Values {
  const [batch, columns, ...rest] = x.shape as [number, number, ...number[]];
  const [made, taps] = weights.shape as [number, number];
  const result = backend.makeOutput([batch, made, ...rest], 'float32');
  const at = ({ dataId }: Values): number => backend.getMemoryOffset(dataId);
  const columnBytes = VALUE_BYTES * tf.util.sizeFromShape(rest);
  for (let image = 0; image < batch; image++) {
    const [from, to] = [at(x) + image * columns * columnBytes, at(result) + image * made * columnBytes];
    layerKernels(backend).combineRows(from, columnBytes, at(firsts), taps, at(weights), at(bias), to, made);
  }
  return result;
}
