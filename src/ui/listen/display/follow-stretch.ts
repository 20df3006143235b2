/** The moment keeps this distance from the display's edges, if there is more beyond them. */
const MARGIN_SECONDS = 2;

/** Limits of a stretch: the remembered moments. */
export interface Bounds {
  readonly oldest: number;
  readonly newest: number;
}

/**
 * Where a display of `length` seconds should end to show the moment `at` with the least movement.
 *
 * @param end where it ends now. All are seconds on the same clock.
 */
export function followStretch(at: number, end: number, length: number, { oldest, newest }: Bounds): number {
  const least = Math.min(newest, at + MARGIN_SECONDS);
  const most = Math.max(at, at - MARGIN_SECONDS + length);
  const followed = Math.max(least, Math.min(most, end));
  // Nothing precedes the oldest moment, unless less than one display is remembered.
  return Math.min(newest, Math.max(followed, oldest + length));
}
