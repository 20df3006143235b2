import { labelsAbove } from '../../src/shared/contracts/model/label';
import { type LogitsFile, labelsOfLogits } from '../clips/clip-logits';
import type { MomentsOfScene } from './moments';
import { windowTruth } from './truth';

/** Windows of which it is known what sounds in them. */
export interface KnownWindows {
  /** [windows, labels]. */
  readonly logits: Float32Array;
  /** [windows, labels]: 1 where the label sounds, 0 where it does not, −1 where that is unknown. */
  readonly truth: Int8Array;
  /** How many windows that share no sound one of these stands for. */
  readonly weight: number;
}

/**
 * Every `stride`th window of some scenes. Neighbouring windows share most of their sound, so a fit loses little without
 * the others.
 */
export function windowsOfScenes(
  scenes: readonly MomentsOfScene[],
  labelCount: number,
  windowSeconds: number,
  stride: number,
): KnownWindows {
  const picked = scenes.flatMap(({ windows, truth, values }) => {
    const { firstEndSeconds, stepSeconds, levelsDb } = windows;
    return Array.from({ length: Math.ceil(levelsDb.length / stride) }, (_, i) => {
      const endSeconds = firstEndSeconds + i * stride * stepSeconds;
      return {
        logits: values.subarray(i * stride * labelCount, (i * stride + 1) * labelCount),
        truth,
        window: { startSeconds: endSeconds - windowSeconds, endSeconds },
      };
    });
  });
  const logits = new Float32Array(picked.length * labelCount);
  const truth = new Int8Array(logits.length);
  for (const [i, { logits: row, truth: ofLabels, window }] of picked.entries()) {
    logits.set(row, i * labelCount);
    truth.set(
      ofLabels.map((label) => windowTruth(label, window) ?? -1),
      i * labelCount,
    );
  }
  const stepSeconds = scenes[0]?.windows.stepSeconds ?? 0;
  return { logits, truth, weight: Math.min(1, (stride * stepSeconds) / windowSeconds) };
}

/** All windows of some clips: what a clip holds sounds in each of them. */
export function windowsOfClips(file: LogitsFile, weight: number): KnownWindows {
  const truth = truthOfClips(file);
  return {
    logits: Float32Array.from(file.clips.flatMap((clip) => clip.logits.flat())),
    truth: Int8Array.from(file.clips.flatMap((clip, i) => clip.logits.flatMap(() => truth[i] as number[]))),
    weight,
  };
}

/**
 * What some clips hold: a clip's labels and those above them; of the labels below them, that is unknown.
 *
 * @returns [clips][labels], as {@link KnownWindows.truth}.
 */
export function truthOfClips(file: LogitsFile): number[][] {
  const above = labelsAbove(labelsOfLogits(file));
  return file.clips.map((clip) => {
    const own = new Set(clip.labels.flatMap((id) => [id, ...(above.get(id) ?? [])]));
    const isBelow = (id: string): boolean => clip.labels.some((label) => above.get(id)?.has(label));
    return file.labels.map((id) => (own.has(id) ? 1 : isBelow(id) ? -1 : 0));
  });
}
