import type { FeatureSpec } from '../shared/contracts/model/feature-spec';
import { silenceValue } from '../shared/lib/math/silence-value';
import { lazyKernel, reserve } from '../shared/lib/wasm-kernel';
import type { MelColumns } from './mel-columns';
import type { MelFilterbank } from './mel-filterbank';

/**
 * WebAssembly of mel-kernel.wat: four columns at once. A column takes a third of the time with it.
 */
export const kernelBase64 =
  'AGFzbQEAAAABQgdgAn97AXtgBX9/f39/AGAEf39/fwBgAnt7AXtgAXsBe2AIf39/f399fX0AYBN/f39/f39/f39/f39/f39/fX19AAMJCAABAgMCBAUGBQMBAAIHFAIGbWVtb3J5AgAHY29tcHV0ZQAHCr4LCEABAnsgAP0AAgAhAiACIAL95QEhAyACIAMgA/1B/U4hAiACQ6lfY1j9E/3oAUOpX2PY/RP96QEhAiACIAH95gELxAICAn8HewNAIAL9AAQAIQcgACEFIAUgBxAAIQggBSABaiEFIAUgBxAAIQkgBSABaiEFIAUgBxAAIQogBSABaiEFIAUgBxAAIQsgCCAJ/Q0AAQIDEBESEwQFBgcUFRYXIQwgCiAL/Q0AAQIDEBESEwQFBgcUFRYXIQ0gAygCACEGIAYgDCAN/Q0AAQIDBAUGBxAREhMUFRYX/QsEACAGIAwgDf0NCAkKCwwNDg8YGRobHB0eH/0LBBAgCCAJ/Q0ICQoLGBkaGwwNDg8cHR4fIQwgCiAL/Q0ICQoLGBkaGwwNDg8cHR4fIQ0gAygCBCEGIAYgDCAN/Q0AAQIDBAUGBxAREhMUFRYX/QsEACAGIAwgDf0NCAkKCwwNDg8YGRobHB0eH/0LBBAgAEEQaiEAIAJBEGohAiADQQhqIQMgAyAESQ0ACwvyAQIGfwh7QSAhBCADIAJrIQYDQCACIQUgACEHA0AgBf0JAgAhCiAF/QkCBCELIAchCANAIAggBGohCSAJ/QAEACEQIAn9AAQQIREgCP0ABAAhDiAI/QAEECEPIBAgCv3mASARIAv95gH95QEhDCAQIAv95gEgESAK/eYB/eQBIQ0gCCAOIAz95AH9CwQAIAggDyAN/eQB/QsEECAJIA4gDP3lAf0LBAAgCSAPIA395QH9CwQQIAkgBGohCCAIIAFJDQALIAUgBmohBSAHQSBqIQcgBSADSQ0ACyAGQQF2IQYgBEEBdCEEIAAgBGogAUkNAAsLEwAgACAA/eYBIAEgAf3mAf3kAQu8AgICfw57QwAAAD/9EyEGIAMgASAAa0EBdmohBSABIQQgAP0ABAAhCSAA/QAEECEKIAMgCSAK/eQBIBMQA/0LBAAgBSAJIAr95QEgExAD/QsEAANAIABBIGohACAEQSBrIQQgA0EQaiEDIAVBEGshBSAGIAD9AAQA/eYBIQkgBiAA/QAEEP3mASEKIAYgBP0ABAD95gEhCyAGIAT9AAQQ/eYBIQwgCSAL/eQBIQ0gCiAM/eUBIQ4gCiAM/eQBIQ8gCyAJ/eUBIRAgAv0JAgAhByAC/QkCBCEIIA8gB/3mASAQIAj95gH95QEhESAPIAj95gEgECAH/eYB/eQBIRIgAyANIBH95AEgDiAS/eQBEAP9CwQAIAUgDSAR/eUBIA4gEv3lARAD/QsEACACQQhqIQIgACAEQSBrSQ0ACwvkAQEGeyAAQfOJ1PkD/RH9sQEhACAAQRf9rAH9+gEhASAAQf///wP9Ef1OQfOJ1PkD/RH9rgFDAACAP/0T/eUBIQIgAiACQwAAAED9E/3kAf3nASEDIAMgA/3mASEEIAQgBP3mASEFQwAAAD/9EyACIAL95gH95gEhBiADIAYgBEOqqio//RMgBUPu6ZE+/RP95gH95AH95gEgBUMTzsw+/RMgBUMmnng+/RP95gH95AH95gH95AH95AH95gEgAUPR9xc3/RP95gH95AEgBv3lASAC/eQBIAFDgHExP/0T/eYB/eQBC9MBAgJ7A38gBf0TEAUhCANAIAEoAgAhCiABKAIEIQv9DAAAAAAAAAAAAAAAAAAAAAAhCQNAIAkgAP0JAgAgCv0ABAD95gH95AEhCSAAQQRqIQAgCkEQaiEKIAAgC0kNAAsgCSAF/RP95AEQBSAI/eUBIAb9E/3mASAH/RP95AEhCSADIQwgDCAJ/VoCAAAgDCAEaiEMIAwgCf1aAgABIAwgBGohDCAMIAn9WgIAAiAMIARqIQwgDCAJ/VoCAAMgA0EEaiEDIAFBCGohASABIAJJDQALCzQAIAAgASACIAMgBBABIAggCSAFIAYQAiAIIAkgByAKEAQgCyAMIA0gDiAPIBAgESASEAYL';

const kernelModule = lazyKernel(kernelBase64);

/** A vector has a value of each column. */
const COLUMNS = 4;
const VALUE_BYTES = 4;
const VECTOR_BYTES = COLUMNS * VALUE_BYTES;
/** A complex number of four columns. */
const COMPLEX_BYTES = 2 * VECTOR_BYTES;
/** 32-bit floats below have fewer bits. */
const LEAST_FLOOR = 2 ** -126;

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  compute(...values: number[]): void;
}

/** Computes four columns at once. */
export class MelKernel implements MelColumns {
  readonly columns = COLUMNS;
  readonly samples: Float32Array;
  readonly #result: Float32Array;
  readonly #compute: () => void;

  private constructor(
    module: WebAssembly.Module,
    spec: FeatureSpec,
    hann: Float64Array,
    { firstBin, weights }: MelFilterbank,
  ) {
    const { fftSize, hopSamples, melBands, powerFloor, logStandardDeviation } = spec;
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
      result: [COLUMNS * melBands, VALUE_BYTES],
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
    const values = [
      samples, hopBytes, factors, order, orderEnd, turns, turnsEnd, splitTurns, work, workEnd, power, weightsStart, bands, bandsEnd, result,
      melBands * VALUE_BYTES, powerFloor, Math.LOG10E / logStandardDeviation, silenceValue(spec),
    ] as const;
    this.#compute = () => exports.compute(...values);
  }

  /** @param hann the window, scaled. @returns undefined where SIMD is missing, or 32 bits are too few for the floor. */
  static create(spec: FeatureSpec, hann: Float64Array, filters: MelFilterbank): MelKernel | undefined {
    const module = spec.powerFloor >= LEAST_FLOOR ? kernelModule() : undefined;
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
