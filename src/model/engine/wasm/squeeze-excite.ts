import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel, type Values } from '../kernels';
import { OUTPUTS, type PackedConvolution } from './convolution';
import { hasLayerKernels, layerKernels, lowestOf, VALUE_BYTES } from './layer-kernels';
import { registerOnWasm, type WasmBackend } from './wasm-backend';

/** Name by which a profile knows the kernel. */
export const SQUEEZE_EXCITE = 'EarmarkSqueezeExcite';

/** Gives the WASM backend this kernel, where the machine has SIMD. */
export function registerSqueezeExcite(): void {
  if (hasLayerKernels()) registerOnWasm(SQUEEZE_EXCITE, run);
}

/**
 * Squeeze and excitation: all pixels of an image times a gate for each channel, which two layers make of the channels' means.
 *
 * @param x [batch, rows, columns, channels]
 * @param squeeze the first layer.
 * @param excite the second, whose sums become gates by a sigmoid.
 * @returns undefined where the kernel cannot be used.
 */
export function squeezeExcite(
  x: Values,
  squeeze: PackedConvolution | undefined,
  excite: PackedConvolution | undefined,
): Values | undefined {
  const isFit = squeeze && excite && squeeze.activation === 'relu' && excite.activation === 'sigmoid';
  if (!isFit || (x.shape[3] as number) % OUTPUTS !== 0 || !hasKernel(SQUEEZE_EXCITE)) return undefined;
  const { weights: excitation, bias: excitationBias } = excite;
  return runKernel(SQUEEZE_EXCITE, {
    x,
    squeeze: squeeze.weights,
    squeezeBias: squeeze.bias,
    excitation,
    excitationBias,
  });
}

function run({
  inputs: { x, squeeze, squeezeBias, excitation, excitationBias },
  backend,
}: {
  inputs: Readonly<Record<'x' | 'squeeze' | 'squeezeBias' | 'excitation' | 'excitationBias', Values>>;
  backend: WasmBackend;
}): Values {
  const [batch, rows, columns, channels] = x.shape as [number, number, number, number];
  const hidden = tf.util.sizeFromShape(squeezeBias.shape);
  const result = backend.makeOutput(x.shape, 'float32');
  const scratch = backend.makeOutput([channels + hidden], 'float32');
  const at = ({ dataId }: Values): number => backend.getMemoryOffset(dataId);
  const { means, dense, sigmoid, gate } = layerKernels(backend);
  const pixelBytes = channels * VALUE_BYTES;
  const imageBytes = rows * columns * pixelBytes;
  const [gates, squeezed] = [at(scratch), at(scratch) + pixelBytes];
  for (let image = 0; image < batch; image++) {
    const from = at(x) + image * imageBytes;
    means(from, rows * columns, pixelBytes, gates);
    // biome-ignore format: one line tells as much.
    dense(gates, squeezed, at(squeeze), at(squeezeBias), squeezed, hidden * VALUE_BYTES, lowestOf('relu'));
    // biome-ignore format: one line tells as much.
    dense(squeezed, squeezed + hidden * VALUE_BYTES, at(excitation), at(excitationBias), gates, pixelBytes, lowestOf('linear'));
    sigmoid(gates, gates + pixelBytes);
    gate(from, from + imageBytes, pixelBytes, gates, at(result) + image * imageBytes);
  }
  backend.disposeData(scratch.dataId);
  return result;
}
