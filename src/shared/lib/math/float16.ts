const bits = /* @__PURE__ */ new Uint32Array(1);
const float = /* @__PURE__ */ new Float32Array(bits.buffer);

/** Numbers as bits of IEEE 754 binary16, rounded to the nearest. Beyond its range they become infinite. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(values, toBits);
}

/** The numbers that binary16 bits stand for. */
export function fromFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(halves, fromBits);
}

function toBits(value: number): number {
  float[0] = value;
  const word = bits[0] as number;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // 65520 and more round to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) return sign | rounded(magnitude - 0x38000000, 13);
  // Subnormal: the leading one becomes explicit, and shifts with the exponent.
  const shift = 126 - (magnitude >>> 23);
  return shift > 24 ? sign : sign | rounded((magnitude & 0x7fffff) | 0x800000, shift);
}

/** Shifts right, to the nearest; halfway to the even one. */
function rounded(value: number, shift: number): number {
  const half = 1 << (shift - 1);
  const rest = value & ((1 << shift) - 1);
  const floor = value >>> shift;
  return rest > half || (rest === half && floor % 2 === 1) ? floor + 1 : floor;
}

function fromBits(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
