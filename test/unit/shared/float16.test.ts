import { expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '../../../src/shared/lib/math/float16';

it.each([
  // From the table of IEEE 754 binary16.
  [0x0001, 2 ** -24],
  [0x03ff, (1023 / 1024) * 2 ** -14],
  [0x0400, 2 ** -14],
  [0x3555, 0.333251953125],
  [0x3bff, 0.99951171875],
  [0x3c00, 1],
  [0x3c01, 1.0009765625],
  [0x7bff, 65504],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0x8000, -0],
  [0xc000, -2],
])('%d stands for %d', (bits, value) => {
  expect([...fromFloat16(Uint16Array.of(bits))]).toEqual([value]);
  expect([...toFloat16(Float32Array.of(value))]).toEqual([bits]);
});

it('rounds to the nearest, halfway to even, and beyond the range to infinity', () => {
  const between = [
    1 + 2 ** -11,
    1 + 3 * 2 ** -11,
    1 + 2 ** -11 + 2 ** -20,
    2 ** -25,
    2 ** -25 + 2 ** -40,
    65519,
    65520,
  ];
  expect([...toFloat16(Float32Array.from(between))]).toEqual([0x3c00, 0x3c02, 0x3c01, 0, 1, 0x7bff, 0x7c00]);
  expect([...fromFloat16(toFloat16(Float32Array.of(Number.NaN)))]).toEqual([Number.NaN]);
});
