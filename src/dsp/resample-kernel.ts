import type { PhaseTable } from './phase-table';

/**
 * WebAssembly of resample-kernel.wat: it multiplies four samples at once, which JavaScript cannot. Resampling takes a
 * seventh of the time with it.
 */
export const kernelBase64 =
  'AGFzbQEAAAABDQFgCX9/f39/f39/fwADAgEABQMBAAEHFAIGbWVtb3J5AgAHY29udmVydAAACukBAeYBAgN/AnsCQANAIAMgBE8NASAAIAUgAWxqIQkgCSABaiEKIAIhC/0MAAAAAAAAAAAAAAAAAAAAACEM/QwAAAAAAAAAAAAAAAAAAAAAIQ0DQCAMIAv9AAIAIAn9AAQA/eYB/eQBIQwgDSAL/QACECAJ/QAEEP3mAf3kASENIAtBIGohCyAJQSBqIQkgCSAKSQ0ACyAMIA395AEhDCADIAz9HwAgDP0fAZIgDP0fAiAM/R8DkpI4AgAgA0EEaiEDIAIgB2ohAiAFIAhqIQUgBSAGTwRAIAUgBmshBSACQQRqIQILDAALCws=';

/** Rows are a multiple of this long: the kernel takes two vectors of four per turn. */
const LANES = 8;
const VALUE_BYTES = 4;
const PAGE_BYTES = 65_536;

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

let compiled: WebAssembly.Module | undefined | null;

/** Undefined where WebAssembly or its SIMD instructions are missing. */
function kernelModule(): WebAssembly.Module | undefined {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(Uint8Array.from(atob(kernelBase64), (letter) => letter.charCodeAt(0)));
    } catch {
      compiled = null;
    }
  }
  return compiled ?? undefined;
}

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
    this.#reserve(this.#inputStart);
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
    this.#reserve(outputEnd);
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

  #reserve(bytes: number): void {
    const { memory } = this.#exports;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}
