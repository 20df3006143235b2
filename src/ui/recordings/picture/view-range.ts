import { LEVEL_RATES } from '../../../shared/contracts/recordings/recording';

/** A stretch of a recording, in seconds since its start. */
export interface Range {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Closer, columns would only be spread. */
const SHORTEST_VIEW_SECONDS = 0.5;

/** Levels are used up to this many pixels a column: finer ones cost more and show no more. */
const MOST_COLUMN_PIXELS = 2.5;

/** Steps between the marks of a time axis. */
const STEPS_SECONDS = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
];

/** A view of that length around an anchor that stays where it is, within the recording. */
export function zoomed(
  { fromSeconds, toSeconds }: Range,
  factor: number,
  anchorSeconds: number,
  length: number,
): Range {
  const span = Math.max(Math.min(SHORTEST_VIEW_SECONDS, length), Math.min(length, (toSeconds - fromSeconds) * factor));
  const share = (anchorSeconds - fromSeconds) / (toSeconds - fromSeconds);
  return within(anchorSeconds - share * span, span, length);
}

/** A view moved by so many seconds. */
export function moved({ fromSeconds, toSeconds }: Range, bySeconds: number, length: number): Range {
  return within(fromSeconds + bySeconds, toSeconds - fromSeconds, length);
}

/** A view that shows a moment; the same one if it does already. */
export function showing(view: Range, seconds: number, length: number): Range {
  const span = view.toSeconds - view.fromSeconds;
  if (seconds >= view.fromSeconds && seconds <= view.toSeconds) return view;
  return within(seconds - 0.1 * span, span, length);
}

/** A view around a stretch. */
export function around({ fromSeconds, toSeconds }: Range, length: number): Range {
  const span = Math.max(4 * (toSeconds - fromSeconds), 8);
  return within((fromSeconds + toSeconds - span) / 2, Math.min(span, length), length);
}

function within(fromSeconds: number, span: number, length: number): Range {
  const from = Math.max(0, Math.min(length - span, fromSeconds));
  return { fromSeconds: from, toSeconds: from + span };
}

/** The coarsest level that is fine enough for so many pixels a second. */
export function levelFor(pixelsPerSecond: number): number {
  const rates: readonly number[] = LEVEL_RATES;
  for (let level = rates.length - 1; level > 0; level--) {
    if (pixelsPerSecond / (rates[level] as number) <= MOST_COLUMN_PIXELS) return level;
  }
  return 0;
}

/** The marks of a time axis, at least so many pixels apart. */
export function timeMarks(
  { fromSeconds, toSeconds }: Range,
  widthPixels: number,
  leastPixels: number,
): { readonly marks: readonly number[]; readonly stepSeconds: number } {
  const least = ((toSeconds - fromSeconds) / Math.max(1, widthPixels)) * leastPixels;
  const stepSeconds = STEPS_SECONDS.find((step) => step >= least) ?? 86_400;
  const marks: number[] = [];
  for (let i = Math.ceil(fromSeconds / stepSeconds - 1e-9); i * stepSeconds <= toSeconds; i++) {
    marks.push(Number((i * stepSeconds).toFixed(3)));
  }
  return { marks, stepSeconds };
}
