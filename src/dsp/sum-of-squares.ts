/** Sum of the squares of some samples. Those that are not finite, as a broken driver gives, count as 0. */
export function sumOfSquares(samples: Float32Array, start = 0, end = samples.length): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const sample = samples[i] as number;
    if (Number.isFinite(sample)) sum += sample * sample;
  }
  return sum;
}
