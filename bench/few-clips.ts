import { poolWindows } from '../src/metrics/pooling';
import { rocAuc } from '../src/metrics/roc/roc-auc';
import type { NetworkModel } from '../src/model/engine/loaded-model';
import type { Exemplars } from '../src/model/folder/exemplars';
import { headProbabilities } from '../src/model/head/head';
import { groupBy } from '../src/shared/lib/group-by';
import { seededRandom, shuffled } from '../src/shared/lib/math/random';
import { trainHead } from '../src/tagger/training/train-head';

/** A clip with one label, as the page keeps it. */
export interface EmbeddedClip {
  readonly labels: readonly string[];
  readonly embeddings: Float32Array;
}

/** Fewest clips of a label that are left for the test. */
const FEWEST_TESTED = 3;

/**
 * How well a few clips of each label teach it: heads are trained on clips that are drawn at random, and judged on all others.
 *
 * @param given clips of each label. Labels with fewer than {@link FEWEST_TESTED} more are left out.
 * @returns by label, the mean AUC over all draws: clips of the label against those of the others.
 */
export async function aucOfFewClips(
  model: NetworkModel,
  exemplars: Exemplars,
  clips: readonly EmbeddedClip[],
  given: number,
  draws: number,
): Promise<ReadonlyMap<string, number>> {
  const byLabel = groupBy(clips, ({ labels }) => labels[0] as string);
  const ids = [...byLabel].filter(([, some]) => some.length >= given + FEWEST_TESTED).map(([id]) => id);
  const sums = new Map(ids.map((id) => [id, 0]));
  for (let draw = 0; draw < draws; draw++) {
    const drawn = ids.map((id, i) => shuffled(byLabel.get(id) as EmbeddedClip[], seededRandom(1 + 100 * draw + i)));
    const taught = drawn.flatMap((some) => some.slice(0, given));
    const tested = drawn.flatMap((some) => some.slice(given));
    const scores = await scoresAfter(model, exemplars, ids, taught, tested);
    for (const [label, id] of ids.entries()) {
      const outputs = {
        scores: Float32Array.from(scores, (of) => of[label] as number),
        truth: Uint8Array.from(tested, ({ labels }) => Number(labels[0] === id)),
      };
      sums.set(id, (sums.get(id) as number) + (rocAuc(outputs) as number));
    }
  }
  return new Map([...sums].map(([id, sum]) => [id, sum / draws]));
}

/** Scores of clips for the taught labels: half the mean, half the maximum of their windows' probabilities. */
async function scoresAfter(
  model: NetworkModel,
  exemplars: Exemplars,
  ids: readonly string[],
  taught: readonly EmbeddedClip[],
  tested: readonly EmbeddedClip[],
): Promise<Float32Array[]> {
  const clips = taught.map((clip, i) => ({ ...clip, id: String(i), heardAtMs: 60_000 * i }));
  const request = { id: 'few', name: 'Few', createdAtMs: 0, labels: ids.map((id) => ({ id, name: id })), clips };
  const head = await trainHead(request, {
    folder: model.folder,
    exemplars,
    onProgress: () => {},
    shouldStop: () => false,
  });
  if (head === undefined) throw new Error('the training was stopped');
  const all = head.labels.map(({ id }) => id);
  const places = ids.map((id) => all.indexOf(id));
  return tested.map(({ embeddings }) => {
    const pooled = poolWindows(headProbabilities(embeddings, { ...head, hierarchy: [] }), all.length);
    return Float32Array.from(places, (place) => pooled[place] as number);
  });
}
