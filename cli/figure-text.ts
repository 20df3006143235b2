/** A fraction as a percentage with one decimal; a dash where it is undefined. */
export function percent(fraction: number | null): string {
  return fraction === null ? '–' : `${(100 * fraction).toFixed(1)} %`;
}

/** A fraction with four decimals; a dash where it is undefined. */
export function decimals(fraction: number | null): string {
  return fraction === null ? '–' : fraction.toFixed(4);
}
