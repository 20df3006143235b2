/** The logistic function 1 / (1 + e⁻ˣ): the probability that a logit stands for. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
