import { lazyKernel, reserve } from '../shared/lib/wasm-kernel';
import type { PhaseTable } from './phase-table';

/**
 * WebAssembly of resample-kernel.wat: it multiplies four samples at once, which JavaScript cannot. Resampling takes less than a
 * tenth of the time with it.
 */
export const kernelBase64 =
  'AGFzbQEAAAABHANgA39/fwF9YAZ/f39/f38AYAh/f39/f39/fwADBAMAAQIFAwEAAQcUAgZtZW1vcnkCAAdjb252ZXJ0AAIKkgYDXwEBewNAIAMgAv0AAgAgAP0ABAD95gH95AEhAyADIAL9AAIQIAD9AAQQ/eYB/eQBIQMgAkEgaiECIABBIGohACAAIAFJDQALIAP9HwAgA/0fAZIgA/0fAiAD/R8DkpILwgMCBH8GeyACIANqIQYgBiADaiEHIAcgA2ohCCAIIANqIQkDQCAA/QAEACEKIAsgCiAC/QACAP3mAf3kASELIAwgCiAG/QACAP3mAf3kASEMIA0gCiAH/QACAP3mAf3kASENIA4gCiAI/QACAP3mAf3kASEOIA8gCiAJ/QACAP3mAf3kASEPIAD9AAQQIQogCyAKIAL9AAIQ/eYB/eQBIQsgDCAKIAb9AAIQ/eYB/eQBIQwgDSAKIAf9AAIQ/eYB/eQBIQ0gDiAKIAj9AAIQ/eYB/eQBIQ4gDyAKIAn9AAIQ/eYB/eQBIQ8gAkEgaiECIAZBIGohBiAHQSBqIQcgCEEgaiEIIAlBIGohCSAAQSBqIQAgACABSQ0ACyAEIAv9HwAgC/0fAZIgC/0fAiAL/R8DkpI4AgAgBCAFaiEEIAQgDP0fACAM/R8BkiAM/R8CIAz9HwOSkjgCACAEIAVqIQQgBCAN/R8AIA39HwGSIA39HwIgDf0fA5KSOAIAIAQgBWohBCAEIA79HwAgDv0fAZIgDv0fAiAO/R8DkpI4AgAgBCAFaiEEIAQgD/0fACAP/R8BkiAP/R8CIA/9HwOSkjgCAAvrAQEKfyAHQQJ0IQ4gBkECdCEPIAcgBm5BAnQhECAHIAZwIREgAyAPaiENIA0gBEsEQCAEIQ0LAkADQCADIA1PDQEgACAFIAFsaiEIIAggAWohCSACIQogAyELAkADQCALIA9BAnRqIQwgDCAETw0BIAggCSAKIA4gCyAPEAEgCiAOQQVsaiEKIAwgD2ohCwwACwsCQANAIAsgBE8NASALIAggCSAKEAA4AgAgCiAOaiEKIAsgD2ohCwwACwsgA0EEaiEDIAIgEGohAiAFIBFqIQUgBSAGTwRAIAUgBmshBSACQQRqIQILDAALCws=';

/** Rows are a multiple of this long: the kernel takes two vectors of four per turn. */
const LANES = 8;
const VALUE_BYTES = 4;

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  convert(
    rows: number,
    rowBytes: number,
    input: number,
    output: number,
    outputEnd: number,
    part: number,
    parts: number,
    step: number,
  ): void;
}

const kernelModule = lazyKernel(kernelBase64);

/** Computes output samples whose positions all have their own row in the filter. */
export class ResampleKernel {
  readonly #exports: KernelExports;
  readonly #parts: number;
  readonly #step: number;
  readonly #rowBytes: number;
  /** Where the input begins, behind the filter's rows. */
  readonly #inputStart: number;

  private constructor(module: WebAssembly.Module, { phases, taps, values }: PhaseTable, step: number) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as KernelExports;
    this.#parts = phases;
    this.#step = step;
    // Zeros fill the last lanes.
    const rowLength = Math.ceil(taps / LANES) * LANES;
    this.#rowBytes = rowLength * VALUE_BYTES;
    this.#inputStart = phases * this.#rowBytes;
    reserve(this.#exports, this.#inputStart);
    const rows = new Float32Array(this.#exports.memory.buffer);
    for (let row = 0; row < phases; row++) {
      rows.set(values.subarray(row * taps, (row + 1) * taps), row * rowLength);
    }
  }

  /**
   * @param filter one phase per part of a sample. @param step parts from one output sample to the next.
   * @returns undefined where SIMD is missing.
   */
  static create(filter: PhaseTable, step: number): ResampleKernel | undefined {
    const module = kernelModule();
    return module && new ResampleKernel(module, filter, step);
  }

  /** Fills `output`, whose first sample needs the input from `start` on and lies `part` parts towards the next sample. */
  convert(input: Float32Array, start: number, part: number, output: Float32Array): void {
    const needed = input.subarray(start);
    const outputStart = this.#inputStart + (needed.length + LANES) * VALUE_BYTES;
    const outputEnd = outputStart + output.length * VALUE_BYTES;
    reserve(this.#exports, outputEnd);
    const { memory, convert } = this.#exports;
    const values = new Float32Array(memory.buffer);
    values.set(needed, this.#inputStart / VALUE_BYTES);
    // The last lanes multiply what lies behind the input by 0, which must not be infinite.
    values.fill(0, this.#inputStart / VALUE_BYTES + needed.length, outputStart / VALUE_BYTES);
    convert(0, this.#rowBytes, this.#inputStart, outputStart, outputEnd, part, this.#parts, this.#step);
    output.set(values.subarray(outputStart / VALUE_BYTES, outputEnd / VALUE_BYTES));
  }
}
