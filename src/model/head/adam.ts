import * as tf from '@tensorflow/tfjs-core';

const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const EPSILON = 1e-7;

/** Weights optimised by Adam (Kingma & Ba 2015, “Adam: a method for stochastic optimization”, algorithm 1). */
export class Adam {
  #value: tf.Tensor2D;
  #mean: tf.Tensor2D;
  #square: tf.Tensor2D;
  #steps = 0;

  /** Copies `start`; the caller keeps ownership. */
  constructor(start: tf.Tensor2D) {
    this.#value = tf.clone(start);
    this.#mean = tf.zeros(start.shape);
    this.#square = tf.zeros(start.shape);
  }

  get value(): tf.Tensor2D {
    return this.#value;
  }

  apply(gradient: tf.Tensor2D, rate: number): void {
    this.#steps++;
    const meanScale = 1 / (1 - MEAN_DECAY ** this.#steps);
    const squareScale = 1 / (1 - SQUARE_DECAY ** this.#steps);
    const [value, mean, square] = tf.tidy(() => {
      const mean = tf.add(tf.mul(this.#mean, MEAN_DECAY), tf.mul(gradient, 1 - MEAN_DECAY));
      const square = tf.add(tf.mul(this.#square, SQUARE_DECAY), tf.mul(tf.square(gradient), 1 - SQUARE_DECAY));
      const root = tf.add(tf.sqrt(tf.mul(square, squareScale)), EPSILON);
      const step = tf.div(tf.mul(mean, rate * meanScale), root);
      return [tf.sub(this.#value, step), mean, square] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    });
    this.dispose();
    this.#value = value;
    this.#mean = mean;
    this.#square = square;
  }

  dispose(): void {
    tf.dispose([this.#value, this.#mean, this.#square]);
  }
}
