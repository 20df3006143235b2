/** ln(1 + eˣ), for x of any size: the cross-entropy of a logit −x if the label sounds. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
