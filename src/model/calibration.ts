/** Platt scaling (Platt 1999), one line a label: probability = sigmoid(scale · logit + offset). */
export interface Calibration {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

/**
 * Probabilities from logits.
 *
 * @param logits shape [count, labels].
 * @returns the same shape, each value between 0 and 1.
 */
export function calibrate(logits: Float32Array, { scale, offset }: Calibration): Float32Array {
  const labels = scale.length;
  return logits.map((logit, i) => {
    const label = i % labels;
    return 1 / (1 + Math.exp(-((scale[label] as number) * logit + (offset[label] as number))));
  });
}
