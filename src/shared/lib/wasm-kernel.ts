const PAGE_BYTES = 65_536;

/** A kernel with a memory of its own. */
interface WithMemory {
  readonly memory: WebAssembly.Memory;
}

/** Compiles a kernel when it is first asked for. @returns undefined where WebAssembly or its SIMD instructions are missing. */
export function lazyKernel(base64: string): () => WebAssembly.Module | undefined {
  let compiled: WebAssembly.Module | undefined | null;
  return () => {
    if (compiled === undefined) {
      try {
        compiled = new WebAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
      } catch {
        compiled = null;
      }
    }
    return compiled ?? undefined;
  };
}

/** Makes a kernel's memory at least so large. Views of it must be made anew. */
export function reserve({ memory }: WithMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}
