import * as tf from '@tensorflow/tfjs-core';
import { lazyKernel } from '../../../shared/lib/wasm-kernel';
import { hasKernel, runKernel, type Values } from '../kernels';
import type { ZeroPadding } from '../topology';
import { outputSize } from './layer-kernels';
import { kernelsOnBackend, registerOnWasm, type WasmBackend } from './wasm-backend';

/**
 * WebAssembly of winograd.wat. With it, the light network takes half the time on the WASM backend, where whole recordings
 * are heard; a live stride is too short for tiles.
 */
export const kernelBase64 =
  'AGFzbQEAAAABSgdgB39/f39/f38AYAZ/f39/f38AYAN/f38Bf2AKf39/f39/f39/fwBgCH9/f39/f39/AGAFf39/f38AYAx/f39/f39/f39/fX8AAhMBB2JhY2tlbmQGbWVtb3J5AgABAwgHAAECAwQFBgc1BANwYWQAAA50cmFuc2Zvcm1JbnB1dAADCG11bHRpcGx5AAQPdHJhbnNmb3JtT3V0cHV0AAYK/A0HMQAgBUEAIAb8CwADQCABIAAgA/wKAAAgACADaiEAIAEgBGohASACQQFrIQIgAg0ACwuzAwICfwh7QQYhBgNAIAAhByAH/QAEACEIIAcgAWohByAH/QAEACEJIAcgAWohByAH/QAEACEKIAcgAWohByAH/QAEACELIAcgAWohByAH/QAEACEMIAcgAWohByAH/QAEACENIAMhByAH/QwAAIBAAACAQAAAgEAAAIBAIAj95gH9DAAAoEAAAKBAAACgQAAAoEAgCv3mAf3lASAM/eQB/QsEACAHIARqIQcgDP0MAACAQAAAgEAAAIBAAACAQCAK/eYB/eUBIQ4gC/0MAACAQAAAgEAAAIBAAACAQCAJ/eYB/eUBIQ8gByAOIA/95AH9CwQAIAcgBGohByAHIA4gD/3lAf0LBAAgByAEaiEHIAwgCv3lASEO/QwAAABAAAAAQAAAAEAAAABAIAsgCf3lAf3mASEPIAcgDiAP/eQB/QsEACAHIARqIQcgByAOIA/95QH9CwQAIAcgBGohByAH/QwAAIBAAACAQAAAgEAAAIBAIAn95gH9DAAAoEAAAKBAAACgQAAAoEAgC/3mAf3lASAN/eQB/QsEACAAIAJqIQAgAyAFaiEDIAZBAWshBiAGDQALCxsBAX8gAiAAIAFuQQJ0aiEDIANBACADQQBKGwtxAQJ/A0AgACADIAUgBhACIAFsaiADIAVwIAJsQQJ0aiEKIAogAmohCwNAIAogASACIAlB4ABBEBABIAlBEEHgACAHIAggCEEGbBABIAdBEGohByAKQRBqIQogCiALSQ0ACyADQQFqIQMgAyAESQ0ACwvcBAIMfwt7IAQhDEEkIQgDQEEAIQkDQCAAIQogACACIANsaiELIAUgCWohEwNAIAohDiAOIANqIQ8gDyADaiEQIBAgA2ohESAPIRIgDCEN/QwAAAAAAAAAAAAAAAAAAAAAIRf9DAAAAAAAAAAAAAAAAAAAAAAhGP0MAAAAAAAAAAAAAAAAAAAAACEZ/QwAAAAAAAAAAAAAAAAAAAAAIRr9DAAAAAAAAAAAAAAAAAAAAAAhG/0MAAAAAAAAAAAAAAAAAAAAACEc/QwAAAAAAAAAAAAAAAAAAAAAIR39DAAAAAAAAAAAAAAAAAAAAAAhHgNAIA39AAQAIRQgDf0ABBAhFSAO/QkCACEWIBcgFiAU/eYB/eQBIRcgGCAWIBX95gH95AEhGCAOQQRqIQ4gD/0JAgAhFiAZIBYgFP3mAf3kASEZIBogFiAV/eYB/eQBIRogD0EEaiEPIBD9CQIAIRYgGyAWIBT95gH95AEhGyAcIBYgFf3mAf3kASEcIBBBBGohECAR/QkCACEWIB0gFiAU/eYB/eQBIR0gHiAWIBX95gH95AEhHiARQQRqIREgDUEgaiENIA4gEkkNAAsgEyAX/QsEACATIBj9CwQQIBMgB2ohEyATIBn9CwQAIBMgGv0LBBAgEyAHaiETIBMgG/0LBAAgEyAc/QsEECATIAdqIRMgEyAd/QsEACATIB79CwQQIBMgB2ohEyAKIANBAnRqIQogCiALSQ0ACyAMIANBA3RqIQwgCUEgaiEJIAkgB0kNAAsgACABaiEAIAUgBmohBSAIQQFrIQggCA0ACwucAgIBfwp7A0AgACEFIAX9AAQAIQogBSABaiEFIAX9AAQAIQsgBSABaiEFIAX9AAQAIQwgBSABaiEFIAX9AAQAIQ0gBSABaiEFIAX9AAQAIQ4gBSABaiEFIAX9AAQAIQ8gCyAM/eQBIQYgCyAM/eUBIQcgDSAO/eQBIQggDSAO/eUBIQkgAyAKIAYgCP3kAf3kAf0LBAAgAyAH/QwAAABAAAAAQAAAAEAAAABAIAn95gH95AH9CwRgIAMgBv0MAACAQAAAgEAAAIBAAACAQCAI/eYB/eQB/QsEwAEgAyAH/QwAAABBAAAAQQAAAEEAAABBIAn95gH95AEgD/3kAf0LBKACIAAgAmohACADQRBqIQMgBEEBayEEIAQNAAsLiAICCn8CeyAK/RMhFgNAIAUgByAIEAIhDCAFIAdwQQJ0IQ0gAyANayEPIA9BBEsEQEEEIQ8LQQAhEANAIAkgEGr9AAQAIRcgACABQQZsIAEgC0EGEAUgC0EQQeAAIAtBgANqQQQQBUEEIQ4gC0GAA2ohFCACIBBqIAQgDCADbCANamxqIREDQCARIRIgFCETIA8hFQNAIBIgE/0ABAAgF/3kASAW/esB/QsEACASIARqIRIgE0HgAGohEyAVQQFrIRUgFQ0ACyAUQRBqIRQgESADIARsaiERIA5BAWshDiAODQALIABBEGohACAQQRBqIRAgECAESQ0ACyAFQQFqIQUgBSAGSQ0ACws=';

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
/**
 * Between one plane and the next: a line of the processor's cache. Without it, the same place in all 36 planes can fall into
 * one set of lines, of which the processor keeps eight: the transforms took twice as long.
 */
const GAP_BYTES = 64;
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
  if (kernelModule()) registerOnWasm(WINOGRAD, run);
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
  const planes = backend.makeOutput([PLANES, most * channels + GAP_BYTES / VALUE_BYTES], 'float32');
  const products = backend.makeOutput([PLANES, most * outputs + GAP_BYTES / VALUE_BYTES], 'float32');
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
      const [planeBytes, productBytes] = [count * pixelBytes + GAP_BYTES, count * toPixelBytes + GAP_BYTES];
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
      multiply(at(planes), planeBytes, count, pixelBytes, at(weights), at(products), productBytes, toPixelBytes);
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
