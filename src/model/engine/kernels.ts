import * as tf from '@tensorflow/tfjs-core';

/**
 * Runs kernels of TensorFlow.js's active backend directly. Its operations would also check and convert what they are
 * given, look for gradients and count tensors: that took half the time of a stride of the light network.
 *
 * A result belongs to whoever asked for it, who gives it to {@link release}.
 */

/** Values on the active backend. A tensor is some as well. */
export type Values = tf.TensorInfo;

/** A kernel that ran. */
export interface KernelRun {
  readonly name: string;
  readonly inputShapes: readonly (readonly number[])[];
  readonly outputShape: readonly number[];
}

type Inputs = Readonly<Record<string, Values>> | readonly Values[];

/** Kernels by name, by backend: looking one up in TensorFlow.js's registry takes longer than some of them. */
const kernels = new Map<string, Map<string, tf.KernelFunc>>();

let noted: KernelRun[] | undefined;

/** @throws Error if the active backend has no such kernel. */
export function runKernel(name: string, inputs: Inputs, attrs: object = {}): Values {
  const run = kernelOf(name);
  if (!run) throw new Error(`the backend “${tf.getBackend()}” has no kernel “${name}”`);
  const given = inputs as unknown as tf.NamedTensorInfoMap;
  const result = run({ inputs: given, attrs: attrs as tf.NamedAttrMap, backend: tf.backend() }) as Values;
  noted?.push({ name, inputShapes: Object.values(inputs).map(({ shape }) => shape), outputShape: result.shape });
  return result;
}

/** Whether the active backend has this kernel. */
export function hasKernel(name: string): boolean {
  return kernelOf(name) !== undefined;
}

function kernelOf(name: string): tf.KernelFunc | undefined {
  const backend = tf.getBackend();
  const ofBackend = kernels.get(backend) ?? new Map<string, tf.KernelFunc>();
  kernels.set(backend, ofBackend);
  const run = ofBackend.get(name) ?? tf.getKernel(name, backend)?.kernelFunc;
  if (run) ofBackend.set(name, run);
  return run;
}

/** Puts values on the active backend. */
export function valuesFrom(values: Float32Array, shape: number[]): Values {
  return { dataId: tf.backend().write(values, shape, 'float32'), shape, dtype: 'float32' };
}

/** Reads values. They still have to be released. */
export function readValues({ dataId }: Values): Promise<Float32Array> {
  return tf.backend().read(dataId) as Promise<Float32Array>;
}

export function release({ dataId }: Values): void {
  tf.backend().disposeData(dataId);
}

/** What a step makes of values that nothing else reads. */
export function consume(values: Values, step: (values: Values) => Values): Values {
  try {
    return step(values);
  } finally {
    release(values);
  }
}

/** The same values in another shape, in which one size may be −1. */
export function reshape(x: Values, shape: readonly number[]): Values {
  return runKernel('Reshape', { x }, { shape });
}

/** The kernels that run meanwhile, in their order. */
export async function kernelsOf(run: () => Promise<unknown>): Promise<readonly KernelRun[]> {
  const ran: KernelRun[] = [];
  noted = ran;
  try {
    await run();
  } finally {
    noted = undefined;
  }
  return ran;
}
