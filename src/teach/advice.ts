import type { TaughtLabel } from '../shared/contracts/clip';
import type { Advice } from '../shared/contracts/messages/advice';
import type { LabelProof, WrongClip } from '../shared/contracts/model/head';

/** With fewer clips, a label's figures mean next to nothing. */
const ENOUGH_CLIPS = 5;
/** Clips kept within this time are likely the same sound, from one place, at one distance. */
const ONE_SITTING_MS = 60_000;
/** A label counts as confused with another from this share of its clips, but never for a single clip. */
const CONFUSED_SHARE = 0.2;
const CONFUSED_CLIPS = 2;
/** A label with a lower AUC is of little use to the person. */
const WEAK_AUC = 0.8;

/** The input for advice. */
export interface AdviceInput {
  /** The labels that the clips hold. */
  readonly labels: readonly TaughtLabel[];
  readonly clips: readonly { readonly id: string; readonly labels: readonly string[]; readonly heardAtMs?: number }[];
  readonly proofs: readonly LabelProof[];
  readonly wrongClips: readonly WrongClip[];
}

/**
 * How far the figures can be trusted, and what to record next; most urgent first.
 *
 * @returns none if there is nothing to say.
 */
export function advise(input: AdviceInput): Advice[] {
  return [...tooFew(input), ...withoutBackground(input), ...confused(input), ...oneSitting(input), ...weak(input)];
}

function tooFew({ labels, proofs }: AdviceInput): Advice[] {
  return labels.flatMap(({ id }): Advice[] => {
    const clips = proofs.find((proof) => proof.id === id)?.positives ?? 0;
    return clips >= ENOUGH_CLIPS ? [] : [{ code: 'too-few', label: id, clips, enough: ENOUGH_CLIPS }];
  });
}

function withoutBackground({ clips }: AdviceInput): Advice[] {
  if (clips.some(({ labels }) => labels.length === 0)) return [];
  return [{ code: 'no-background' }];
}

/** Pairs of labels of which one is heard in clips that hold only the other. */
function confused({ labels, clips, wrongClips }: AdviceInput): Advice[] {
  const said = new Set<string>();
  const advice: Advice[] = [];
  const taken = takenFor(clips, wrongClips);
  for (const { id: actual } of labels) {
    for (const [heard, count] of taken.get(actual) ?? []) {
      if (said.has(`${heard}\n${actual}`) || !isConfused(clips, actual, heard, count)) continue;
      said.add(`${actual}\n${heard}`);
      const back = taken.get(heard)?.get(actual) ?? 0;
      advice.push({ code: 'confused', actual, heard, mutual: isConfused(clips, heard, actual, back) });
    }
  }
  return advice;
}

/** How many clips of a label (the outer key) raised a false alarm for another one (the inner key). */
function takenFor(clips: AdviceInput['clips'], wrongClips: readonly WrongClip[]): Map<string, Map<string, number>> {
  const labelsOf = new Map(clips.map(({ id, labels }) => [id, labels]));
  const taken = new Map<string, Map<string, number>>();
  for (const { clipId, labelId, kind } of wrongClips) {
    if (kind !== 'false-alarm') continue;
    for (const actual of labelsOf.get(clipId) ?? []) {
      const alarms = taken.get(actual) ?? new Map<string, number>();
      alarms.set(labelId, (alarms.get(labelId) ?? 0) + 1);
      taken.set(actual, alarms);
    }
  }
  return taken;
}

function isConfused(clips: AdviceInput['clips'], actual: string, heard: string, count: number): boolean {
  if (count < CONFUSED_CLIPS) return false;
  const own = clips.filter(({ labels }) => labels.includes(actual) && !labels.includes(heard)).length;
  return count >= CONFUSED_SHARE * own;
}

function oneSitting({ labels, clips }: AdviceInput): Advice[] {
  const together = labels.filter(({ id }) => {
    const own = clips.filter((clip) => clip.labels.includes(id));
    const times = own.map((clip) => clip.heardAtMs).filter((time) => time !== undefined);
    // With fewer clips, the first advice is to record more at all. For imported clips it is unknown when they sounded.
    return own.length >= ENOUGH_CLIPS && times.length === own.length && spread(times) < ONE_SITTING_MS;
  });
  return together.length === 0 ? [] : [{ code: 'one-sitting', labels: together.map(({ id }) => id) }];
}

function spread(times: readonly number[]): number {
  const first = times.reduce((a, b) => Math.min(a, b));
  return times.reduce((a, b) => Math.max(a, b)) - first;
}

function weak({ labels, proofs }: AdviceInput): Advice[] {
  return labels.flatMap(({ id }): Advice[] => {
    const proof = proofs.find((p) => p.id === id);
    if (!proof?.auc || proof.positives < ENOUGH_CLIPS || proof.auc.value >= WEAK_AUC) return [];
    return [{ code: 'weak', label: id }];
  });
}
