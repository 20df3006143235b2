/** Corner frequencies of the A-weighting of IEC 61672, in Hz: four of high-passes, one of two low-passes. */
const HIGH_PASS_HZ = [20.598997, 20.598997, 107.65265, 737.86223];
const LOW_PASS_HZ = 12194.217;

/** The weighting is 0 dB here. */
const REFERENCE_HZ = 1000;

/**
 * Zero that corrects the low-passes near half the sample rate, where those of a digital filter fall less steeply. With
 * it, the weighting is within 1 dB of the standard's up to 15 kHz at 32 kHz and more.
 */
const CORRECTION = 0.25;

/**
 * Weights sound by how loud people hear its frequencies (A-weighting), as for levels in dB(A).
 *
 * The high-passes are bilinear transforms. Those of the low-passes would be some 10 dB too low near half the sample
 * rate, so their poles are matched instead.
 */
export class AWeighting {
  readonly #highPasses: HighPass[];
  readonly #pole: number;
  readonly #gain: number;
  #first = 0;
  #second = 0;
  #before = 0;

  constructor(sampleRateHz: number) {
    this.#highPasses = HIGH_PASS_HZ.map((cornerHz) => new HighPass(cornerHz, sampleRateHz));
    this.#pole = Math.exp((-2 * Math.PI * LOW_PASS_HZ) / sampleRateHz);
    this.#gain = 1 / this.#magnitudeAt((2 * Math.PI * REFERENCE_HZ) / sampleRateHz);
  }

  /** The next weighted sample. */
  next(sample: number): number {
    let value = sample * this.#gain;
    for (const pass of this.#highPasses) value = pass.next(value);
    const corrected = value + CORRECTION * this.#before;
    this.#before = value;
    this.#first = corrected + this.#pole * this.#first;
    this.#second = this.#first + this.#pole * this.#second;
    return this.#second;
  }

  #magnitudeAt(angle: number): number {
    const highPasses = this.#highPasses.reduce((product, pass) => product * pass.magnitudeAt(angle), 1);
    return (highPasses * distance(-CORRECTION, angle)) / distance(this.#pole, angle) ** 2;
  }
}

/** A high-pass of the first order. */
class HighPass {
  readonly #gain: number;
  readonly #pole: number;
  #input = 0;
  #output = 0;

  constructor(cornerHz: number, sampleRateHz: number) {
    const corner = Math.PI * cornerHz;
    this.#gain = sampleRateHz / (sampleRateHz + corner);
    this.#pole = (sampleRateHz - corner) / (sampleRateHz + corner);
  }

  next(sample: number): number {
    this.#output = this.#gain * (sample - this.#input) + this.#pole * this.#output;
    this.#input = sample;
    return this.#output;
  }

  magnitudeAt(angle: number): number {
    return (this.#gain * distance(1, angle)) / distance(this.#pole, angle);
  }
}

/** How far a real pole or zero is from a point of the unit circle. */
function distance(place: number, angle: number): number {
  return Math.hypot(Math.cos(angle) - place, Math.sin(angle));
}
