import { sigmoid } from '../../shared/lib/math/sigmoid';
import { softplus } from '../../shared/lib/math/softplus';

/** Logits of one label and their truth, each with a weight. */
export interface PlattData {
  readonly logits: ArrayLike<number>;
  /** 1 for a positive, else 0. */
  readonly truth: ArrayLike<number>;
  /** Above 0. The windows of one clip share a weight of 1, so they count as one clip. */
  readonly weights: ArrayLike<number>;
}

/** Probability = sigmoid(scale · logit + offset). */
export interface PlattLine {
  readonly scale: number;
  readonly offset: number;
}

/** A line to stay close to, where the data say little. */
export interface PlattPrior {
  readonly line: PlattLine;
  /** How much a doubled scale costs, and an offset that is off by one: in units of the weights. */
  readonly scaleStrength: number;
  readonly offsetStrength: number;
}

const MOST_STEPS = 100;
/** The fit has converged once the gradient is this small. */
const FLAT = 1e-5;
/** Added to the Hessian's diagonal, so that it can be inverted if all logits are equal. */
const RIDGE = 1e-9;
const SMALLEST_STEP = 1e-6;

/**
 * Fits Platt scaling (Platt 1999, “Probabilistic outputs for support vector machines”), by Newton's method with
 * backtracking (Lin, Lin & Weng 2007, “A note on Platt's probabilistic outputs for support vector machines”).
 *
 * The targets are Platt's: (N₊ + 1) / (N₊ + 2) for positives and 1 / (N₋ + 2) for negatives, with the sums of the
 * weights as counts. They keep the line finite, and the probabilities moderate, when few clips are separated perfectly.
 *
 * @param prior without one, the data alone decide.
 * @returns a line with a scale of 0 or more. A label that scores its own clips lower is not inverted: it always gets
 * its share of positives.
 * @throws RangeError if a logit is not finite, or there is no weight.
 */
export function fitPlatt(data: PlattData, prior?: PlattPrior): PlattLine {
  const { logits, truth, weights } = data;
  let positives = 0;
  let negatives = 0;
  for (let i = 0; i < logits.length; i++) {
    if (!Number.isFinite(logits[i])) throw new RangeError(`${logits[i]} is no logit`);
    if (truth[i] === 1) positives += weights[i] as number;
    else negatives += weights[i] as number;
  }
  if (!(positives + negatives > 0)) throw new RangeError('there is nothing to fit a calibration to');
  const positiveTarget = (positives + 1) / (positives + 2);
  const negativeTarget = 1 / (negatives + 2);
  const targets = Float64Array.from(logits, (_, i) => (truth[i] === 1 ? positiveTarget : negativeTarget));
  const flat = { scale: 0, offset: Math.log((positives + 1) / (negatives + 1)) };
  const fitted = descend(prior?.line ?? flat, data, targets, prior);
  return fitted.scale > 0 ? fitted : flat;
}

function descend(start: PlattLine, data: PlattData, targets: Float64Array, prior: PlattPrior | undefined): PlattLine {
  const lossOf = (tried: PlattLine): number => crossEntropy(tried, data, targets) + penalty(tried, prior);
  let line = start;
  let loss = lossOf(line);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, direction } = newtonStep(line, data, targets, prior);
    if (Math.hypot(...gradient) < FLAT) break;
    const slope = gradient[0] * direction[0] + gradient[1] * direction[1];
    let size = 1;
    let next = line;
    let nextLoss = Number.POSITIVE_INFINITY;
    for (; size >= SMALLEST_STEP; size /= 2) {
      next = { scale: line.scale + size * direction[0], offset: line.offset + size * direction[1] };
      nextLoss = lossOf(next);
      if (nextLoss < loss + 1e-4 * size * slope) break;
    }
    if (size < SMALLEST_STEP) break;
    line = next;
    loss = nextLoss;
  }
  return line;
}

function crossEntropy({ scale, offset }: PlattLine, { logits, weights }: PlattData, targets: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const z = scale * (logits[i] as number) + offset;
    sum += (weights[i] as number) * (softplus(z) - (targets[i] as number) * z);
  }
  return sum;
}

/** Half the squared distance from the prior, relative to its scale. */
function penalty({ scale, offset }: PlattLine, prior: PlattPrior | undefined): number {
  if (prior === undefined) return 0;
  const { line, scaleStrength, offsetStrength } = prior;
  return (scaleStrength * (scale / line.scale - 1) ** 2 + offsetStrength * (offset - line.offset) ** 2) / 2;
}

function newtonStep(
  { scale, offset }: PlattLine,
  { logits, weights }: PlattData,
  targets: Float64Array,
  prior: PlattPrior | undefined,
) {
  const { line, scaleStrength, offsetStrength } = prior ?? {
    line: { scale: 1, offset: 0 },
    scaleStrength: 0,
    offsetStrength: 0,
  };
  let byScale = (scaleStrength * (scale / line.scale - 1)) / line.scale;
  let byOffset = offsetStrength * (offset - line.offset);
  let scaleScale = RIDGE + scaleStrength / line.scale ** 2;
  let scaleOffset = 0;
  let offsetOffset = RIDGE + offsetStrength;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] as number;
    const weight = weights[i] as number;
    const probability = sigmoid(scale * logit + offset);
    const error = weight * (probability - (targets[i] as number));
    const curvature = weight * probability * (1 - probability);
    byScale += error * logit;
    byOffset += error;
    scaleScale += curvature * logit * logit;
    scaleOffset += curvature * logit;
    offsetOffset += curvature;
  }
  const determinant = scaleScale * offsetOffset - scaleOffset ** 2;
  const gradient: [number, number] = [byScale, byOffset];
  const direction: [number, number] = [
    -(offsetOffset * byScale - scaleOffset * byOffset) / determinant,
    -(scaleScale * byOffset - scaleOffset * byScale) / determinant,
  ];
  return { gradient, direction };
}
