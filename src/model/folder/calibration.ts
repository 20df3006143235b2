import * as v from 'valibot';
import { sigmoid } from '../../shared/lib/math/sigmoid';
import { softplus } from '../../shared/lib/math/softplus';
import { finiteNumber } from '../../shared/lib/schemas';
import { validate } from '../../shared/lib/validate';

/* @__NO_SIDE_EFFECTS__ */
function calibrationSchema(labelCount: number) {
  const numbers = v.pipe(v.array(finiteNumber), v.length(labelCount));
  return v.object({
    scale: numbers,
    offset: numbers,
    /** See {@link bentLogit}; above 0. If it is missing, all bends are 1. */
    bend: v.exactOptional(v.pipe(v.array(v.pipe(finiteNumber, v.gtValue(0))), v.length(labelCount))),
    clip: v.exactOptional(v.object({ scale: v.pipe(finiteNumber, v.gtValue(0)), offset: finiteNumber })),
  });
}

/**
 * How the logits of a window become probabilities, per label: sigmoid(scale · bent logit + offset). With a bend of 1 the bent
 * logit is the logit itself, and this is Platt scaling (Platt 1999).
 */
export interface Calibration {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
  readonly bend?: readonly number[];
  /** For the pooled score of a clip, of any label: see `clipProbabilities`. Missing where windows are calibrated for clips. */
  readonly clip?: { readonly scale: number; readonly offset: number };
}

/**
 * @throws BadValue if a label has no scale or offset, the bends are not one value above 0 per label, or the line for clips is
 * incomplete.
 */
export function parseCalibration(value: unknown, labelCount: number): Calibration {
  return validate(calibrationSchema(labelCount), value);
}

/**
 * A logit with slope 1 far below 0 and slope `bend` far above: beta calibration (Kull, Silva Filho & Flach 2017,
 * “Beyond sigmoids”, scale · ln p − scale · bend · ln(1 − p) + offset with p = sigmoid(logit)). A network can be
 * underconfident where it hears a sound and about right where it hears none; a single slope could only compromise
 * between the two.
 */
export function bentLogit(logit: number, bend: number): number {
  // Otherwise labels without a bend would keep their probabilities only up to rounding.
  if (bend === 1) return logit;
  return bend * softplus(logit) - softplus(-logit);
}

/**
 * Probabilities from logits.
 *
 * @param logits shape [count, labels].
 * @returns the same shape, each value between 0 and 1.
 */
export function calibrate(logits: Float32Array, { scale, offset, bend }: Calibration): Float32Array {
  const labels = scale.length;
  return logits.map((logit, i) => {
    const label = i % labels;
    const bent = bentLogit(logit, bend?.[label] ?? 1);
    return sigmoid((scale[label] as number) * bent + (offset[label] as number));
  });
}
