import type { ScoredOutputs } from '../../src/metrics/predictions';
import type { WindowLogits } from './scene-logits';
import { type LabelTruth, windowTruth } from './truth';

/** Windows of one scene with their truth. */
export interface MomentsOfScene {
  readonly windows: Pick<WindowLogits, 'firstEndSeconds' | 'stepSeconds' | 'levelsDb'>;
  readonly truth: readonly LabelTruth[];
  /** What is known of each window, [windows, labels]: logits to fit, or probabilities to judge. */
  readonly values: Float32Array;
}

/**
 * Every `stride`th window whose truth is known, label by label. Neighbouring windows share most of their sound, so a fit
 * loses little without them.
 */
export function momentsByLabel(
  scenes: readonly MomentsOfScene[],
  labelCount: number,
  windowSeconds: number,
  stride: number,
): ScoredOutputs[] {
  return Array.from({ length: labelCount }, (_, label) => {
    const scores: number[] = [];
    const truth: number[] = [];
    for (const { windows, truth: ofLabels, values } of scenes) {
      const { firstEndSeconds, stepSeconds, levelsDb } = windows;
      for (let i = 0; i < levelsDb.length; i += stride) {
        const endSeconds = firstEndSeconds + i * stepSeconds;
        const known = windowTruth(ofLabels[label] as LabelTruth, {
          startSeconds: endSeconds - windowSeconds,
          endSeconds,
        });
        if (known === undefined) continue;
        scores.push(values[i * labelCount + label] as number);
        truth.push(known);
      }
    }
    return { scores: Float32Array.from(scores), truth: Uint8Array.from(truth) };
  });
}

/** All labels' outputs together. */
export function pooledMoments(moments: readonly ScoredOutputs[]): ScoredOutputs {
  const total = moments.reduce((sum, { truth }) => sum + truth.length, 0);
  const pooled = { scores: new Float32Array(total), truth: new Uint8Array(total) };
  let at = 0;
  for (const { scores, truth } of moments) {
    pooled.scores.set(scores, at);
    pooled.truth.set(truth, at);
    at += truth.length;
  }
  return pooled;
}
