import { type Calibration, calibrate } from '../folder/calibration';
import { type Hierarchy, raiseAbove } from './hierarchy';

/** A dense layer from an embedding to logits. */
export interface HeadWeights {
  /** [embedding size, labels], row by row. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** How logits become probabilities. */
export interface LogitReading {
  readonly calibration: Calibration;
  readonly hierarchy: Hierarchy;
}

/** A dense layer, and how its logits are read. */
export interface CalibratedHead extends HeadWeights, LogitReading {}

/** Rows of a kernel that are added in one pass over the labels, whose sums are then read and written once for all of them. */
const ROWS_AT_ONCE = 4;
type Four = [number, number, number, number];

/**
 * Logits of embeddings: kernelᵀ · embedding + bias.
 *
 * The backbone runs on a backend; its heads run here. They are small, so any number of them can be applied to one
 * embedding at negligible cost.
 *
 * @param embeddings [count, embedding size].
 * @returns [count, labels].
 * @throws RangeError if the embeddings do not match the kernel's size.
 */
export function headLogits(embeddings: Float32Array, { kernel, bias }: HeadWeights): Float32Array {
  const labels = bias.length;
  const size = kernel.length / labels;
  const count = embeddings.length / size;
  if (!Number.isInteger(count)) throw new RangeError(`${embeddings.length} values are not embeddings of ${size}`);
  const logits = new Float32Array(count * labels);
  const sums = new Float64Array(labels);
  const values = new Float64Array(size + ROWS_AT_ONCE - 1);
  const rows = new Int32Array(size + ROWS_AT_ONCE - 1);
  for (let row = 0; row < count; row++) {
    sums.set(bias);
    let found = 0;
    for (let i = 0; i < size; i++) {
      const value = embeddings[row * size + i] as number;
      // After a ReLU, about half of an embedding is 0.
      if (value === 0) continue;
      values[found] = value;
      rows[found] = i * labels;
      found++;
    }
    // The last rows that are taken at once may be fewer.
    values.fill(0, found);
    for (let next = 0; next < found; next += ROWS_AT_ONCE) addRows(sums, kernel, values, rows, next);
    logits.set(sums, row * labels);
  }
  return logits;
}

/** Adds rows of a kernel, from `next` on, to the sums: each row times its value. */
function addRows(sums: Float64Array, kernel: Float32Array, values: Float64Array, rows: Int32Array, next: number): void {
  const [a, b, c, d] = [values[next], values[next + 1], values[next + 2], values[next + 3]] as Four;
  const [rowA, rowB, rowC, rowD] = [rows[next], rows[next + 1], rows[next + 2], rows[next + 3]] as Four;
  for (let label = 0; label < sums.length; label++) {
    sums[label] =
      (sums[label] as number) +
      a * (kernel[rowA + label] as number) +
      b * (kernel[rowB + label] as number) +
      c * (kernel[rowC + label] as number) +
      d * (kernel[rowD + label] as number);
  }
}

/**
 * Calibrated probabilities, none below that of a label under it in the hierarchy. Every probability that is shown or
 * measured comes from here.
 *
 * @param logits [count, labels].
 */
export function logitProbabilities(logits: Float32Array, { calibration, hierarchy }: LogitReading): Float32Array {
  const probabilities = calibrate(logits, calibration);
  raiseAbove(probabilities, calibration.scale.length, hierarchy);
  return probabilities;
}

/** {@link logitProbabilities} of embeddings; arguments and errors as in {@link headLogits}. */
export function headProbabilities(embeddings: Float32Array, head: CalibratedHead): Float32Array {
  return logitProbabilities(headLogits(embeddings, head), head);
}

/** Some columns of a head, in the given order. */
export function selectLabels({ kernel, bias }: HeadWeights, columns: readonly number[]): HeadWeights {
  const labels = bias.length;
  const size = kernel.length / labels;
  const selected = new Float32Array(size * columns.length);
  for (let i = 0; i < size; i++) {
    for (const [to, from] of columns.entries()) {
      selected[i * columns.length + to] = kernel[i * labels + from] as number;
    }
  }
  return { kernel: selected, bias: Float32Array.from(columns, (from) => bias[from] as number) };
}
