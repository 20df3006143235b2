/** The moment keeps this distance from the display's edges, where there is anything beyond them. */
const MARGIN_SECONDS = 2;

/** What limits a stretch: the moments that are remembered. */
export interface Bounds {
  readonly oldest: number;
  readonly newest: number;
}

/**
 * Where a display of `length` seconds ends, so that it shows the moment `at` and moves no more than it has to.
 *
 * @param end where it ends now. All are seconds on the same clock.
 */
export function followStretch(at: number, end: number, length: number, { oldest, newest }: Bounds): number {
  const least = Math.min(newest, at + MARGIN_SECONDS);
  const most = Math.max(at, at - MARGIN_SECONDS + length);
  const followed = Math.max(least, Math.min(most, end));
  // Nothing lies before the oldest moment, unless there is less than one display.
  return Math.min(newest, Math.max(followed, oldest + length));
}
