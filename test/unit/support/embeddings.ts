import { seededRandom } from './random';

/** Draws embeddings: each sound is a cloud around a centre of its own, and no value is negative, as behind a ReLU. */
export class EmbeddingSource {
  readonly #size: number;
  readonly #random: () => number;
  readonly #centres = new Map<string, Float32Array>();

  constructor(size: number, seed: number) {
    this.#size = size;
    this.#random = seededRandom(seed);
  }

  /** `count` embeddings of a sound; `spread` is the cloud's width, where centres lie about 1 apart in each value. */
  draw(sound: string, count: number, spread: number): Float32Array {
    const centre = this.#centres.get(sound) ?? Float32Array.from({ length: this.#size }, () => this.#normal());
    this.#centres.set(sound, centre);
    return Float32Array.from({ length: count * this.#size }, (_, i) =>
      Math.max(0, (centre[i % this.#size] as number) + spread * this.#normal()),
    );
  }

  /** Box and Muller 1958. */
  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
  }
}
