import type { Exemplars } from '../../model/folder/exemplars';
import type { ModelFolder } from '../../model/folder/model-folder';
import type { HeadWeights } from '../../model/head/head';
import type { TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { TrainingProgress, TrainingRequest } from '../../shared/contracts/model/head';
import { type LabelNode, labelsAbove } from '../../shared/contracts/model/label';
import { foldCount, labelCounts } from '../../teach/folds';
import { type TrainingRows, trainingRows } from './training-rows';

/** With fewer clips of a label, those set aside say nothing about when to stop, and the training would miss them. */
const STOPPING_CLIPS = 25;

/** What a training needs. */
export interface TrainingParts {
  readonly folder: Pick<ModelFolder, 'backbone' | 'labels' | 'head'>;
  readonly exemplars: Exemplars;
  readonly onProgress: (progress: TrainingProgress) => void;
  /** Checked between batches. */
  readonly shouldStop: () => boolean;
}

/** A running training. */
export interface HeadTraining extends TrainingParts {
  readonly request: TrainingRequest;
  /** The labels to train: those that clips hold, including shipped ones. */
  readonly labels: readonly TaughtLabel[];
  readonly rows: TrainingRows;
  /** Where training starts: the weights of shipped labels, zeros for new ones. */
  readonly start: HeadWeights;
  readonly folds: number;
  /** Whether there are enough clips to set some aside. */
  readonly stopsEarly: boolean;
}

/**
 * Collects what a request's training works on.
 *
 * @throws EarmarkError too-few-clips if no clip holds a label; training-failed if embeddings are damaged.
 */
export async function prepareTraining(asked: TrainingRequest, parts: TrainingParts): Promise<HeadTraining> {
  const { folder } = parts;
  const held = labelCounts(asked.clips);
  const labels = asked.labels.filter(({ id }) => held.has(id));
  if (labels.length === 0) {
    throw new EarmarkError({ code: 'too-few-clips' });
  }
  const shipped = new Set(folder.labels.map(({ id }) => id));
  const ids = labels.map(({ id }) => id);
  const withAbove = labelling(folder.labels, new Set(ids));
  const request = { ...asked, clips: asked.clips.map((clip) => ({ ...clip, labels: withAbove(clip.labels) })) };
  const exemplars = { ...parts.exemplars, labels: parts.exemplars.labels.map(withAbove) };
  const counts = labelCounts(request.clips);
  const rows = await trainingRows(request.clips, exemplars, ids, shipped);
  const clipCounts = ids.map((id) => counts.get(id) as number);
  const folds = foldCount(clipCounts);
  const stopsEarly = clipCounts.every((count) => count >= STOPPING_CLIPS);
  return { ...parts, exemplars, request, labels, rows, start: startWeights(folder, ids), folds, stopsEarly };
}

/** Adds the trained labels above a sound's own: one that is labelled as barking is no example of “no dog”. */
function labelling(labels: readonly LabelNode[], trained: ReadonlySet<string>) {
  const above = labelsAbove(labels);
  return (own: readonly string[]): readonly string[] => [
    ...new Set([...own, ...own.flatMap((id) => [...(above.get(id) ?? [])].filter((parent) => trained.has(parent)))]),
  ];
}

/** Columns of the labels in the shipped head; −1 for new labels. */
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
