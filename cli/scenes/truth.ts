import type { Meanings } from './meanings';
import type { Scene, SceneEvent } from './scene-set';

/** A stretch of time. */
export interface Stretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** When one label sounds in a scene. */
export interface LabelTruth {
  /** Its soundings, in order; no two of them touch. */
  readonly sounding: readonly Stretch[];
  /** When it may or may not sound. */
  readonly unknown: readonly Stretch[];
}

/**
 * When each label sounds. Where a recording's name is broader than a label (“Animal”), what it holds is unknown, even if
 * the name means the label.
 *
 * @returns in the order of the labels.
 */
export function sceneTruth(
  { events }: Pick<Scene, 'events'>,
  labels: readonly string[],
  meanings: Meanings,
): LabelTruth[] {
  const meant = events.map((event) => ({ event, ...meanings(event) }));
  return labels.map((label) => {
    const named = meant.filter(({ certain }) => certain.has(label)).map(({ event }) => event);
    const certain = named.filter(({ isCertain }) => isCertain);
    const doubted = named.filter(({ isCertain }) => !isCertain);
    const below = meant.filter(({ unknown }) => unknown.has(label)).map(({ event }) => event);
    // The list of companions has the last word: it knows of names that are broader than they look.
    const sounding = certain.filter((event) => !doubted.some((other) => isSameTime(event, other)));
    return { sounding: joined(sounding), unknown: joined([...doubted, ...below]) };
  });
}

/** Two clips never begin and end together, so these two events are of one clip. */
function isSameTime(a: SceneEvent, b: SceneEvent): boolean {
  return a.onsetSeconds === b.onsetSeconds && a.endSeconds === b.endSeconds;
}

/** Overlapping stretches as one. */
function joined(events: readonly SceneEvent[]): Stretch[] {
  const result: { startSeconds: number; endSeconds: number }[] = [];
  for (const { onsetSeconds, endSeconds } of events.toSorted((a, b) => a.onsetSeconds - b.onsetSeconds)) {
    const last = result.at(-1);
    if (last !== undefined && onsetSeconds <= last.endSeconds) last.endSeconds = Math.max(last.endSeconds, endSeconds);
    else result.push({ startSeconds: onsetSeconds, endSeconds });
  }
  return result;
}

/** How much of a sound a window must hold for the sound to be there: as in training's crops. */
const LEAST_SECONDS = 1 / 3;

/** Whether a label sounds in a window: 1, 0, or undefined if that is unknown. */
export function windowTruth({ sounding, unknown }: LabelTruth, window: Stretch): 0 | 1 | undefined {
  if (holds(sounding, window)) return 1;
  return overlaps(unknown, window) ? undefined : 0;
}

function holds(stretches: readonly Stretch[], window: Stretch): boolean {
  return stretches.some((stretch) => {
    const { startSeconds, endSeconds } = stretch;
    // Of a very short sound, half is enough.
    return overlapSeconds(stretch, window) >= Math.min(LEAST_SECONDS, (endSeconds - startSeconds) / 2);
  });
}

export function overlaps(stretches: readonly Stretch[], window: Stretch): boolean {
  return stretches.some((stretch) => overlapSeconds(stretch, window) > 0);
}

function overlapSeconds(a: Stretch, b: Stretch): number {
  return Math.min(a.endSeconds, b.endSeconds) - Math.max(a.startSeconds, b.startSeconds);
}
