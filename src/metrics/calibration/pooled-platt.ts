import { sigmoid } from '../../shared/lib/math/sigmoid';
import type { PlattLine } from './platt';

/** A network's output for the windows of one clip, for one label. */
export interface ClipLogits {
  /** One logit per window, at least one. */
  readonly logits: Float32Array;
  /** 1 where the label sounds in the clip, else 0. */
  readonly truth: number;
}

/**
 * Strength of the prior, the line fitted to all labels: it weighs as much as this many clips. Labels with few clips
 * stay close to it.
 */
const PRIOR_CLIPS = 4;

const MOST_STEPS = 200;
const SMALLEST_STEP = 1e-6;
/** The fit starts with all scores within this logit of 0: beyond it, the slope is too flat to give a direction. */
const UNSATURATED = 6;
/** Keeps the logarithm of a pooled score finite. */
const LEAST_PROBABILITY = 1e-9;

/**
 * Fits Platt scaling (Platt 1999) to the clip score that people read: half the mean and half the maximum over its
 * windows. Calibrating the single windows would leave the pooled score overconfident, because of its maximum.
 *
 * Minimises the cross-entropy of the pooled scores by Fisher scoring with backtracking.
 *
 * @param clips at least one.
 * @param prior a line to stay close to; without one the clips alone decide.
 * @throws RangeError if there are no clips, or a logit is not finite.
 */
export function fitPooledPlatt(clips: readonly ClipLogits[], prior?: PlattLine): PlattLine {
  if (clips.length === 0) throw new RangeError('there is no clip to fit a calibration to');
  if (!clips.every(({ logits }) => logits.length > 0 && logits.every(Number.isFinite))) {
    throw new RangeError('a clip has no logits, or one that is not finite');
  }
  let line = prior ?? { scale: Math.min(1, UNSATURATED / farthest(clips)), offset: 0 };
  let loss = pooledLoss(line, clips, prior);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = scoringDirection(line, clips, prior);
    let size = 1;
    let next = line;
    let nextLoss = Number.POSITIVE_INFINITY;
    for (; size > SMALLEST_STEP; size /= 2) {
      next = { scale: line.scale + size * direction.scale, offset: line.offset + size * direction.offset };
      // A scale below 0 would invert the label.
      nextLoss = next.scale > 0 ? pooledLoss(next, clips, prior) : Number.POSITIVE_INFINITY;
      if (nextLoss < loss) break;
    }
    if (!(nextLoss < loss)) break;
    const gain = loss - nextLoss;
    line = next;
    loss = nextLoss;
    if (gain < 1e-9 * Math.abs(loss)) break;
  }
  return line;
}

/** The largest absolute logit. */
function farthest(clips: readonly ClipLogits[]): number {
  return clips.reduce((most, { logits }) => logits.reduce((far, logit) => Math.max(far, Math.abs(logit)), most), 0);
}

/** A clip's pooled score and its derivatives by scale and offset. */
function pooledScore({ scale, offset }: PlattLine, logits: Float32Array) {
  let mean = 0;
  let meanByScale = 0;
  let meanByOffset = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) {
    const probability = sigmoid(scale * logit + offset);
    const slope = probability * (1 - probability);
    mean += probability / logits.length;
    meanByScale += (slope * logit) / logits.length;
    meanByOffset += slope / logits.length;
    highest = Math.max(highest, logit);
  }
  const maximum = sigmoid(scale * highest + offset);
  const slope = maximum * (1 - maximum);
  return {
    probability: (mean + maximum) / 2,
    byScale: (meanByScale + slope * highest) / 2,
    byOffset: (meanByOffset + slope) / 2,
  };
}

/** Total cross-entropy of the clips' pooled scores, plus the penalty for leaving the prior, if there is one. */
export function pooledLoss(line: PlattLine, clips: readonly ClipLogits[], prior?: PlattLine): number {
  let sum = 0;
  for (const { logits, truth } of clips) {
    const { probability } = pooledScore(line, logits);
    const right = truth === 1 ? probability : 1 - probability;
    sum -= Math.log(Math.max(right, LEAST_PROBABILITY));
  }
  if (prior === undefined) return sum;
  return sum + (PRIOR_CLIPS / 2) * (Math.log(line.scale / prior.scale) ** 2 + (line.offset - prior.offset) ** 2);
}

/** The step given by the Fisher information. */
function scoringDirection(line: PlattLine, clips: readonly ClipLogits[], prior: PlattLine | undefined): PlattLine {
  let scale = 0;
  let offset = 0;
  let scaleScale = 1e-6;
  let scaleOffset = 0;
  let offsetOffset = 1e-6;
  for (const { logits, truth } of clips) {
    const { probability, byScale, byOffset } = pooledScore(line, logits);
    const spread = Math.max(probability * (1 - probability), LEAST_PROBABILITY);
    const error = (probability - truth) / spread;
    scale += error * byScale;
    offset += error * byOffset;
    scaleScale += (byScale * byScale) / spread;
    scaleOffset += (byScale * byOffset) / spread;
    offsetOffset += (byOffset * byOffset) / spread;
  }
  if (prior !== undefined) {
    scale += (PRIOR_CLIPS * Math.log(line.scale / prior.scale)) / line.scale;
    offset += PRIOR_CLIPS * (line.offset - prior.offset);
    scaleScale += PRIOR_CLIPS / line.scale ** 2;
    offsetOffset += PRIOR_CLIPS;
  }
  const determinant = scaleScale * offsetOffset - scaleOffset ** 2;
  return {
    scale: -(offsetOffset * scale - scaleOffset * offset) / determinant,
    offset: -(scaleScale * offset - scaleOffset * scale) / determinant,
  };
}
