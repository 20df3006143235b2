import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../kernels';

/** What is used of TensorFlow.js's WASM backend. */
export interface WasmBackend {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } };
  makeOutput(shape: number[], dtype: 'float32'): Values;
  getMemoryOffset(dataId: object): number;
  disposeData(dataId: object): boolean;
}

/**
 * Kernels of our own on a backend's memory, made once for each backend.
 *
 * @param kernelModule what they are compiled from. Only a backend for which it exists may be asked for them.
 */
export function kernelsOnBackend<Kernels>(
  kernelModule: () => WebAssembly.Module | undefined,
): (backend: WasmBackend) => Kernels {
  const instances = new WeakMap<WasmBackend, Kernels>();
  return (backend) => {
    let kernels = instances.get(backend);
    if (!kernels) {
      const { memory } = backend.wasm.asm;
      const instance = new WebAssembly.Instance(kernelModule() as WebAssembly.Module, { backend: { memory } });
      kernels = instance.exports as Kernels;
      instances.set(backend, kernels);
    }
    return kernels;
  };
}

/** Gives the WASM backend a kernel, once. @param run is given inputs, attributes and the backend. */
export function registerOnWasm(kernelName: string, run: unknown): void {
  if (tf.getKernel(kernelName, 'wasm')) return;
  tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: run as tf.KernelFunc });
}
