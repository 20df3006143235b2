import type { io } from '@tensorflow/tfjs-core';

/** A weight as it is stored: its entry in the manifest, and its own bytes. */
export interface StoredWeight {
  readonly entry: io.WeightsManifestEntry;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const bytesPerValue: Readonly<Record<string, number>> = { float32: 4, float16: 2 };

/** Bytes that a weight takes. @throws TypeError where it is neither float32 nor float16. */
export function weightBytes({ shape, dtype, quantization }: io.WeightsManifestEntry): number {
  const bytes = bytesPerValue[quantization?.dtype ?? dtype];
  if (bytes === undefined) throw new TypeError(`weights of type ${quantization?.dtype ?? dtype} are not supported`);
  return bytes * shape.reduce((product, size) => product * size, 1);
}

/**
 * Cuts a model's weights apart.
 *
 * @throws RangeError where there are more or fewer bytes than the entries ask for.
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

/** A weight's values; float16 becomes the float32 of exactly the same value. */
export function weightValues({ entry, bytes }: StoredWeight): Float32Array {
  const own = bytes.slice().buffer;
  if (entry.quantization?.dtype !== 'float16') return new Float32Array(own);
  return Float32Array.from(new Uint16Array(own), halfToNumber);
}

/** The number that the bits of an IEEE 754 half mean. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
