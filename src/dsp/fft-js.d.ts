declare module 'fft.js' {
  /** Radix-4 FFT of a fixed power-of-two size; complex arrays interleave real and imaginary parts. */
  export default class FFT {
    constructor(size: number);
    /** Writes the transform of `data` to `out`, both of length 2 · size. */
    transform(out: Float64Array, data: Float64Array): void;
  }
}
