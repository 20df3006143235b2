/** ln(1 + eˣ), for x of any size: what a logit of −x costs where the label sounds, as cross-entropy. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
