import type { Exemplars } from '../../model/folder/exemplars';
import type { ModelFolder } from '../../model/folder/model-folder';
import type { HeadWeights } from '../../model/head/head';
import type { TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { TrainingProgress, TrainingRequest } from '../../shared/contracts/model/head';
import { foldCount, labelCounts } from '../../teach/folds';
import { type TrainingRows, trainingRows } from './training-rows';

/** With fewer clips of a label, those that are kept aside say nothing of when to stop, and are missed in the training. */
const STOPPING_CLIPS = 25;

/** What a training needs to know and to tell. */
export interface TrainingParts {
  readonly folder: Pick<ModelFolder, 'backbone' | 'labels' | 'head'>;
  readonly exemplars: Exemplars;
  readonly onProgress: (progress: TrainingProgress) => void;
  /** Looked at between batches. */
  readonly shouldStop: () => boolean;
}

/** A training under way. */
export interface HeadTraining extends TrainingParts {
  readonly request: TrainingRequest;
  /** The labels that clips hold, shipped ones among them: the ones that are trained. */
  readonly labels: readonly TaughtLabel[];
  readonly rows: TrainingRows;
  /** Where training starts: the weights of shipped labels, zeros for new ones. */
  readonly start: HeadWeights;
  readonly folds: number;
  /** Whether there are clips enough to keep some aside. */
  readonly stopsEarly: boolean;
}

/**
 * Collects what the training of a request works on.
 *
 * @throws EarmarkError too-few-clips where no clip holds a label; training-failed where embeddings are damaged.
 */
export async function prepareTraining(request: TrainingRequest, parts: TrainingParts): Promise<HeadTraining> {
  const { folder, exemplars } = parts;
  const counts = labelCounts(request.clips);
  const labels = request.labels.filter(({ id }) => counts.has(id));
  if (labels.length === 0) {
    throw new EarmarkError({ code: 'too-few-clips' });
  }
  const shipped = new Set(folder.labels.map(({ id }) => id));
  const ids = labels.map(({ id }) => id);
  const rows = await trainingRows(request.clips, exemplars, ids, shipped);
  const clipCounts = ids.map((id) => counts.get(id) as number);
  const folds = foldCount(clipCounts);
  const stopsEarly = clipCounts.every((count) => count >= STOPPING_CLIPS);
  return { ...parts, request, labels, rows, start: startWeights(folder, ids), folds, stopsEarly };
}

/** Columns of the shipped head that the labels have there; −1 for new labels. */
export function shippedColumns(folder: HeadTraining['folder'], ids: readonly string[]): number[] {
  return ids.map((id) => folder.labels.findIndex((label) => label.id === id));
}

function startWeights(folder: HeadTraining['folder'], ids: readonly string[]): HeadWeights {
  const { kernel, bias } = folder.head;
  const columns = shippedColumns(folder, ids);
  const size = kernel.length / bias.length;
  const valueOr0 = (values: Float32Array, at: number, column: number): number =>
    column < 0 ? 0 : (values[at] as number);
  return {
    kernel: Float32Array.from({ length: size * ids.length }, (_, i) => {
      const column = columns[i % ids.length] as number;
      return valueOr0(kernel, Math.floor(i / ids.length) * bias.length + column, column);
    }),
    bias: Float32Array.from(columns, (column) => valueOr0(bias, column, column)),
  };
}
