import type { Exemplars } from '../../model/folder/exemplars';
import { embeddingScale, type TrainingData } from '../../model/head/training-batches';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { TrainingClip } from '../../shared/contracts/model/head';
import { Pauses } from '../../shared/lib/pause';

/** Maximum embeddings in a training, over all clips. Beyond that, each clip contributes fewer. */
const MOST_ROWS = 40_000;
/** Minimum rows per clip. */
const FEWEST_ROWS_PER_CLIP = 3;

/**
 * Maximum total weight of the exemplars, as a share of the clips' rows. They guard against false alarms. With more
 * weight, a person's few clips are told apart from the exemplars, but not from each other.
 */
const EXEMPLARS_SHARE = 0.15;

/** A clip or an exemplar. Its rows stay together, in training or in test. */
export interface TrainingUnit {
  readonly firstRow: number;
  readonly rows: number;
  /** Ids of what sounds in it. */
  readonly labels: readonly string[];
}

/** All training rows: the person's clips first, then the exemplars. */
export interface TrainingRows {
  readonly data: TrainingData;
  readonly units: readonly TrainingUnit[];
  /** How many of the units are the person's clips. */
  readonly clips: number;
}

/**
 * Puts clips and exemplars into one table.
 *
 * @param labels ids of the labels to train.
 * @param shipped ids of the model's own labels. Nobody has checked background exemplars for these, so they are neither
 * a positive nor a negative of them.
 * @throws EarmarkError training-failed if a clip's embeddings cannot be used.
 */
export async function trainingRows(
  clips: readonly TrainingClip[],
  exemplars: Exemplars,
  labels: readonly string[],
  shipped: ReadonlySet<string>,
): Promise<TrainingRows> {
  const size = exemplars.embeddings.length / exemplars.labels.length;
  const most = Math.max(FEWEST_ROWS_PER_CLIP, Math.floor(MOST_ROWS / Math.max(1, clips.length)));
  const pauses = new Pauses();
  const pieces: { labels: readonly string[]; rows: Float32Array }[] = [];
  for (const clip of clips) {
    pieces.push({ labels: clip.labels, rows: thinned(checkedEmbeddings(clip, size), size, most) });
    await pauses.take();
  }
  for (const [i, ids] of exemplars.labels.entries()) {
    pieces.push({ labels: ids, rows: exemplars.embeddings.subarray(i * size, (i + 1) * size) });
  }
  const values = pieces.reduce((sum, { rows }) => sum + rows.length, 0);
  const embeddings = new Float32Array(values);
  const targets = new Int8Array((values / size) * labels.length);
  const units: TrainingUnit[] = [];
  let firstRow = 0;
  for (const [i, piece] of pieces.entries()) {
    const rows = piece.rows.length / size;
    embeddings.set(piece.rows, firstRow * size);
    const background = i >= clips.length && piece.labels.length === 0;
    const target = labels.map((id) => (background && shipped.has(id) ? -1 : Number(piece.labels.includes(id))));
    for (let row = firstRow; row < firstRow + rows; row++) targets.set(target, row * labels.length);
    units.push({ firstRow, rows, labels: piece.labels });
    firstRow += rows;
    await pauses.take();
  }
  const clipRows = rowsOf(units.slice(0, clips.length)).length;
  const exemplarWeight = Math.min(1, (EXEMPLARS_SHARE * clipRows) / exemplars.labels.length);
  const rowWeights = Float32Array.from({ length: firstRow }, (_, row) => (row < clipRows ? 1 : exemplarWeight));
  const scale = embeddingScale(embeddings, size);
  const data = { size, embeddings, scale, labelCount: labels.length, targets, rowWeights };
  return { data, units, clips: clips.length };
}

/** The rows of some units, ascending like the units. */
export function rowsOf(units: readonly TrainingUnit[]): Uint32Array {
  const rows = new Uint32Array(units.reduce((sum, unit) => sum + unit.rows, 0));
  let next = 0;
  for (const unit of units) {
    for (let i = 0; i < unit.rows; i++) rows[next++] = unit.firstRow + i;
  }
  return rows;
}

function checkedEmbeddings({ embeddings }: TrainingClip, size: number): Float32Array {
  const usable = embeddings.length > 0 && embeddings.length % size === 0 && embeddings.every(Number.isFinite);
  if (usable) return embeddings;
  throw new EarmarkError({ code: 'clip-damaged' });
}

/** Up to `most` of a clip's embeddings, evenly spread. */
function thinned(embeddings: Float32Array, size: number, most: number): Float32Array {
  const count = embeddings.length / size;
  if (count <= most) return embeddings;
  const kept = new Float32Array(most * size);
  for (let i = 0; i < most; i++) {
    const from = Math.round((i * (count - 1)) / (most - 1));
    kept.set(embeddings.subarray(from * size, (from + 1) * size), i * size);
  }
  return kept;
}
