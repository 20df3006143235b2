import { lazyKernel, reserve } from '../shared/lib/wasm-kernel';
import type { PhaseTable } from './phase-table';

/**
 * WebAssembly of resample-kernel.wat: it multiplies four samples at once, which JavaScript cannot. Resampling takes a
 * tenth of the time with it.
 */
export const kernelBase64 =
  'AGFzbQEAAAABDQFgCX9/f39/f39/fwADAgEABQMBAAEHFAIGbWVtb3J5AgAHY29udmVydAAACskCAcYCAgN/BHsCQANAIAMgBE8NASAAIAUgAWxqIQkgCSABaiEKIAIhC/0MAAAAAAAAAAAAAAAAAAAAACEM/QwAAAAAAAAAAAAAAAAAAAAAIQ39DAAAAAAAAAAAAAAAAAAAAAAhDv0MAAAAAAAAAAAAAAAAAAAAACEPA0AgDCAL/QACACAJ/QAEAP3mAf3kASEMIA0gC/0AAhAgCf0ABBD95gH95AEhDSAOIAv9AAIgIAn9AAQg/eYB/eQBIQ4gDyAL/QACMCAJ/QAEMP3mAf3kASEPIAtBwABqIQsgCUHAAGohCSAJIApJDQALIAwgDf3kASAOIA/95AH95AEhDCADIAz9HwAgDP0fAZIgDP0fAiAM/R8DkpI4AgAgA0EEaiEDIAIgB2ohAiAFIAhqIQUgBSAGTwRAIAUgBmshBSACQQRqIQILDAALCws=';

/** Rows are a multiple of this long: the kernel takes four vectors of four per turn. */
const LANES = 16;
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
    wholeStepBytes: number,
    partStep: number,
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
    const wholeStepBytes = Math.floor(this.#step / this.#parts) * VALUE_BYTES;
    const partStep = this.#step % this.#parts;
    convert(0, this.#rowBytes, this.#inputStart, outputStart, outputEnd, part, this.#parts, wholeStepBytes, partStep);
    output.set(values.subarray(outputStart / VALUE_BYTES, outputEnd / VALUE_BYTES));
  }
}
