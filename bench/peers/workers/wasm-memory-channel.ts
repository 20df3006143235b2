/** Name of the channel on which workers are asked for their WASM memory. */
export const WASM_MEMORY_CHANNEL = 'wasm-memory';

/** A worker's answer. */
export interface WasmMemory {
  /** The worker's name. */
  readonly worker: string;
  /** Bytes of its memories that are not shared with threads. */
  readonly bytes: number;
}
