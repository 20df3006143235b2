import { seededRandom, shuffled } from '../shared/lib/math/random';

/** Number of folds if every label has enough clips. */
const MOST_FOLDS = 5;
/** A label needs one clip to train on and another to measure. */
const FEWEST_CLIPS = 2;

/** How many clips hold each label, by id. Labels without clips are missing. */
export function labelCounts(clips: readonly { readonly labels: readonly string[] }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of clips.flatMap(({ labels }) => [...new Set(labels)])) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/**
 * Number of folds for a cross-validation: as many as the rarest label has clips, at most five. Labels with a single
 * clip do not count, because they cannot be measured anyway.
 *
 * @returns 0 if no label can be measured.
 */
export function foldCount(counts: Iterable<number>): number {
  const measurable = [...counts].filter((count) => count >= FEWEST_CLIPS);
  return measurable.length === 0 ? 0 : Math.min(MOST_FOLDS, ...measurable);
}

/**
 * Deals clips to folds so that each fold gets its share of every label: iterative stratification (Sechidis, Tsoumakas &
 * Vlahavas 2011, “On the stratification of multi-label data”). The rarest label is dealt first, while there is choice;
 * clips without a label come last.
 *
 * @param clipLabels ids of each clip's labels.
 * @param shares relative sizes of the folds: `[1, 1, 1]` for three equal ones.
 * @param seed decides between equally good clips: the same seed gives the same folds.
 * @returns the fold of each clip, from 0.
 */
export function stratifiedFolds(
  clipLabels: readonly (readonly string[])[],
  shares: readonly number[],
  seed: number,
): Uint8Array {
  const random = seededRandom(seed);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const clips = clipLabels.map((labels) => ({ labels: [...new Set(labels)] }));
  const remaining = labelCounts(clips);
  /** Clips that each fold still lacks, per label and in total. */
  const wanted = new Map([...remaining].map(([id, count]) => [id, shares.map((share) => (share / whole) * count)]));
  const room = shares.map((share) => (share / whole) * clips.length);
  const folds = new Uint8Array(clips.length);
  const order = shuffled([...clips.keys()], random);
  const waiting = new Set(order);

  const deal = (clip: number, ofLabel: readonly number[]): void => {
    const { labels } = clips[clip] as (typeof clips)[number];
    const fold = neediest(ofLabel, room);
    folds[clip] = fold;
    waiting.delete(clip);
    room[fold] = (room[fold] as number) - 1;
    for (const id of labels) {
      const byFold = wanted.get(id) as number[];
      byFold[fold] = (byFold[fold] as number) - 1;
      remaining.set(id, (remaining.get(id) as number) - 1);
    }
  };

  for (let id = rarest(remaining); id !== undefined; id = rarest(remaining)) {
    for (const clip of order.filter((c) => waiting.has(c) && clips[c]?.labels.includes(id as string))) {
      deal(clip, wanted.get(id) as number[]);
    }
    remaining.delete(id);
  }
  for (const clip of order.filter((c) => waiting.has(c))) deal(clip, room);
  return folds;
}

/** The label with the fewest clips left to deal; in a tie, the first by id. */
function rarest(remaining: ReadonlyMap<string, number>): string | undefined {
  const left = [...remaining].filter(([, count]) => count > 0);
  return left.sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}

/** The fold that lacks most of the label; in a tie the one with most room, then the first. */
function neediest(ofLabel: readonly number[], room: readonly number[]): number {
  let best = 0;
  for (let fold = 1; fold < ofLabel.length; fold++) {
    const more = (ofLabel[fold] as number) - (ofLabel[best] as number);
    const roomier = (room[fold] as number) - (room[best] as number);
    // Differences that come only from rounding count as ties.
    if (more > 1e-9 || (more > -1e-9 && roomier > 1e-9)) best = fold;
  }
  return best;
}
