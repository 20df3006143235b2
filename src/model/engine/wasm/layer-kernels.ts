import * as tf from '@tensorflow/tfjs-core';
import { lazyKernel } from '../../../shared/lib/wasm-kernel';
import { hasKernel, runKernel, type Values } from '../kernels';
import type { ZeroPadding } from '../topology';
import { kernelsOnBackend, registerOnWasm, type WasmBackend } from './wasm-backend';

/**
 * WebAssembly of layer-kernels.wat: depthwise convolutions, which take a third of the time of TensorFlow.js's, hard-swish, which
 * is four operations of TensorFlow.js, and weighted sums of neighbouring columns.
 */
export const kernelBase64 =
  'AGFzbQEAAAABSwhgA39/fwBgB39/f39/f38AYA5/f39/f39/f39/f399fwBgCH9/f39/f39/AGAEf39/fwBgB39/f39/f30AYAJ/fwBgBX9/f39/AAITAQdiYWNrZW5kBm1lbW9yeQIAAQMJCAABAgMEBQYHB04ICWhhcmRTd2lzaAAAA3BhZAABCWRlcHRod2lzZQACC2NvbWJpbmVSb3dzAAMFbWVhbnMABAVkZW5zZQAFB3NpZ21vaWQABgRnYXRlAAcK2hAIhQEBAXsDQCAA/QAEACEDIAEgA/0MAAAAPwAAAD8AAAA/AAAAP/0MzcxMPs3MTD7NzEw+zcxMPiAD/eYB/eQB/QwAAIA/AACAPwAAgD8AAIA//eoB/QwAAAAAAAAAAAAAAAAAAAAA/esB/eYB/QsEACAAQRBqIQAgAUEQaiEBIAAgAkkNAAsLVAAgAUEAIAT8CwAgASAEaiEBA0AgASAAIAP8CgAAIAAgA2ohACABIANqIQEgAkEBayECIAIEQCABQQAgBfwLACABIAVqIQEMAQsLIAFBACAG/AsAC+EGAgt/D3sgDP0TIRsDQEEAIQ8DQCAPQQRqIARLBEAgBEEEayEPC0EAIQ4DQCALIA5q/QAEACEgIAsgDmr9AAQQISEgICEiICEhIyAgISQgISElICAhJiAhIScgCiAOaiERIAAgDmogDyAGbGohEyAIIRIDQCATIRQgEyAJaiEVA0AgFCAGaiEWIBYgBmohFyAXIAZqIRggEf0ABAAhGSAR/QAEECEaICAgGSAU/QAEAP3mAf3kASEgICEgGiAU/QAEEP3mAf3kASEhICIgGSAW/QAEAP3mAf3kASEiICMgGiAW/QAEEP3mAf3kASEjICQgGSAX/QAEAP3mAf3kASEkICUgGiAX/QAEEP3mAf3kASElICYgGSAY/QAEAP3mAf3kASEmICcgGiAY/QAEEP3mAf3kASEnIBEgBWohESAUIAVqIRQgFCAVSQ0ACyATIAFqIRMgEkEBayESIBINAAsgDQRA/QwAAAAAAAAAAAAAAAAAAAAAIRz9DAAAgD8AAIA/AACAPwAAgD8hHf0MzcxMPs3MTD7NzEw+zcxMPiEe/QwAAAA/AAAAPwAAAD8AAAA/IR8gICAfIB4gIP3mAf3kASAd/eoBIBz96wH95gEhICAhIB8gHiAh/eYB/eQBIB396gEgHP3rAf3mASEhICIgHyAeICL95gH95AEgHf3qASAc/esB/eYBISIgIyAfIB4gI/3mAf3kASAd/eoBIBz96wH95gEhIyAkIB8gHiAk/eYB/eQBIB396gEgHP3rAf3mASEkICUgHyAeICX95gH95AEgHf3qASAc/esB/eYBISUgJiAfIB4gJv3mAf3kASAd/eoBIBz96wH95gEhJiAnIB8gHiAn/eYB/eQBIB396gEgHP3rAf3mASEnCyACIA5qIA8gBWxqIRAgECAgIBv96wH9CwQAIBAgISAb/esB/QsEECAQIAVqIRAgECAiIBv96wH9CwQAIBAgIyAb/esB/QsEECAQIAVqIRAgECAkIBv96wH9CwQAIBAgJSAb/esB/QsEECAQIAVqIRAgECAmIBv96wH9CwQAIBAgJyAb/esB/QsEECAOQSBqIQ4gDiAFSQ0ACyAPQQRqIQ8gDyAESQ0ACyAAIAdqIQAgAiAEIAVsaiECIANBAWshAyADDQALC5wBAgR/AXsDQEEAIQgDQCAF/QkCACEMIAAgCGogAigCACABbGohCSAEIQogAyELA0AgDCAK/QkCACAJ/QAEAP3mAf3kASEMIApBBGohCiAJIAFqIQkgC0EBayELIAsNAAsgBiAM/QsEACAGQRBqIQYgCEEQaiEIIAggAUkNAAsgCiEEIAVBBGohBSACQQRqIQIgB0EBayEHIAcNAAsLpwECA38De0MAAIA/IAGzlf0TIQcDQP0MAAAAAAAAAAAAAAAAAAAAACEI/QwAAAAAAAAAAAAAAAAAAAAAIQkgACAEaiEFIAEhBgNAIAggBf0ABAD95AEhCCAJIAX9AAQQ/eQBIQkgBSACaiEFIAZBAWshBiAGDQALIAMgBGohBSAFIAggB/3mAf0LBAAgBSAJIAf95gH9CwQQIARBIGohBCAEIAJJDQALC/oBAgJ/BnsgBv0TIQoDQCADIAhq/QAEACELIAMgCGr9AAQQIQz9DAAAAAAAAAAAAAAAAAAAAAAhDf0MAAAAAAAAAAAAAAAAAAAAACEOIAAhBwNAIAf9CQIAIQkgCyAJIAL9AAQA/eYB/eQBIQsgDCAJIAL9AAQQ/eYB/eQBIQwgB/0JAgQhCSANIAkgAv0ABCD95gH95AEhDSAOIAkgAv0ABDD95gH95AEhDiACQcAAaiECIAdBCGohByAHIAFJDQALIAQgCGogCyAN/eQBIAr96wH9CwQAIAQgCGogDCAO/eQBIAr96wH9CwQQIAhBIGohCCAIIAVJDQALC4sDAQN7A0AgAP0ABAD9DDuquL87qri/O6q4vzuquL/95gH9DAAA/MIAAPzCAAD8wgAA/ML96wH9DAAA/EIAAPxCAAD8QgAA/EL96gEhAiAC/WohAyACIAP95QEhAv0MiYQhOYmEITmJhCE5iYQhOSEEIAQgAv3mAf0M/8OuOv/Drjr/w646/8OuOv3kASEEIAQgAv3mAf0MW5UdPFuVHTxblR08W5UdPP3kASEEIAQgAv3mAf0MR1hjPUdYYz1HWGM9R1hjPf3kASEEIAQgAv3mAf0M8P11PvD9dT7w/XU+8P11Pv3kASEEIAQgAv3mAf0MGHIxPxhyMT8YcjE/GHIxP/3kASEEIAQgAv3mAf0MAACAPwAAgD8AAIA/AACAP/3kASEEIAQgA/34Af0MfwAAAH8AAAB/AAAAfwAAAP2uAUEX/asB/eYBIQQgAP0MAACAPwAAgD8AAIA/AACAP/0MAACAPwAAgD8AAIA/AACAPyAE/eQB/ecB/QsEACAAQRBqIQAgACABSQ0ACwtJAQF/A0BBACEFA0AgBCAA/QAEACADIAVq/QAEAP3mAf0LBAAgAEEQaiEAIARBEGohBCAFQRBqIQUgBSACSQ0ACyAAIAFJDQALCw==';

const kernelModule = lazyKernel(kernelBase64);

const HARD_SWISH = 'EarmarkHardSwish';
/** Name by which a profile knows the convolution. */
export const DEPTHWISE = 'EarmarkDepthwise';
/** Pixels and channels that the kernel computes together. */
const PIXELS = 4;
const CHANNELS = 8;
/** Values that are computed at once. */
export const LANES = 4;
export const VALUE_BYTES = 4;

/** What is done to a layer's sums. */
export type KernelActivation = 'linear' | 'relu' | 'hard-swish';

interface LayerKernels {
  hardSwish(from: number, to: number, fromEnd: number): void;
  pad(from: number, to: number, rows: number, rowBytes: number, before: number, between: number, after: number): void;
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
    isSwish: number,
  ): void;
  combineRows(
    from: number,
    rowBytes: number,
    firsts: number,
    taps: number,
    weights: number,
    bias: number,
    to: number,
    toRows: number,
  ): void;
  means(from: number, pixels: number, pixelBytes: number, to: number): void;
  dense(
    from: number,
    fromEnd: number,
    weights: number,
    bias: number,
    to: number,
    toBytes: number,
    lowest: number,
  ): void;
  sigmoid(at: number, end: number): void;
  gate(from: number, fromEnd: number, pixelBytes: number, gates: number, to: number): void;
}

/** What a depthwise convolution reads. */
interface DepthwiseInputs {
  readonly x: Values;
  readonly filter: Values;
  readonly bias: Values;
}

/** How a convolution is computed. */
export interface ConvolutionAttributes {
  /** Rows (time) and columns (bands) of zeros: before, after. */
  readonly padding: ZeroPadding;
  readonly strides: readonly [number, number];
  readonly activation: KernelActivation;
}

export const layerKernels = kernelsOnBackend<LayerKernels>(kernelModule);

/** Whether the machine has SIMD, which they need. */
export function hasLayerKernels(): boolean {
  return kernelModule() !== undefined;
}

/** Gives the WASM backend these kernels, where the machine has SIMD. */
export function registerLayerKernels(): void {
  if (!hasLayerKernels()) return;
  registerOnWasm(HARD_SWISH, runHardSwish);
  registerOnWasm(DEPTHWISE, runDepthwise);
}

function runHardSwish({ inputs, backend }: { inputs: { x: Values }; backend: WasmBackend }): Values {
  const { x } = inputs;
  const result = backend.makeOutput(x.shape, 'float32');
  const from = backend.getMemoryOffset(x.dataId);
  const bytes = tf.util.sizeFromShape(x.shape) * VALUE_BYTES;
  layerKernels(backend).hardSwish(from, backend.getMemoryOffset(result.dataId), from + bytes);
  return result;
}

function runDepthwise({
  inputs: { x, filter, bias },
  attrs: { padding, strides, activation },
  backend,
}: {
  inputs: DepthwiseInputs;
  attrs: ConvolutionAttributes;
  backend: WasmBackend;
}): Values {
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const [kernelRows, kernelColumns] = filter.shape as [number, number];
  const pixelBytes = channels * VALUE_BYTES;
  const [toRows, toColumns] = outputSize(x.shape, filter.shape, padding, strides);
  const result = backend.makeOutput([batch, toRows, toColumns, channels], 'float32');
  const at = ({ dataId }: Values): number => backend.getMemoryOffset(dataId);
  const { depthwise } = layerKernels(backend);
  forEachPadded(backend, x, padding, (from, rowBytes, image) =>
    depthwise(
      from,
      rowBytes,
      at(result) + image * toRows * toColumns * pixelBytes,
      toRows,
      toColumns,
      pixelBytes,
      strides[1] * pixelBytes,
      strides[0] * rowBytes,
      kernelRows,
      kernelColumns * pixelBytes,
      at(filter),
      at(bias),
      lowestOf(activation),
      Number(activation === 'hard-swish'),
    ),
  );
  return result;
}

/** What a kernel raises sums to that are lower. */
export function lowestOf(activation: KernelActivation): number {
  return activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY;
}

/**
 * Takes the images of a batch one after another, with zeros around them: where they start in memory, and how many bytes a row
 * has. Memory does not move meanwhile, if nothing is made there.
 */
export function forEachPadded(
  backend: WasmBackend,
  x: Values,
  [[top, bottom], [left, right]]: ZeroPadding,
  take: (from: number, rowBytes: number, image: number) => void,
): void {
  const [batch, rows, columns, channels] = x.shape as [number, number, number, number];
  const rowBytes = columns * channels * VALUE_BYTES;
  if (top + bottom + left + right === 0) {
    const from = backend.getMemoryOffset(x.dataId);
    for (let image = 0; image < batch; image++) take(from + image * rows * rowBytes, rowBytes, image);
    return;
  }
  const padded = backend.makeOutput([rows + top + bottom, columns + left + right, channels], 'float32');
  const [from, to] = [x, padded].map(({ dataId }) => backend.getMemoryOffset(dataId)) as [number, number];
  const pixelBytes = channels * VALUE_BYTES;
  const paddedRowBytes = (columns + left + right) * pixelBytes;
  const [before, after] = [top * paddedRowBytes + left * pixelBytes, bottom * paddedRowBytes + right * pixelBytes];
  const between = (left + right) * pixelBytes;
  const { pad } = layerKernels(backend);
  for (let image = 0; image < batch; image++) {
    pad(from + image * rows * rowBytes, to, rows, rowBytes, before, between, after);
    take(to, paddedRowBytes, image);
  }
  backend.disposeData(padded.dataId);
}

/** Rows and columns of a convolution's output. */
export function outputSize(
  [, rows = 0, columns = 0]: readonly number[],
  [kernelRows = 0, kernelColumns = 0]: readonly number[],
  [[top, bottom], [left, right]]: ZeroPadding,
  [rowStride, columnStride]: ConvolutionAttributes['strides'],
): [number, number] {
  return [
    Math.floor((rows + top + bottom - kernelRows) / rowStride) + 1,
    Math.floor((columns + left + right - kernelColumns) / columnStride) + 1,
  ];
}

/** x · clip(x / 5 + ½, 0, 1) by the kernel. @returns undefined where it cannot be used. */
export function hardSwish(x: Values): Values | undefined {
  const isFit = tf.util.sizeFromShape(x.shape) % LANES === 0;
  return isFit && hasKernel(HARD_SWISH) ? runKernel(HARD_SWISH, { x }) : undefined;
}

/** A depthwise convolution by the kernel. @returns undefined where it cannot be used. */
export function depthwise(inputs: DepthwiseInputs, attributes: ConvolutionAttributes): Values | undefined {
  const { x, filter } = inputs;
  const [, toColumns] = outputSize(x.shape, filter.shape, attributes.padding, attributes.strides);
  const isFit = filter.shape[3] === 1 && (x.shape[3] as number) % CHANNELS === 0 && toColumns >= PIXELS;
  return isFit && hasKernel(DEPTHWISE) ? runKernel(DEPTHWISE, { ...inputs }, attributes) : undefined;
}
