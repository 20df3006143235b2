import { macroMean } from '../../metrics/roc/macro-mean';
import { rocAuc } from '../../metrics/roc/roc-auc';
import { type HeadWeights, headLogits, selectLabels } from '../../model/head/head';
import type { HeadProof } from '../../shared/contracts/model/head';
import { Pauses } from '../../shared/lib/pause';
import { type HeadTraining, shippedColumns } from './head-training';

/** How much mean AUC the shipped labels may lose on the shipped exemplars. */
const LARGEST_LOSS = 0.005;

/** Moves trained shipped labels back towards their shipped weights, until their loss is within the limit. */
export async function withoutForgetting(
  training: HeadTraining,
  trained: HeadWeights,
): Promise<{ head: HeadWeights; shippedAuc: HeadProof['shippedAuc'] }> {
  const { folder, labels, start } = training;
  const ofTrained = shippedColumns(
    folder,
    labels.map(({ id }) => id),
  );
  const before = await shippedAucs(training, folder.head, [...folder.labels.keys()]);
  for (let share = 1; ; share = share > 1 / 8 ? share / 2 : 0) {
    const head = mixShipped(start, trained, ofTrained, share);
    const aucs = [...before];
    const known = [...ofTrained.keys()].filter((column) => (ofTrained[column] as number) >= 0);
    const changed = known.map((column) => ofTrained[column] as number);
    const ownAucs = await shippedAucs(training, selectLabels(head, known), changed);
    for (const [i, column] of changed.entries()) aucs[column] = ownAucs[i] ?? null;
    // Without exemplars of two labels nothing can be ranked, so nothing can be lost.
    const shippedAuc = { before: macroMean(before) ?? 1, after: macroMean(aucs) ?? 1 };
    if (share === 0 || shippedAuc.before - shippedAuc.after <= LARGEST_LOSS) return { head, shippedAuc };
  }
}

/** The trained weights, with those of shipped labels at `share` of the way to them. */
function mixShipped(start: HeadWeights, trained: HeadWeights, shipped: readonly number[], share: number): HeadWeights {
  const mix = (from: Float32Array, to: Float32Array): Float32Array =>
    to.map((value, i) => {
      if ((shipped[i % shipped.length] as number) < 0 || share === 1) return value;
      const first = from[i] as number;
      return first + share * (value - first);
    });
  return { kernel: mix(start.kernel, trained.kernel), bias: mix(start.bias, trained.bias) };
}

/** AUC on the labelled exemplars, of a head whose outputs are the given shipped labels. */
async function shippedAucs({ exemplars, folder }: HeadTraining, head: HeadWeights, shipped: readonly number[]) {
  if (shipped.length === 0) return [];
  const pauses = new Pauses();
  const size = head.kernel.length / head.bias.length;
  const labelled = [...exemplars.labels.keys()].filter((row) => exemplars.labels[row]?.length !== 0);
  const logits: Float32Array[] = [];
  for (const row of labelled) {
    logits.push(headLogits(exemplars.embeddings.subarray(row * size, (row + 1) * size), head));
    await pauses.take();
  }
  const aucs: (number | null)[] = [];
  for (const [output, label] of shipped.entries()) {
    const id = folder.labels[label]?.id as string;
    const scores = Float32Array.from(logits, (ofRow) => ofRow[output] as number);
    const truth = Uint8Array.from(labelled, (row) => Number(exemplars.labels[row]?.includes(id)));
    aucs.push(rocAuc({ scores, truth }));
    await pauses.take();
  }
  return aucs;
}
