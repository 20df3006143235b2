import type { FeatureSpec } from '../shared/contracts/model/feature-spec';
import { lazyKernel, reserve } from '../shared/lib/wasm-kernel';
import type { MelFilterbank } from './mel-filterbank';
import type { BandPowers } from './mel-powers';

/**
 * WebAssembly of mel-kernel.wat: four columns at once. A column takes a third of the time with it.
 */
export const kernelBase64 =
  'AGFzbQEAAAABLwVgA39/fwF7YAV/f39/fwBgBH9/f38AYAJ7ewF7YA9/f39/f39/f39/f39/f38AAwgHAAECAwICBAUDAQACBxQCBm1lbW9yeQIAB2NvbXB1dGUABgqzBwd6AQJ7IAD9XAIAIQMgACABaiEAIAAgA/1WAgABIQMgACABaiEAIAAgA/1WAgACIQMgACABaiEAIAAgA/1WAgADIQMgAyAD/eUBIQQgAyAEIAT9Qf1OIQMgA0OpX2NY/RP96AFDqV9j2P0T/ekBIQMgAyAC/QkCAP3mAQtMAQF/A0AgAygCACEFIAUgACABIAIQAP0LBAAgBSAAQQRqIAEgAkEEahAA/QsEECAAQQhqIQAgAkEIaiECIANBBGohAyADIARJDQALC/IBAgZ/CHtBICEEIAMgAmshBgNAIAIhBSAAIQcDQCAF/QkCACEKIAX9CQIEIQsgByEIA0AgCCAEaiEJIAn9AAQAIRAgCf0ABBAhESAI/QAEACEOIAj9AAQQIQ8gECAK/eYBIBEgC/3mAf3lASEMIBAgC/3mASARIAr95gH95AEhDSAIIA4gDP3kAf0LBAAgCCAPIA395AH9CwQQIAkgDiAM/eUB/QsEACAJIA8gDf3lAf0LBBAgCSAEaiEIIAggAUkNAAsgBSAGaiEFIAdBIGohByAFIANJDQALIAZBAXYhBiAEQQF0IQQgACAEaiABSQ0ACwsTACAAIAD95gEgASAB/eYB/eQBC7wCAgJ/DntDAAAAP/0TIQYgAyABIABrQQF2aiEFIAEhBCAA/QAEACEJIAD9AAQQIQogAyAJIAr95AEgExAD/QsEACAFIAkgCv3lASATEAP9CwQAA0AgAEEgaiEAIARBIGshBCADQRBqIQMgBUEQayEFIAYgAP0ABAD95gEhCSAGIAD9AAQQ/eYBIQogBiAE/QAEAP3mASELIAYgBP0ABBD95gEhDCAJIAv95AEhDSAKIAz95QEhDiAKIAz95AEhDyALIAn95QEhECAC/QkCACEHIAL9CQIEIQggDyAH/eYBIBAgCP3mAf3lASERIA8gCP3mASAQIAf95gH95AEhEiADIA0gEf3kASAOIBL95AEQA/0LBAAgBSANIBH95QEgDiAS/eUBEAP9CwQAIAJBCGohAiAAIARBIGtJDQALC3YCAXsCfwNAIAEoAgAhBSABKAIEIQb9DAAAAAAAAAAAAAAAAAAAAAAhBANAIAQgAP0JAgAgBf0ABAD95gH95AEhBCAAQQRqIQAgBUEQaiEFIAAgBkkNAAsgAyAE/QsEACADQRBqIQMgAUEIaiEBIAEgAkkNAAsLLAAgACABIAIgAyAEEAEgCCAJIAUgBhACIAggCSAHIAoQBCALIAwgDSAOEAUL';

const kernelModule = lazyKernel(kernelBase64);

/** A vector has a value of each column. */
const COLUMNS = 4;
const VALUE_BYTES = 4;
const VECTOR_BYTES = COLUMNS * VALUE_BYTES;
/** A complex number of four columns. */
const COMPLEX_BYTES = 2 * VECTOR_BYTES;

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  compute(...places: number[]): void;
}

/** Computes the powers of four columns at once. */
export class MelKernel implements BandPowers {
  readonly columns = COLUMNS;
  readonly samples: Float32Array;
  readonly #result: Float32Array;
  readonly #compute: () => void;

  private constructor(
    module: WebAssembly.Module,
    { fftSize, hopSamples, melBands }: FeatureSpec,
    hann: Float64Array,
    { firstBin, weights }: MelFilterbank,
  ) {
    const exports = new WebAssembly.Instance(module).exports as unknown as KernelExports;
    const half = fftSize / 2;
    const allWeights = weights.flatMap((band) => [...band]);
    const { samples, factors, order, turns, splitTurns, work, power, weightsStart, bands, result, end } = placesOf({
      samples: [fftSize + (COLUMNS - 1) * hopSamples, VALUE_BYTES],
      factors: [fftSize, VALUE_BYTES],
      order: [half, VALUE_BYTES],
      turns: [half, VALUE_BYTES],
      splitTurns: [half, VALUE_BYTES],
      work: [half, COMPLEX_BYTES],
      power: [half + 1, VECTOR_BYTES],
      weightsStart: [allWeights.length, VALUE_BYTES],
      bands: [2 * melBands, VALUE_BYTES],
      result: [melBands, VECTOR_BYTES],
    });
    reserve(exports, end);
    const { buffer } = exports.memory;
    const floats = (at: number, values: ArrayLike<number>): void => new Float32Array(buffer, at).set(values);
    floats(factors, hann);
    floats(turns, rotations(half, 0, half / 2));
    floats(splitTurns, rotations(fftSize, 1, half / 2));
    floats(weightsStart, allWeights);
    new Int32Array(buffer, order, half).set(reversedBits(half).map((to) => work + to * COMPLEX_BYTES));
    let weightsEnd = weightsStart;
    const bandTable = weights.flatMap((band, i) => {
      weightsEnd += band.length * VALUE_BYTES;
      return [power + (firstBin[i] as number) * VECTOR_BYTES, weightsEnd];
    });
    new Int32Array(buffer, bands, 2 * melBands).set(bandTable);
    this.samples = new Float32Array(buffer, samples, fftSize + (COLUMNS - 1) * hopSamples);
    this.#result = new Float32Array(buffer, result, COLUMNS * melBands);
    const [hopBytes, orderEnd] = [hopSamples * VALUE_BYTES, order + half * VALUE_BYTES];
    const [turnsEnd, workEnd] = [turns + half * VALUE_BYTES, work + half * COMPLEX_BYTES];
    const bandsEnd = bands + 2 * melBands * VALUE_BYTES;
    // biome-ignore format: one line tells as much.
    const places = [
      samples, hopBytes, factors, order, orderEnd, turns, turnsEnd, splitTurns, work, workEnd, power, weightsStart, bands, bandsEnd, result,
    ] as const;
    this.#compute = () => exports.compute(...places);
  }

  /** @param hann the window, scaled. @returns undefined where SIMD is missing. */
  static create(spec: FeatureSpec, hann: Float64Array, filters: MelFilterbank): MelKernel | undefined {
    const module = kernelModule();
    return module && new MelKernel(module, spec, hann, filters);
  }

  compute(): Float32Array {
    this.#compute();
    return this.#result;
  }
}

/** Puts tables one behind another, each of so many values of so many bytes. @returns where each begins, and the last ends. */
function placesOf<Name extends string>(
  tables: Readonly<Record<Name, readonly [number, number]>>,
): Record<Name | 'end', number> {
  let end = 0;
  const places = Object.entries<readonly [number, number]>(tables).map(([name, [values, bytes]]) => {
    const start = end;
    end += Math.ceil((values * bytes) / VECTOR_BYTES) * VECTOR_BYTES;
    return [name, start];
  });
  return { ...Object.fromEntries(places), end };
}

/** e^(−2πik / size) for `count` values of k from `first` on, real and imaginary parts in turn. */
function rotations(size: number, first: number, count: number): number[] {
  return Array.from({ length: 2 * count }, (_, i) => {
    const angle = (-2 * Math.PI * (first + (i >> 1))) / size;
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
}

/** Where each value goes before a transform that is decimated in time. */
function reversedBits(size: number): number[] {
  const places = [0];
  for (let step = size / 2; step >= 1; step /= 2) places.push(...places.map((place) => place + step));
  return places;
}
