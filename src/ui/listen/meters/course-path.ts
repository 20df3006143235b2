/** Height of the drawing, for a probability of 1. */
export const COURSE_HEIGHT = 100;

/** A history of probabilities as SVG paths: the line, and the area below it. */
export interface CoursePath {
  readonly line: string;
  readonly area: string;
}

/** Draws a history, one unit wide per value. NaN leaves a gap. */
export function coursePath(values: ArrayLike<number>): CoursePath {
  let line = '';
  let area = '';
  let start = -1;
  for (let x = 0; x <= values.length; x++) {
    const value = values[x] ?? Number.NaN;
    const inside = !Number.isNaN(value);
    if (inside) line += `${start < 0 ? 'M' : 'L'}${x} ${Math.round(COURSE_HEIGHT * (1 - value))}`;
    if (inside && start < 0) start = x;
    if (inside || start < 0) continue;
    // The area reaches from the line that just ended down to the base.
    area += `${line.slice(line.lastIndexOf('M'))}L${x - 1} ${COURSE_HEIGHT}L${start} ${COURSE_HEIGHT}Z`;
    start = -1;
  }
  return { line, area };
}
