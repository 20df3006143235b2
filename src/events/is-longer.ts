/** Times are rounded to what a number can tell: two windows that are 2.5 s apart can differ by a little more or less. */
const ROUNDING_SECONDS = 1e-6;

/** Whether a time is longer than another one, by more than rounding. */
export function isLonger(seconds: number, thanSeconds: number): boolean {
  return seconds - thanSeconds > ROUNDING_SECONDS;
}
