import * as tf from '@tensorflow/tfjs-core';
import { lazyKernel } from '../../shared/lib/wasm-kernel';
import { hasKernel, runKernel, type Values } from './kernels';
import { outputSize } from './layer-kernels';
import type { ZeroPadding } from './topology';
import { kernelsOnBackend, type WasmBackend } from './wasm-backend';

/**
 * WebAssembly of winograd.wat. With it, the light network takes half the time on the WASM backend, where whole recordings
 * are heard; a live stride is too short for tiles.
 */
export const kernelBase64 =
  'AGFzbQEAAAABPwZgB39/f39/f38AYAZ/f39/f38AYAN/f38Bf2AKf39/f39/f39/fwBgBX9/f39/AGAMf39/f39/f39/f31/AAITAQdiYWNrZW5kBm1lbW9yeQIAAQMIBwABAgMABAUHNQQDcGFkAAAOdHJhbnNmb3JtSW5wdXQAAwhtdWx0aXBseQAED3RyYW5zZm9ybU91dHB1dAAGCvYNBzEAIAVBACAG/AsAA0AgASAAIAP8CgAAIAAgA2ohACABIARqIQEgAkEBayECIAINAAsLswMCAn8Ie0EGIQYDQCAAIQcgB/0ABAAhCCAHIAFqIQcgB/0ABAAhCSAHIAFqIQcgB/0ABAAhCiAHIAFqIQcgB/0ABAAhCyAHIAFqIQcgB/0ABAAhDCAHIAFqIQcgB/0ABAAhDSADIQcgB/0MAACAQAAAgEAAAIBAAACAQCAI/eYB/QwAAKBAAACgQAAAoEAAAKBAIAr95gH95QEgDP3kAf0LBAAgByAEaiEHIAz9DAAAgEAAAIBAAACAQAAAgEAgCv3mAf3lASEOIAv9DAAAgEAAAIBAAACAQAAAgEAgCf3mAf3lASEPIAcgDiAP/eQB/QsEACAHIARqIQcgByAOIA/95QH9CwQAIAcgBGohByAMIAr95QEhDv0MAAAAQAAAAEAAAABAAAAAQCALIAn95QH95gEhDyAHIA4gD/3kAf0LBAAgByAEaiEHIAcgDiAP/eUB/QsEACAHIARqIQcgB/0MAACAQAAAgEAAAIBAAACAQCAJ/eYB/QwAAKBAAACgQAAAoEAAAKBAIAv95gH95QEgDf3kAf0LBAAgACACaiEAIAMgBWohAyAGQQFrIQYgBg0ACwsbAQF/IAIgACABbkECdGohAyADQQAgA0EAShsLcQECfwNAIAAgAyAFIAYQAiABbGogAyAFcCACbEECdGohCiAKIAJqIQsDQCAKIAEgAiAJQeAAQRAQASAJQRBB4AAgByAIIAhBBmwQASAHQRBqIQcgCkEQaiEKIAogC0kNAAsgA0EBaiEDIAMgBEkNAAsL1gQCDH8LeyADIQtBJCEHA0BBACEIA0AgACEJIAAgAWohCiAEIAhqIRIDQCAJIQ0gDSACaiEOIA4gAmohDyAPIAJqIRAgDiERIAshDP0MAAAAAAAAAAAAAAAAAAAAACEW/QwAAAAAAAAAAAAAAAAAAAAAIRf9DAAAAAAAAAAAAAAAAAAAAAAhGP0MAAAAAAAAAAAAAAAAAAAAACEZ/QwAAAAAAAAAAAAAAAAAAAAAIRr9DAAAAAAAAAAAAAAAAAAAAAAhG/0MAAAAAAAAAAAAAAAAAAAAACEc/QwAAAAAAAAAAAAAAAAAAAAAIR0DQCAM/QAEACETIAz9AAQQIRQgDf0JAgAhFSAWIBUgE/3mAf3kASEWIBcgFSAU/eYB/eQBIRcgDUEEaiENIA79CQIAIRUgGCAVIBP95gH95AEhGCAZIBUgFP3mAf3kASEZIA5BBGohDiAP/QkCACEVIBogFSAT/eYB/eQBIRogGyAVIBT95gH95AEhGyAPQQRqIQ8gEP0JAgAhFSAcIBUgE/3mAf3kASEcIB0gFSAU/eYB/eQBIR0gEEEEaiEQIAxBIGohDCANIBFJDQALIBIgFv0LBAAgEiAX/QsEECASIAZqIRIgEiAY/QsEACASIBn9CwQQIBIgBmohEiASIBr9CwQAIBIgG/0LBBAgEiAGaiESIBIgHP0LBAAgEiAd/QsEECASIAZqIRIgCSACQQJ0aiEJIAkgCkkNAAsgCyACQQN0aiELIAhBIGohCCAIIAZJDQALIAohACAEIAVqIQQgB0EBayEHIAcNAAsLnAICAX8KewNAIAAhBSAF/QAEACEKIAUgAWohBSAF/QAEACELIAUgAWohBSAF/QAEACEMIAUgAWohBSAF/QAEACENIAUgAWohBSAF/QAEACEOIAUgAWohBSAF/QAEACEPIAsgDP3kASEGIAsgDP3lASEHIA0gDv3kASEIIA0gDv3lASEJIAMgCiAGIAj95AH95AH9CwQAIAMgB/0MAAAAQAAAAEAAAABAAAAAQCAJ/eYB/eQB/QsEYCADIAb9DAAAgEAAAIBAAACAQAAAgEAgCP3mAf3kAf0LBMABIAMgB/0MAAAAQQAAAEEAAABBAAAAQSAJ/eYB/eQBIA/95AH9CwSgAiAAIAJqIQAgA0EQaiEDIARBAWshBCAEDQALC4gCAgp/AnsgCv0TIRYDQCAFIAcgCBACIQwgBSAHcEECdCENIAMgDWshDyAPQQRLBEBBBCEPC0EAIRADQCAJIBBq/QAEACEXIAAgAUEGbCABIAtBBhAFIAtBEEHgACALQYADakEEEAVBBCEOIAtBgANqIRQgAiAQaiAEIAwgA2wgDWpsaiERA0AgESESIBQhEyAPIRUDQCASIBP9AAQAIBf95AEgFv3pAf0LBAAgEiAEaiESIBNB4ABqIRMgFUEBayEVIBUNAAsgFEEQaiEUIBEgAyAEbGohESAOQQFrIQ4gDg0ACyAAQRBqIQAgEEEQaiEQIBAgBEkNAAsgBUEBaiEFIAUgBkkNAAsL';

const kernelModule = lazyKernel(kernelBase64);

/** Name by which a profile knows the convolution. */
export const WINOGRAD = 'EarmarkWinograd';
/** Outputs of a tile in each direction. Its inputs are two more. */
const TILE = 4;
/** Transformed inputs of a tile. */
const PLANES = (TILE + 2) ** 2;
/** Tiles computed one after another, so that what is between the steps stays in the processor's cache. */
const TILES_AT_ONCE = 32;
/** Tiles and outputs that the kernel multiplies together, and channels that it transforms together. */
const TILES = 4;
const OUTPUTS = 8;
const CHANNELS = 4;
const VALUE_BYTES = 4;
const SCRATCH_BYTES = 1024;

/** How 3 weights become those of a tile's 6 inputs. */
const weightTransform = [
  [1 / 4, 0, 0],
  [-1 / 6, -1 / 6, -1 / 6],
  [-1 / 6, 1 / 6, -1 / 6],
  [1 / 24, 1 / 12, 1 / 6],
  [1 / 24, -1 / 12, 1 / 6],
  [0, 0, 1],
];

/** How 3 × 3 weights become those of each plane: [36, 9]. */
const planeTransform = weightTransform.flatMap((ofRow) =>
  weightTransform.flatMap((ofColumn) => ofRow.flatMap((row) => ofColumn.map((column) => row * column))),
);

interface WinogradKernel {
  pad(...places: number[]): void;
  transformInput(...places: number[]): void;
  multiply(...places: number[]): void;
  transformOutput(...places: number[]): void;
}

/** What the convolution reads. */
interface WinogradInputs {
  readonly x: Values;
  /** Of {@link winogradWeights}. */
  readonly weights: Values;
  readonly bias: Values;
}

/** How it is computed. */
interface WinogradAttributes {
  readonly padding: ZeroPadding;
  readonly activation: 'linear' | 'relu';
}

const kernelOf = kernelsOnBackend<WinogradKernel>(kernelModule);

/** Gives the WASM backend this kernel, where the machine has SIMD. */
export function registerWinograd(): void {
  if (!kernelModule() || tf.getKernel(WINOGRAD, 'wasm')) return;
  tf.registerKernel({ kernelName: WINOGRAD, backendName: 'wasm', kernelFunc: run as unknown as tf.KernelFunc });
}

/**
 * The weights of a convolution with a stride of 1, [3, 3, channels, outputs], for {@link winograd}: [36, outputs / 8,
 * channels, 8].
 *
 * @returns undefined where the kernel cannot be used.
 */
export function winogradWeights(filter: tf.Tensor): tf.Tensor | undefined {
  const [rows, columns, channels, outputs] = filter.shape as [number, number, number, number];
  const isFit = rows === 3 && columns === 3 && channels % CHANNELS === 0 && outputs % OUTPUTS === 0;
  if (!isFit || !hasKernel(WINOGRAD)) return undefined;
  return tf.tidy(() => {
    const taps = tf.reshape(filter, [9, channels * outputs]) as tf.Tensor2D;
    const made = tf.matMul(tf.tensor2d(planeTransform, [PLANES, 9]), taps);
    return tf.transpose(tf.reshape(made, [PLANES, channels, outputs / OUTPUTS, OUTPUTS]), [0, 2, 1, 3]);
  });
}

/** The convolution by tiles. @returns undefined if the input has too few rows for them: then it would take longer. */
export function winograd(inputs: WinogradInputs, attributes: WinogradAttributes): Values | undefined {
  const [toRows] = outputSize(inputs.x.shape, [3, 3], attributes.padding, [1, 1]);
  return toRows >= TILE
    ? runKernel(WINOGRAD, { x: inputs.x, weights: inputs.weights, bias: inputs.bias }, attributes)
    : undefined;
}

function run({
  inputs: { x, weights, bias },
  attrs: { padding, activation },
  backend,
}: {
  inputs: WinogradInputs;
  attrs: WinogradAttributes;
  backend: WasmBackend;
}): Values {
  const [batch, rows, columns, channels] = x.shape as [number, number, number, number];
  const outputs = (weights.shape[1] as number) * OUTPUTS;
  const [toRows, toColumns] = outputSize(x.shape, [3, 3], padding, [1, 1]);
  const [[top], [left]] = padding;
  const { across, firstRow, tiles, imagesAtOnce, most } = tilingOf(batch, toRows, toColumns);
  const result = backend.makeOutput([batch, toRows, toColumns, outputs], 'float32');
  // As wide as whole tiles.
  const padded = backend.makeOutput([toRows + 2, TILE * across + 2, channels], 'float32');
  const planes = backend.makeOutput([PLANES, most, channels], 'float32');
  const products = backend.makeOutput([PLANES, most, outputs], 'float32');
  const scratch = backend.makeOutput([SCRATCH_BYTES / VALUE_BYTES], 'float32');
  // Memory may have moved until here, and does not from here on.
  const at = ({ dataId }: Values): number => backend.getMemoryOffset(dataId);
  const { pad, transformInput, multiply, transformOutput } = kernelOf(backend);
  const [pixelBytes, toPixelBytes] = [channels * VALUE_BYTES, outputs * VALUE_BYTES];
  const paddedRowBytes = (TILE * across + 2) * pixelBytes;
  const paddedBytes = (toRows + 2) * paddedRowBytes;
  const lowest = activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY;
  const [imageBytes, toImageBytes] = [rows * columns * pixelBytes, toRows * toColumns * toPixelBytes];
  for (let first = 0; first < batch; first += imagesAtOnce) {
    const images = Math.min(imagesAtOnce, batch - first);
    for (let tile = 0; tile < tiles; tile += TILES_AT_ONCE) {
      const end = Math.min(tiles, tile + TILES_AT_ONCE);
      const count = wholeGroups(images * (end - tile));
      const [planeBytes, productBytes] = [count * pixelBytes, count * toPixelBytes];
      for (let image = 0; image < images; image++) {
        if (tile === 0) {
          const from = at(x) + (first + image) * imageBytes;
          const inner = at(padded) + top * paddedRowBytes + left * pixelBytes;
          pad(from, inner, rows, columns * pixelBytes, paddedRowBytes, at(padded), paddedBytes);
        }
        const ofImage = at(planes) + image * (end - tile) * pixelBytes;
        // biome-ignore format: one line tells as much.
        transformInput(
          at(padded), paddedRowBytes, pixelBytes, tile, end, across, firstRow, ofImage, planeBytes, at(scratch),
        );
      }
      multiply(at(planes), planeBytes, pixelBytes, at(weights), at(products), productBytes, toPixelBytes);
      for (let image = 0; image < images; image++) {
        const ofImage = at(products) + image * (end - tile) * toPixelBytes;
        const to = at(result) + (first + image) * toImageBytes;
        // biome-ignore format: one line tells as much.
        transformOutput(
          ofImage, productBytes, to, toColumns, toPixelBytes, tile, end, across, firstRow, at(bias), lowest, at(scratch),
        );
      }
    }
  }
  for (const { dataId } of [padded, planes, products, scratch]) backend.disposeData(dataId);
  return result;
}

/** How the tiles cover the output. */
function tilingOf(batch: number, toRows: number, toColumns: number) {
  const [down, across] = [Math.ceil(toRows / TILE), Math.ceil(toColumns / TILE)];
  const tiles = down * across;
  // Small images are computed together: the kernel multiplies whole groups of tiles.
  const imagesAtOnce = Math.max(1, Math.min(batch, Math.floor(TILES_AT_ONCE / tiles)));
  const most = wholeGroups(imagesAtOnce * Math.min(TILES_AT_ONCE, tiles));
  return { across, tiles, firstRow: toRows - TILE * down, imagesAtOnce, most };
}

/** So many tiles, or a few more: as many as the kernel multiplies together, or a multiple of that. */
function wholeGroups(tiles: number): number {
  return Math.ceil(tiles / TILES) * TILES;
}
