import type { ScoredOutputs } from '../../src/metrics/predictions';
import type { WindowLogits } from './scene-logits';
import { type LabelTruth, windowTruth } from './truth';

/** Windows of one scene with their truth. */
export interface MomentsOfScene {
  readonly windows: WindowLogits;
  readonly truth: readonly LabelTruth[];
}

/** A label's windows whose truth is known. */
export interface LabelMoments {
  readonly logits: Float32Array;
  readonly truth: Uint8Array;
}

/**
 * Every `stride`th window of the scenes, label by label. Neighbouring windows share most of their sound, so a fit loses
 * little without them.
 */
export function momentsByLabel(
  scenes: readonly MomentsOfScene[],
  labelCount: number,
  windowSeconds: number,
  stride: number,
): LabelMoments[] {
  return Array.from({ length: labelCount }, (_, label) => {
    const logits: number[] = [];
    const truth: number[] = [];
    for (const scene of scenes) {
      const { firstEndSeconds, stepSeconds, logits: ofScene, levelsDb } = scene.windows;
      for (let i = 0; i < levelsDb.length; i += stride) {
        const endSeconds = firstEndSeconds + i * stepSeconds;
        const known = windowTruth(scene.truth[label] as LabelTruth, {
          startSeconds: endSeconds - windowSeconds,
          endSeconds,
        });
        if (known === undefined) continue;
        logits.push(ofScene[i * labelCount + label] as number);
        truth.push(known);
      }
    }
    return { logits: Float32Array.from(logits), truth: Uint8Array.from(truth) };
  });
}

/** All labels' outputs together. @param probability of a logit of a label. */
export function pooledMoments(
  moments: readonly LabelMoments[],
  probability: (logit: number, label: number) => number,
): ScoredOutputs {
  const total = moments.reduce((sum, { truth }) => sum + truth.length, 0);
  const scores = new Float32Array(total);
  const truth = new Uint8Array(total);
  let at = 0;
  for (const [label, ofLabel] of moments.entries()) {
    for (const logit of ofLabel.logits) scores[at++] = probability(logit, label);
    truth.set(ofLabel.truth, at - ofLabel.truth.length);
  }
  return { scores, truth };
}
