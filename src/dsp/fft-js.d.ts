declare module 'fft.js' {
  /** Radix-4 FFT of a fixed power-of-two size; complex arrays interleave real and imaginary parts. */
  export default class FFT {
    constructor(size: number);
    /** Writes bins 0 … size / 2 of the transform of `data` (length size) into `out` (length 2 · size). */
    realTransform(out: Float64Array, data: Float64Array): void;
  }
}
