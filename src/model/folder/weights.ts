import type { io } from '@tensorflow/tfjs-core';

/** A weight as stored: its manifest entry and its bytes. */
export interface StoredWeight {
  readonly entry: io.WeightsManifestEntry;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const bytesPerValue: Readonly<Record<string, number>> = { float32: 4, float16: 2, uint8: 1 };

/** Size of a weight in bytes. @throws TypeError if it is neither float32, float16 nor uint8. */
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

/**
 * A weight's values. Each float16 becomes the float32 of exactly the same value, each 8-bit step the value of its place.
 *
 * @throws TypeError for steps without scale or minimum.
 */
export function weightValues({ entry: { name, quantization }, bytes }: StoredWeight): Float32Array {
  if (quantization?.dtype === 'uint8') {
    const { scale, min } = quantization;
    if (scale === undefined || min === undefined) throw new TypeError(`the weight “${name}” has steps of no size`);
    const values = new Float32Array(bytes.length);
    // Not Float32Array.from with a function, which takes 60 ms for the default network at every start.
    for (let i = 0; i < values.length; i++) values[i] = (bytes[i] as number) * scale + min;
    return values;
  }
  const own = bytes.slice().buffer;
  return quantization?.dtype === 'float16' ? valuesOfHalves(new Uint16Array(own)) : new Float32Array(own);
}

function valuesOfHalves(halves: Uint16Array): Float32Array {
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
