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

/** A sample, what each high-pass made of it, and each low-pass of that. */
type Chain = [sample: number, a: number, b: number, c: number, d: number, low: number, weighted: number];

/**
 * Weights sound by how loud people hear its frequencies (A-weighting), as for levels in dB(A).
 *
 * The high-passes are bilinear transforms. Those of the low-passes would be some 10 dB too low near half the sample
 * rate, so their poles are matched instead.
 */
export class AWeighting {
  /** Poles of the high-passes, whose zeros are at 1. */
  readonly #highPassPoles: readonly number[];
  readonly #lowPassPole: number;
  /** Of the whole chain. */
  readonly #gain: number;
  /** The last sample, and what each filter made of it. */
  #last: Chain = [0, 0, 0, 0, 0, 0, 0];

  constructor(sampleRateHz: number) {
    this.#highPassPoles = HIGH_PASS_HZ.map((cornerHz) => {
      const corner = Math.PI * cornerHz;
      return (sampleRateHz - corner) / (sampleRateHz + corner);
    });
    this.#lowPassPole = Math.exp((-2 * Math.PI * LOW_PASS_HZ) / sampleRateHz);
    this.#gain = 1 / this.#magnitudeAt((2 * Math.PI * REFERENCE_HZ) / sampleRateHz);
  }

  /** Sum of the squares of the next samples once they are weighted. Samples that are not finite count as 0. */
  squares(samples: Float32Array): number {
    const [poleA, poleB, poleC, poleD] = this.#highPassPoles as [number, number, number, number];
    const pole = this.#lowPassPole;
    const gain = this.#gain;
    // Local numbers stay in registers: this runs for every sample that is heard.
    let [last, a, b, c, d, low, weighted] = this.#last;
    let sum = 0;
    for (let i = 0; i < samples.length; i++) {
      const sample = Number.isFinite(samples[i]) ? gain * (samples[i] as number) : 0;
      const nextA = sample - last + poleA * a;
      const nextB = nextA - a + poleB * b;
      const nextC = nextB - b + poleC * c;
      const nextD = nextC - c + poleD * d;
      low = nextD + CORRECTION * d + pole * low;
      weighted = low + pole * weighted;
      sum += weighted * weighted;
      last = sample;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
    this.#last = [last, a, b, c, d, low, weighted];
    return sum;
  }

  /** Of the chain without its gain. */
  #magnitudeAt(angle: number): number {
    const highPasses = this.#highPassPoles.map((pole) => distance(1, angle) / distance(pole, angle));
    const product = highPasses.reduce((before, magnitude) => before * magnitude, 1);
    return (product * distance(-CORRECTION, angle)) / distance(this.#lowPassPole, angle) ** 2;
  }
}

/** How far a real pole or zero is from a point of the unit circle. */
function distance(place: number, angle: number): number {
  return Math.hypot(Math.cos(angle) - place, Math.sin(angle));
}
