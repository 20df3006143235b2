/** So many coefficients stand for the simplest prediction: the sample before. */
const PREVIOUS_ONLY = 31;

/**
 * Adds the differences in `samples` to their prediction, in place: a filter over the samples before, whose coefficients
 * follow the signs of the differences. All is done in integers, as the encoder did.
 *
 * @param bits of a sample. @param shift bits behind the point of a coefficient.
 */
export function addPrediction(
  samples: Int32Array,
  count: number,
  coefficients: Int16Array,
  bits: number,
  shift: number,
): void {
  const order = coefficients.length;
  if (order === 0) return;
  const unused = 32 - bits;
  const beginning = order === PREVIOUS_ONLY ? count : Math.min(count, order + 1);
  for (let i = 1; i < beginning; i++) {
    samples[i] = (((samples[i] as number) + (samples[i - 1] as number)) << unused) >> unused;
  }
  const half = shift > 0 ? 1 << (shift - 1) : 0;
  for (let i = beginning; i < count; i++) {
    const oldest = samples[i - order - 1] as number;
    let sum = half;
    for (let k = 0; k < order; k++) {
      sum = (sum + Math.imul(coefficients[k] as number, (samples[i - 1 - k] as number) - oldest)) | 0;
    }
    const difference = samples[i] as number;
    samples[i] = ((difference + oldest + (sum >> shift)) << unused) >> unused;
    if (difference !== 0) adapt(samples, i, coefficients, oldest, difference, shift);
  }
}

/** Moves coefficients towards what would have made the difference smaller, the oldest sample's first. */
function adapt(
  samples: Int32Array,
  index: number,
  coefficients: Int16Array,
  oldest: number,
  difference: number,
  shift: number,
): void {
  const order = coefficients.length;
  const direction = Math.sign(difference);
  let left = difference;
  for (let k = order - 1; k >= 0 && left * direction > 0; k--) {
    const distance = oldest - (samples[index - 1 - k] as number);
    const sign = Math.sign(distance) * direction;
    coefficients[k] = (coefficients[k] as number) - sign;
    left -= (order - k) * ((sign * distance) >> shift);
  }
}
