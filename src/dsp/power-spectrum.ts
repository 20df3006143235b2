import FFT from 'fft.js';

/**
 * Power of each bin of a real signal's discrete Fourier transform.
 *
 * Even samples become real parts and odd samples imaginary parts, so a complex transform of half the size is enough.
 * Its result is then split into the transforms of the even and the odd samples (Press et al., “Numerical Recipes”, 3rd
 * ed., 12.3.2).
 */
export class PowerSpectrum {
  readonly #half: number;
  readonly #fft: FFT;
  /** Transform of half the size, real and imaginary parts interleaved. */
  readonly #packed: Float64Array;
  /** e^(−2πik / size) for k = 0 … size / 4, real and imaginary parts interleaved. */
  readonly #twiddles: Float64Array;

  /** @param size of the transform: a power of two, at least 4. */
  constructor(size: number) {
    this.#half = size / 2;
    this.#fft = new FFT(this.#half);
    this.#packed = new Float64Array(size);
    this.#twiddles = Float64Array.from({ length: this.#half + 2 }, (_, i) => {
      const angle = (-2 * Math.PI * (i >> 1)) / size;
      return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
    });
  }

  /** Writes |X|² of bins 0 … size / 2 of `samples` (length size) into `power` (length size / 2 + 1). */
  compute(samples: Float64Array, power: Float64Array): void {
    const half = this.#half;
    const packed = this.#packed;
    const twiddles = this.#twiddles;
    this.#fft.transform(packed, samples);
    const sum = packed[0] as number;
    const difference = packed[1] as number;
    power[0] = (sum + difference) ** 2;
    power[half] = (sum - difference) ** 2;
    for (let bin = 1, low = 2, high = 2 * half - 2; low <= high; bin++, low += 2, high -= 2) {
      const lowReal = packed[low] as number;
      const lowImaginary = packed[low + 1] as number;
      const highReal = packed[high] as number;
      const highImaginary = packed[high + 1] as number;
      const evenReal = (lowReal + highReal) / 2;
      const evenImaginary = (lowImaginary - highImaginary) / 2;
      const oddReal = (lowImaginary + highImaginary) / 2;
      const oddImaginary = (highReal - lowReal) / 2;
      const cosine = twiddles[low] as number;
      const sine = twiddles[low + 1] as number;
      const turnedReal = oddReal * cosine - oddImaginary * sine;
      const turnedImaginary = oddReal * sine + oddImaginary * cosine;
      power[bin] = (evenReal + turnedReal) ** 2 + (evenImaginary + turnedImaginary) ** 2;
      power[half - bin] = (evenReal - turnedReal) ** 2 + (evenImaginary - turnedImaginary) ** 2;
    }
  }
}
