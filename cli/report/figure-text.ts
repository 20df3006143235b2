/** A fraction as a percentage with one decimal; a dash if it is undefined. */
export function percent(fraction: number | null): string {
  return fraction === null ? '–' : `${(100 * fraction).toFixed(1)} %`;
}

/** Both ends of an interval of fractions; a dash if it is undefined. */
export function interval(low: number | null, high: number | null): string {
  return low === null || high === null ? '–' : `${decimals(low)}–${decimals(high)}`;
}

/** A fraction with four decimals; a dash if it is undefined. */
export function decimals(fraction: number | null): string {
  return fraction === null ? '–' : fraction.toFixed(4);
}
