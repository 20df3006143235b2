import * as tf from '@tensorflow/tfjs-core';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import { seededRandom, shuffled } from '../../shared/lib/math/random';
import { Pauses } from '../../shared/lib/pause';
import { Adam } from './adam';
import type { HeadWeights } from './head';
import { disposeBatches, makeBatches, type TrainingBatch, type TrainingData } from './training-batches';

const MOST_EPOCHS = 40;
/** Training stops after this many epochs without a better validation loss. */
const PATIENCE = 5;
const FIRST_RATE = 0.01;
/** The learning rate falls to this share of its initial value, along half a cosine (Loshchilov & Hutter 2017). */
const LAST_RATE_SHARE = 0.05;
const PULL = 3e-3;

export interface TrainingOptions {
  /** Where training starts, and what L2 pulls towards: zeros for a new label, a shipped label's own weights. */
  readonly start: HeadWeights;
  /** Rows set aside for early stopping. Without them, training runs all epochs and keeps the last weights. */
  readonly validation?: Uint32Array;
  /** 40 by default. */
  readonly epochs?: number;
  /** Weight of the L2 pull towards the start: half the squared distance times this. 0.003 by default. */
  readonly pull?: number;
  /** Decides the order of the rows. The same seed gives the same weights on the same backend. */
  readonly seed: number;
  readonly onEpoch?: (epoch: EpochReport) => void;
  /** Checked between batches. */
  readonly shouldStop?: () => boolean;
}

export interface EpochReport {
  /** Counts from 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly validationLoss: number | null;
}

export interface TrainedWeights extends HeadWeights {
  /** The epoch that the weights are from. */
  readonly epoch: number;
}

/**
 * Trains a dense head: sigmoid cross-entropy on logits, positives balanced, L2 towards the start, Adam, mini-batches,
 * early stopping. The gradient is written out, (sigmoid(z) − y) · weight: two matrix products and no automatic
 * differentiation, so every backend can run it.
 *
 * @param rows the rows of `data` to train with.
 * @returns undefined if it was stopped.
 * @throws EarmarkError training-failed if the loss becomes NaN.
 */
export async function trainWeights(
  data: TrainingData,
  rows: Uint32Array,
  options: TrainingOptions,
): Promise<TrainedWeights | undefined> {
  const random = seededRandom(options.seed);
  const pauses = new Pauses();
  const batches = await makeBatches(data, shuffled([...rows], random), pauses);
  const validation = options.validation ? await makeBatches(data, [...options.validation], pauses) : [];
  const run = new TrainingRun(data, options.start, options.pull ?? PULL);
  try {
    return await runEpochs(run, { batches, validation, pauses, random, options });
  } finally {
    run.dispose();
    disposeBatches([...batches, ...validation]);
  }
}

interface Epochs {
  readonly batches: readonly TrainingBatch[];
  readonly validation: readonly TrainingBatch[];
  readonly pauses: Pauses;
  readonly random: () => number;
  readonly options: TrainingOptions;
}

async function runEpochs(run: TrainingRun, parts: Epochs): Promise<TrainedWeights | undefined> {
  const { batches, validation, pauses, random, options } = parts;
  const epochs = options.epochs ?? MOST_EPOCHS;
  let best: { epoch: number; loss: number; head: HeadWeights } | undefined;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const along = (epoch - 1) / epochs;
    const rate = FIRST_RATE * (LAST_RATE_SHARE + ((1 - LAST_RATE_SHARE) * (1 + Math.cos(Math.PI * along))) / 2);
    for (const batch of shuffled(batches, random)) {
      if (options.shouldStop?.()) return undefined;
      run.step(batch, rate);
      await pauses.take();
    }
    const loss = await run.takeLoss();
    const validationLoss = validation.length === 0 ? null : await run.loss(validation, pauses);
    if (!Number.isFinite(loss + (validationLoss ?? 0))) throw lossIsLost();
    options.onEpoch?.({ epoch, epochs, loss, validationLoss });
    if (validationLoss === null) continue;
    if (best === undefined || validationLoss < best.loss)
      best = { epoch, loss: validationLoss, head: await run.head() };
    else if (epoch - best.epoch >= PATIENCE) break;
  }
  return best === undefined ? { ...(await run.head()), epoch: epochs } : { ...best.head, epoch: best.epoch };
}

function lossIsLost(): EarmarkError {
  return new EarmarkError({ code: 'training-diverged' });
}

/**
 * The state of one training. Its kernel works on scaled embeddings, so that one learning rate suits all dimensions.
 * Kernels going in and out are for unscaled embeddings.
 */
class TrainingRun {
  readonly #scale: tf.Tensor2D;
  readonly #start: tf.Tensor2D;
  readonly #pull: number;
  readonly #kernel: Adam;
  readonly #bias: Adam;
  #lossSum: tf.Tensor = tf.scalar(0);
  #batches = 0;

  constructor({ size, scale }: TrainingData, { kernel, bias }: HeadWeights, pull: number) {
    this.#pull = pull;
    this.#scale = tf.tensor2d(scale, [size, 1]);
    this.#start = tf.tidy(() => tf.mul(tf.tensor2d(kernel, [size, bias.length]), this.#scale));
    this.#kernel = new Adam(this.#start);
    const biasStart = tf.tensor2d(bias, [1, bias.length]);
    this.#bias = new Adam(biasStart);
    biasStart.dispose();
  }

  step({ x, y, weight, rows }: TrainingBatch, rate: number): void {
    const [byKernel, byBias, lossSum] = tf.tidy(() => {
      const kernel = this.#kernel.value;
      const logits = tf.add(tf.matMul(x, kernel), this.#bias.value);
      const loss = meanLoss(logits, y, weight, rows);
      const error = tf.div(tf.mul(tf.sub(tf.sigmoid(logits), y), weight), rows);
      // As errorᵀ · x: the constant x is then the right factor, which the WASM backend packs once and keeps.
      const byKernel = tf.transpose(tf.matMul(tf.transpose(error), x));
      const pull = tf.mul(tf.sub(kernel, this.#start), this.#pull);
      return [tf.add(byKernel, pull), tf.sum(error, 0, true), tf.add(this.#lossSum, loss)] as [
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor,
      ];
    });
    this.#lossSum.dispose();
    this.#lossSum = lossSum;
    this.#batches++;
    this.#kernel.apply(byKernel, rate);
    this.#bias.apply(byBias, rate);
    tf.dispose([byKernel, byBias]);
  }

  /** Mean loss of the steps since the last call. */
  async takeLoss(): Promise<number> {
    const sum = (await this.#lossSum.data())[0] as number;
    const mean = sum / this.#batches;
    this.#lossSum.dispose();
    this.#lossSum = tf.scalar(0);
    this.#batches = 0;
    return mean;
  }

  async loss(batches: readonly TrainingBatch[], pauses: Pauses): Promise<number> {
    let sum = 0;
    let rowSum = 0;
    for (const { x, y, weight, rows } of batches) {
      const loss = tf.tidy(() => {
        const logits = tf.add(tf.matMul(x, this.#kernel.value), this.#bias.value);
        return meanLoss(logits, y, weight, rows);
      });
      sum += rows * ((await loss.data())[0] as number);
      rowSum += rows;
      loss.dispose();
      await pauses.take();
    }
    return sum / rowSum;
  }

  async head(): Promise<HeadWeights> {
    const unscaled = tf.tidy(() => tf.div(this.#kernel.value, this.#scale));
    const [kernel, bias] = (await Promise.all([unscaled.data(), this.#bias.value.data()])) as [
      Float32Array,
      Float32Array,
    ];
    unscaled.dispose();
    return { kernel: kernel.slice(), bias: bias.slice() };
  }

  dispose(): void {
    tf.dispose([this.#scale, this.#start, this.#lossSum]);
    this.#kernel.dispose();
    this.#bias.dispose();
  }
}

/** Weighted cross-entropy on logits, softplus(z) − y · z, as the mean over rows and labels. */
function meanLoss(logits: tf.Tensor, y: tf.Tensor, weight: tf.Tensor, rows: number): tf.Tensor {
  const losses = tf.mul(tf.sub(tf.softplus(logits), tf.mul(y, logits)), weight);
  return tf.div(tf.sum(losses), rows * (logits.shape[1] as number));
}
