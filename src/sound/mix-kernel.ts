import type { MixLoops } from '../shared/lib/sound/mono-mixer';
import { lazyKernel, reserve } from '../shared/lib/wasm-kernel';

/** WebAssembly of mix-kernel.wat. Stereo is mixed in a third of the time with it. */
export const kernelBase64 =
  'AGFzbQEAAAABFQNgBX9/f39/AGADf39/AGACf38BfQMEAwABAgUDAQABByEEBm1lbW9yeQIABm1peFR3bwAABGNvcHkAAQRwZWFrAAIKmwQD9wICAX8HeyAAIAJBAnRqIQUCQANAIAAgBU8NASAA/QAEACEGIAYgBv3lASEIIAYgCCAI/UH9TiEGIAH9AAQAIQcgByAH/eUBIQggByAIIAj9Qf1OIQcgBv1fIQkgCiAJIAn98gH98AEhCiAGIAb9DQgJCgsMDQ4PCAkKCwwNDg/9XyEJIAogCSAJ/fIB/fABIQogB/1fIQkgCyAJIAn98gH98AEhCyAHIAf9DQgJCgsMDQ4PCAkKCwwNDg/9XyEJIAsgCSAJ/fIB/fABIQsgBkMAAAA//RP95gEgB0MAAAA//RP95gH95AEhBiADIAb9CwQAIAb9XyEJIAwgCSAJ/fIB/fABIQwgBiAG/Q0ICQoLDA0ODwgJCgsMDQ4P/V8hCSAMIAkgCf3yAf3wASEMIABBEGohACABQRBqIQEgA0EQaiEDDAALCyAEIAr9IQAgCv0hAaA5AwAgBCAL/SEAIAv9IQGgOQMIIAQgDP0hACAM/SEBoDkDEAtSAgF/AnsgACABQQJ0aiEDAkADQCAAIANPDQEgAP0ABAAhBCAEIAT95QEhBSAEIAUgBf1B/U4hBCACIAT9CwQAIABBEGohACACQRBqIQIMAAsLC00CAX8BeyAAIAFBAnRqIQICQANAIAAgAk8NASADIAD9AAQA/eAB/esBIQMgAEEQaiEADAALCyAD/R8AIAP9HwGXIAP9HwIgA/0fA5eXCw==';

const kernelModule = lazyKernel(kernelBase64);

const VALUE_BYTES = 4;
/** The kernel takes so many samples at once. */
const LANES = 4;
/** Three 64-bit floats, before the rooms. */
const ENERGIES_BYTES = 32;

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  mixTwo(first: number, second: number, frames: number, mean: number, energies: number): void;
  copy(from: number, frames: number, to: number): void;
  peak(at: number, frames: number): number;
}

/** Loops over samples in memory of their own: only {@link rooms} can be given to them. */
export class MixKernel implements MixLoops {
  /** Room for a stretch of each channel, and for what is made of them. */
  readonly rooms: readonly Float32Array<ArrayBuffer>[];
  readonly #exports: KernelExports;
  readonly #length: number;
  readonly #energies: Float64Array;

  private constructor(module: WebAssembly.Module, count: number, length: number) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as KernelExports;
    this.#length = length;
    const { memory } = this.#exports;
    const roomBytes = VALUE_BYTES * LANES * Math.ceil(length / LANES);
    reserve(this.#exports, ENERGIES_BYTES + count * roomBytes);
    this.#energies = new Float64Array(memory.buffer, 0, 3);
    this.rooms = Array.from(
      { length: count },
      (_, i) => new Float32Array<ArrayBuffer>(memory.buffer as ArrayBuffer, ENERGIES_BYTES + i * roomBytes, length),
    );
  }

  /** @param count of rooms. @param length of each, in samples. @returns undefined where SIMD is missing. */
  static create(count: number, length: number): MixKernel | undefined {
    const module = kernelModule();
    return module && new MixKernel(module, count, length);
  }

  mixTwo(
    first: Float32Array,
    second: Float32Array,
    length: number,
    mean: Float32Array,
    energies: Float64Array,
  ): number {
    this.#silenceBehind(first, length);
    this.#silenceBehind(second, length);
    this.#exports.mixTwo(first.byteOffset, second.byteOffset, length, mean.byteOffset, this.#energies.byteOffset);
    const [ofFirst, ofSecond, ofMean] = this.#energies as unknown as [number, number, number];
    energies[0] = (energies[0] as number) + ofFirst;
    energies[1] = (energies[1] as number) + ofSecond;
    return ofMean;
  }

  copy(channel: Float32Array, length: number, output: Float32Array): void {
    this.#silenceBehind(channel, length);
    this.#exports.copy(channel.byteOffset, length, output.byteOffset);
  }

  /** The largest magnitude of the first `length` samples. */
  peak(samples: Float32Array, length: number): number {
    this.#silenceBehind(samples, length);
    return this.#exports.peak(samples.byteOffset, length);
  }

  /** The kernel reads whole vectors. Behind a whole room there is silence. */
  #silenceBehind(room: Float32Array, length: number): void {
    if (length < this.#length) room.fill(0, length);
  }
}
