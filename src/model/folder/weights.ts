import type { io } from '@tensorflow/tfjs-core';

/** A weight as stored: its manifest entry and its bytes. */
export interface StoredWeight {
  readonly entry: io.WeightsManifestEntry;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const bytesPerValue: Readonly<Record<string, number>> = { float32: 4, float16: 2 };

/** Size of a weight in bytes. @throws TypeError if it is neither float32 nor float16. */
function weightBytes({ shape, dtype, quantization }: io.WeightsManifestEntry): number {
  const bytes = bytesPerValue[quantization?.dtype ?? dtype];
  if (bytes === undefined) throw new TypeError(`weights of type ${quantization?.dtype ?? dtype} are not supported`);
  return bytes * shape.reduce((product, size) => product * size, 1);
}

/**
 * Splits a model's weights.
 *
 * @throws RangeError if the number of bytes does not match the entries.
 */
export function splitWeights(entries: readonly io.WeightsManifestEntry[], data: ArrayBuffer): StoredWeight[] {
  const expected = entries.reduce((sum, entry) => sum + weightBytes(entry), 0);
  if (data.byteLength !== expected) throw new RangeError(`${data.byteLength} bytes instead of ${expected}`);
  let start = 0;
  return entries.map((entry) => {
    const bytes = new Uint8Array(data, start, weightBytes(entry));
    start += bytes.byteLength;
    return { entry, bytes };
  });
}

/** A weight's values. Each float16 becomes the float32 of exactly the same value. */
export function weightValues({ entry, bytes }: StoredWeight): Float32Array {
  const own = bytes.slice().buffer;
  if (entry.quantization?.dtype !== 'float16') return new Float32Array(own);
  const halves = new Uint16Array(own);
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  // With bit operations: half a million powers of two would take a tenth of a second at every start.
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] as number;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) values[i] = fraction * 2 ** -24;
    else bits[i] = ((exponent === 0x1f ? 0xff : exponent + 112) << 23) | (fraction << 13);
    bits[i] = (bits[i] as number) | ((half & 0x8000) << 16);
  }
  return values;
}
