import * as tf from '@tensorflow/tfjs-core';
import type { Pauses } from '../../shared/lib/pause';

/** Embeddings with their labels. */
export interface TrainingData {
  /** Number of values in an embedding. */
  readonly size: number;
  /** [rows, size]. */
  readonly embeddings: Float32Array;
  /** Divisor of each dimension of an embedding: see {@link embeddingScale}. [size]. */
  readonly scale: Float32Array;
  readonly labelCount: number;
  /** 1 if the label sounds, 0 if it does not, −1 if unknown; [rows, labels]. */
  readonly targets: Int8Array;
  /** Relative weight of each row; [rows]. */
  readonly rowWeights: Float32Array;
}

/** Some rows on the backend. */
export interface TrainingBatch {
  readonly rows: number;
  /** Scaled embeddings, [rows, size]. */
  readonly x: tf.Tensor2D;
  /** 0 or 1, [rows, labels]. */
  readonly y: tf.Tensor2D;
  /** Weight of each row for each label, about 1 on average; 0 if unknown. */
  readonly weight: tf.Tensor2D;
}

/** Minimum rows per batch. With enough rows there are at least eight batches, as large as they get. */
const FEWEST_ROWS = 128;
const MOST_ROWS = 4096;
const FEWEST_BATCHES = 8;
/** A label with few clips would otherwise throw its weights off whenever a batch happens to hold one. */
const LARGEST_WEIGHT = 50;
/** Keeps dimensions that are almost always 0 from being scaled up to the size of the others. */
const SMALLEST_SCALE_SHARE = 0.05;

/** Enough rows to estimate the scale. */
const SCALE_ROWS = 4096;

/** Root mean square of each dimension of an embedding, with a floor; 1 if all are 0. */
export function embeddingScale(embeddings: Float32Array, size: number): Float32Array {
  const rows = embeddings.length / size;
  const step = Math.max(1, Math.floor(rows / SCALE_ROWS));
  const squares = new Float64Array(size);
  let taken = 0;
  for (let row = 0; row < rows; row += step, taken++) {
    for (let i = 0; i < size; i++) {
      const value = embeddings[row * size + i] as number;
      squares[i] = (squares[i] as number) + value * value;
    }
  }
  const roots = squares.map((sum) => Math.sqrt(sum / Math.max(1, taken)));
  const largest = roots.reduce((a, b) => Math.max(a, b), 0);
  return largest === 0
    ? new Float32Array(size).fill(1)
    : Float32Array.from(roots, (root) => Math.max(root, SMALLEST_SCALE_SHARE * largest));
}

/** Puts rows onto the backend, in order. Free the batches with {@link disposeBatches}. */
export async function makeBatches(
  data: TrainingData,
  rows: readonly number[],
  pauses: Pauses,
): Promise<TrainingBatch[]> {
  const weights = labelWeights(data, rows);
  const batchRows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.ceil(rows.length / FEWEST_BATCHES)));
  const batches: TrainingBatch[] = [];
  for (let first = 0; first < rows.length; first += batchRows) {
    batches.push(makeBatch(data, rows.slice(first, first + batchRows), weights));
    await pauses.take();
  }
  return batches;
}

export function disposeBatches(batches: readonly TrainingBatch[]): void {
  for (const { x, y, weight } of batches) tf.dispose([x, y, weight]);
}

function makeBatch(data: TrainingData, rows: readonly number[], weights: LabelWeights): TrainingBatch {
  const { size, embeddings, scale, labelCount, targets, rowWeights } = data;
  const x = new Float32Array(rows.length * size);
  const y = new Float32Array(rows.length * labelCount);
  const weight = new Float32Array(rows.length * labelCount);
  for (const [to, from] of rows.entries()) {
    for (let i = 0; i < size; i++) {
      x[to * size + i] = (embeddings[from * size + i] as number) / (scale[i] as number);
    }
    for (let label = 0; label < labelCount; label++) {
      const target = targets[from * labelCount + label] as number;
      if (target < 0) continue;
      y[to * labelCount + label] = target;
      const ofTarget = (target === 1 ? weights.positive : weights.negative)[label] as number;
      weight[to * labelCount + label] = ofTarget * (rowWeights[from] as number);
    }
  }
  const shape: [number, number] = [rows.length, labelCount];
  return {
    rows: rows.length,
    x: tf.tensor2d(x, [rows.length, size]),
    y: tf.tensor2d(y, shape),
    weight: tf.tensor2d(weight, shape),
  };
}

/** Weight of each positive and each negative, per label. */
interface LabelWeights {
  readonly positive: Float32Array;
  readonly negative: Float32Array;
}

/** Balances each label's positives and negatives, up to {@link LARGEST_WEIGHT}; 1 on average. */
function labelWeights({ labelCount, targets, rowWeights }: TrainingData, rows: readonly number[]): LabelWeights {
  const positive = new Float32Array(labelCount).fill(1);
  const negative = new Float32Array(labelCount).fill(1);
  for (let label = 0; label < labelCount; label++) {
    let known = 0;
    let positives = 0;
    let negatives = 0;
    for (const row of rows) {
      const target = targets[row * labelCount + label] as number;
      if (target < 0) continue;
      known++;
      if (target === 1) positives += rowWeights[row] as number;
      else negatives += rowWeights[row] as number;
    }
    if (positives === 0 || negatives === 0) continue;
    const all = positives + negatives;
    const each = Math.min(LARGEST_WEIGHT, all / (2 * positives));
    const average = known / all;
    positive[label] = average * each;
    negative[label] = (average * (all - each * positives)) / negatives;
  }
  return { positive, negative };
}
