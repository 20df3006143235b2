import * as tf from '@tensorflow/tfjs-core';
import { lazyKernel } from '../../../shared/lib/wasm-kernel';
import { hasKernel, runKernel, type Values } from '../kernels';
import { type ConvolutionAttributes, forEachPadded, lowestOf, outputSize, VALUE_BYTES } from './layer-kernels';
import { kernelsOnBackend, registerOnWasm, type WasmBackend } from './wasm-backend';

/** WebAssembly of convolution.wat. It takes 0.6 times as long as TensorFlow.js's, and does what comes after it on the way. */
export const kernelBase64 =
  'AGFzbQEAAAABEwFgD39/f39/f39/f39/f399fwACEwEHYmFja2VuZAZtZW1vcnkCAAEDAgEABwwBCGNvbnZvbHZlAAAKmAgBlQgCDH8QeyAN/RMhHgNAQQAhDyAGIRIDQEEAIRADQCAQQQRqIApLBEAgCkEEayEQCyAHIA9q/QAEACEjIAcgD2r9AAQQISQgIyElICQhJiAjIScgJCEoICMhKSAkISogEiETIAAgECACbGohFSAEIRQDQCAVIRYgFiACaiEXIBcgAmohGCAYIAJqIRkgFSAFaiEaA0AgE/0ABAAhGyAT/QAEECEcIBb9CQIAIR0gIyAdIBv95gH95AEhIyAkIB0gHP3mAf3kASEkIBf9CQIAIR0gJSAdIBv95gH95AEhJSAmIB0gHP3mAf3kASEmIBj9CQIAIR0gJyAdIBv95gH95AEhJyAoIB0gHP3mAf3kASEoIBn9CQIAIR0gKSAdIBv95gH95AEhKSAqIB0gHP3mAf3kASEqIBNBIGohEyAWQQRqIRYgF0EEaiEXIBhBBGohGCAZQQRqIRkgFiAaSQ0ACyAVIAFqIRUgFEEBayEUIBQNAAsgDyAQIAtsaiERIAwEQCAMIBFqIRYgIyAW/QAEAP3kASEjICQgFv0ABBD95AEhJCAWIAtqIRYgJSAW/QAEAP3kASElICYgFv0ABBD95AEhJiAWIAtqIRYgJyAW/QAEAP3kASEnICggFv0ABBD95AEhKCAWIAtqIRYgKSAW/QAEAP3kASEpICogFv0ABBD95AEhKgsgDgRA/QwAAAAAAAAAAAAAAAAAAAAAIR/9DAAAgD8AAIA/AACAPwAAgD8hIP0MzcxMPs3MTD7NzEw+zcxMPiEh/QwAAAA/AAAAPwAAAD8AAAA/ISIgIyAiICEgI/3mAf3kASAg/eoBIB/96wH95gEhIyAkICIgISAk/eYB/eQBICD96gEgH/3rAf3mASEkICUgIiAhICX95gH95AEgIP3qASAf/esB/eYBISUgJiAiICEgJv3mAf3kASAg/eoBIB/96wH95gEhJiAnICIgISAn/eYB/eQBICD96gEgH/3rAf3mASEnICggIiAhICj95gH95AEgIP3qASAf/esB/eYBISggKSAiICEgKf3mAf3kASAg/eoBIB/96wH95gEhKSAqICIgISAq/eYB/eQBICD96gEgH/3rAf3mASEqCyAIIBFqIREgESAjIB796wH9CwQAIBEgJCAe/esB/QsEECARIAtqIREgESAlIB796wH9CwQAIBEgJiAe/esB/QsEECARIAtqIREgESAnIB796wH9CwQAIBEgKCAe/esB/QsEECARIAtqIREgESApIB796wH9CwQAIBEgKiAe/esB/QsEECAQQQRqIRAgECAKSQ0ACyATIRIgD0EgaiEPIA8gC0kNAAsgACADaiEAIAogC2whESAIIBFqIQggDARAIAwgEWohDAsgCUEBayEJIAkNAAsL';

const kernelModule = lazyKernel(kernelBase64);

/** Name by which a profile knows the convolution. */
export const CONVOLUTION = 'EarmarkConvolution';
/** Pixels and outputs that the kernel computes together. */
const PIXELS = 4;
export const OUTPUTS = 8;

interface ConvolutionKernel {
  convolve(
    from: number,
    fromRowBytes: number,
    stepBytes: number,
    stepRowBytes: number,
    kernelRows: number,
    runBytes: number,
    weights: number,
    bias: number,
    to: number,
    toRows: number,
    toColumns: number,
    toPixelBytes: number,
    addend: number,
    lowest: number,
    isSwish: number,
  ): void;
}

/** What the convolution reads. */
interface ConvolutionInputs {
  readonly x: Values;
  /** Of {@link convolutionWeights}. */
  readonly weights: Values;
  readonly bias: Values;
  /** What is added before the activation, of the result's shape. */
  readonly addend?: Values | undefined;
}

/** How it is computed. */
interface Attributes extends ConvolutionAttributes {
  /** Rows (time) and columns (bands) of the filter. */
  readonly kernelSize: readonly [number, number];
}

/** A convolution as a kernel of our own reads it. */
export interface PackedConvolution {
  /** Of {@link convolutionWeights}. */
  readonly weights: Values;
  readonly bias: Values;
  readonly activation: string;
}

const kernelOf = kernelsOnBackend<ConvolutionKernel>(kernelModule);

/** Gives the WASM backend this kernel, where the machine has SIMD. */
export function registerConvolution(): void {
  if (kernelModule()) registerOnWasm(CONVOLUTION, run);
}

/**
 * The weights of a convolution, [rows, columns, channels, outputs], for {@link convolution}: [outputs / 8, rows · columns ·
 * channels, 8].
 *
 * @returns undefined where the kernel cannot be used.
 */
export function convolutionWeights(filter: tf.Tensor): tf.Tensor | undefined {
  const outputs = filter.shape[3] as number;
  if (outputs % OUTPUTS !== 0 || !hasKernel(CONVOLUTION)) return undefined;
  return tf.tidy(() => tf.transpose(tf.reshape(filter, [-1, outputs / OUTPUTS, OUTPUTS]), [1, 0, 2]));
}

/** The convolution by the kernel. @returns undefined where it cannot be used: for few pixels. */
export function convolution(inputs: ConvolutionInputs, attributes: Attributes): Values | undefined {
  const { x, weights, bias, addend } = inputs;
  const { kernelSize, padding, strides } = attributes;
  const [toRows, toColumns] = outputSize(x.shape, kernelSize, padding, strides);
  const pixels = isPointwise(attributes) ? (x.shape[0] as number) * toRows * toColumns : toColumns;
  if (pixels < PIXELS) return undefined;
  return runKernel(CONVOLUTION, { x, weights, bias, ...(addend && { addend }) }, attributes);
}

/** Whether every output depends on the pixel in its place alone. */
function isPointwise({ kernelSize, padding, strides }: Attributes): boolean {
  return [...kernelSize, ...strides].every((size) => size === 1) && padding.flat().every((zeros) => zeros === 0);
}

function run({
  inputs: { x, weights, bias, addend },
  attrs,
  backend,
}: {
  inputs: ConvolutionInputs;
  attrs: Attributes;
  backend: WasmBackend;
}): Values {
  const { kernelSize, padding, strides, activation } = attrs;
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const outputs = (weights.shape[0] as number) * OUTPUTS;
  const [toRows, toColumns] = outputSize(x.shape, kernelSize, padding, strides);
  const result = backend.makeOutput([batch, toRows, toColumns, outputs], 'float32');
  const at = ({ dataId }: Values): number => backend.getMemoryOffset(dataId);
  const { convolve } = kernelOf(backend);
  const [pixelBytes, toPixelBytes] = [channels * VALUE_BYTES, outputs * VALUE_BYTES];
  const compute = (from: number, rowBytes: number, first: number, rows: number, columns: number): void =>
    convolve(
      from,
      rowBytes,
      strides[1] * pixelBytes,
      strides[0] * rowBytes,
      kernelSize[0],
      kernelSize[1] * pixelBytes,
      at(weights),
      at(bias),
      at(result) + first * toPixelBytes,
      rows,
      columns,
      toPixelBytes,
      addend ? at(addend) + first * toPixelBytes : 0,
      lowestOf(activation),
      Number(activation === 'hard-swish'),
    );
  // All pixels are one row then.
  if (isPointwise(attrs)) compute(at(x), 0, 0, 1, batch * toRows * toColumns);
  else {
    forEachPadded(backend, x, padding, (from, rowBytes, image) =>
      compute(from, rowBytes, image * toRows * toColumns, toRows, toColumns),
    );
  }
  return result;
}
