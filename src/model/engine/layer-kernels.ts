import * as tf from '@tensorflow/tfjs-core';
import { lazyKernel } from '../../shared/lib/wasm-kernel';
import { hasKernel, runKernel, type Values } from './kernels';
import { kernelsOnBackend, type WasmBackend } from './wasm-backend';

/**
 * WebAssembly of layer-kernels.wat. With it, the shipped network takes two thirds of the time on the WASM backend: its
 * depthwise convolutions a third, and its hard-swish, which is four operations of TensorFlow.js, a tenth.
 */
export const kernelBase64 =
  'AGFzbQEAAAABJARgA39/fwBgBX9/f39/AGACf38AYA1/f39/f39/f39/f399AAITAQdiYWNrZW5kBm1lbW9yeQIAAQMFBAABAgMHJwQJaGFyZFN3aXNoAAADcGFkAAEFY2xlYXIAAglkZXB0aHdpc2UAAwrjBQSFAQEBewNAIAD9AAQAIQMgASAD/QwAAAAAAAAAAAAAAAAAAAAA/QwAAIA/AACAPwAAgD8AAIA//QwAAAA/AAAAPwAAAD8AAAA//QzNzEw+zcxMPs3MTD7NzEw+IAP95gH95AH96AH96QH95gH9CwQAIABBEGohACABQRBqIQEgACACSQ0ACwsoAANAIAEgACAD/AoAACAAIANqIQAgASAEaiEBIAJBAWshAiACDQALCwsAIABBACAB/AsAC6QEAgt/C3sgDP0TIRoDQEEAIQ4DQCAOQQRqIARLBEAgBEEEayEOC0EAIQ0DQCALIA1q/QAEACEbIAsgDWr9AAQQIRwgGyEdIBwhHiAbIR8gHCEgIBshISAcISIgCiANaiEQIAAgDWogDiAGbGohEiAIIREDQCASIRMgEiAJaiEUA0AgEyAGaiEVIBUgBmohFiAWIAZqIRcgEP0ABAAhGCAQ/QAEECEZIBsgGCAT/QAEAP3mAf3kASEbIBwgGSAT/QAEEP3mAf3kASEcIB0gGCAV/QAEAP3mAf3kASEdIB4gGSAV/QAEEP3mAf3kASEeIB8gGCAW/QAEAP3mAf3kASEfICAgGSAW/QAEEP3mAf3kASEgICEgGCAX/QAEAP3mAf3kASEhICIgGSAX/QAEEP3mAf3kASEiIBAgBWohECATIAVqIRMgEyAUSQ0ACyASIAFqIRIgEUEBayERIBENAAsgAiANaiAOIAVsaiEPIA8gGyAa/ekB/QsEACAPIBwgGv3pAf0LBBAgDyAFaiEPIA8gHSAa/ekB/QsEACAPIB4gGv3pAf0LBBAgDyAFaiEPIA8gHyAa/ekB/QsEACAPICAgGv3pAf0LBBAgDyAFaiEPIA8gISAa/ekB/QsEACAPICIgGv3pAf0LBBAgDUEgaiENIA0gBUkNAAsgDkEEaiEOIA4gBEkNAAsgACAHaiEAIAIgBCAFbGohAiADQQFrIQMgAw0ACws=';

const kernelModule = lazyKernel(kernelBase64);

const HARD_SWISH = 'EarmarkHardSwish';
/** Name by which a profile knows the convolution. */
export const DEPTHWISE = 'EarmarkDepthwise';
/** Pixels and channels that the kernel computes together. */
const PIXELS = 4;
const CHANNELS = 8;
const VALUE_BYTES = 4;

interface LayerKernels {
  hardSwish(from: number, to: number, fromEnd: number): void;
  clear(at: number, bytes: number): void;
  pad(from: number, to: number, rows: number, rowBytes: number, toRowBytes: number): void;
  depthwise(
    from: number,
    fromRowBytes: number,
    to: number,
    toRows: number,
    toColumns: number,
    pixelBytes: number,
    stepBytes: number,
    stepRowBytes: number,
    kernelRows: number,
    kernelRowBytes: number,
    weights: number,
    bias: number,
    lowest: number,
  ): void;
}

/** What a depthwise convolution reads. */
interface DepthwiseInputs {
  readonly x: Values;
  readonly filter: Values;
  readonly bias: Values;
}

/** How a depthwise convolution is computed. */
interface DepthwiseAttributes {
  /** Rows (time) and columns (bands) of zeros: before, after. */
  readonly padding: readonly [readonly [number, number], readonly [number, number]];
  readonly strides: readonly [number, number];
  readonly activation: 'linear' | 'relu';
}

const kernelsOf = kernelsOnBackend<LayerKernels>(kernelModule);

/** Gives the WASM backend these kernels, where the machine has SIMD. */
export function registerLayerKernels(): void {
  if (!kernelModule() || tf.getKernel(HARD_SWISH, 'wasm')) return;
  tf.registerKernel({ kernelName: HARD_SWISH, backendName: 'wasm', kernelFunc: runHardSwish as tf.KernelFunc });
  tf.registerKernel({
    kernelName: DEPTHWISE,
    backendName: 'wasm',
    kernelFunc: runDepthwise as unknown as tf.KernelFunc,
  });
}

function runHardSwish({ inputs, backend }: { inputs: { x: Values }; backend: unknown }): Values {
  const wasm = backend as WasmBackend;
  const { x } = inputs;
  const result = wasm.makeOutput(x.shape, 'float32');
  const from = wasm.getMemoryOffset(x.dataId);
  const bytes = tf.util.sizeFromShape(x.shape) * VALUE_BYTES;
  kernelsOf(wasm).hardSwish(from, wasm.getMemoryOffset(result.dataId), from + bytes);
  return result;
}

function runDepthwise({
  inputs: { x, filter, bias },
  attrs: { padding, strides, activation },
  backend,
}: {
  inputs: DepthwiseInputs;
  attrs: DepthwiseAttributes;
  backend: WasmBackend;
}): Values {
  const [batch, rows, columns, channels] = x.shape as [number, number, number, number];
  const [kernelRows, kernelColumns] = filter.shape as [number, number];
  const [[top, bottom], [left, right]] = padding;
  const pixelBytes = channels * VALUE_BYTES;
  const paddedRows = rows + top + bottom;
  const paddedRowBytes = (columns + left + right) * pixelBytes;
  const [toRows, toColumns] = outputSize(x.shape, filter.shape, padding, strides);
  const result = backend.makeOutput([batch, toRows, toColumns, channels], 'float32');
  const padded = backend.makeOutput([paddedRows, columns + left + right, channels], 'float32');
  // Memory may have moved until here, and does not from here on.
  const at = ({ dataId }: Values): number => backend.getMemoryOffset(dataId);
  const { clear, pad, depthwise } = kernelsOf(backend);
  clear(at(padded), paddedRows * paddedRowBytes);
  for (let image = 0; image < batch; image++) {
    const from = at(x) + image * rows * columns * pixelBytes;
    const to = at(result) + image * toRows * toColumns * pixelBytes;
    const inner = at(padded) + top * paddedRowBytes + left * pixelBytes;
    pad(from, inner, rows, columns * pixelBytes, paddedRowBytes);
    depthwise(
      at(padded),
      paddedRowBytes,
      to,
      toRows,
      toColumns,
      pixelBytes,
      strides[1] * pixelBytes,
      strides[0] * paddedRowBytes,
      kernelRows,
      kernelColumns * pixelBytes,
      at(filter),
      at(bias),
      activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY,
    );
  }
  backend.disposeData(padded.dataId);
  return result;
}

/** Rows and columns of a convolution's output. */
export function outputSize(
  [, rows = 0, columns = 0]: readonly number[],
  [kernelRows = 0, kernelColumns = 0]: readonly number[],
  [[top, bottom], [left, right]]: DepthwiseAttributes['padding'],
  [rowStride, columnStride]: DepthwiseAttributes['strides'],
): [number, number] {
  return [
    Math.floor((rows + top + bottom - kernelRows) / rowStride) + 1,
    Math.floor((columns + left + right - kernelColumns) / columnStride) + 1,
  ];
}

/** x · clip(x / 5 + ½, 0, 1) by the kernel. @returns undefined where it cannot be used. */
export function hardSwish(x: Values): Values | undefined {
  const isFit = tf.util.sizeFromShape(x.shape) % 4 === 0;
  return isFit && hasKernel(HARD_SWISH) ? runKernel(HARD_SWISH, { x }) : undefined;
}

/** A depthwise convolution by the kernel. @returns undefined where it cannot be used. */
export function depthwise(inputs: DepthwiseInputs, attributes: DepthwiseAttributes): Values | undefined {
  const { x, filter } = inputs;
  const [, toColumns] = outputSize(x.shape, filter.shape, attributes.padding, attributes.strides);
  const isFit = filter.shape[3] === 1 && (x.shape[3] as number) % CHANNELS === 0 && toColumns >= PIXELS;
  return isFit && hasKernel(DEPTHWISE) ? runKernel(DEPTHWISE, { ...inputs }, attributes) : undefined;
}
