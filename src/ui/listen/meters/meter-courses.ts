import type { RecentHistory } from '../../../app/rewind/recent-history';
import { COURSE_SECONDS } from '../../../shared/contracts/recent-past';
import { COURSE_PARTS } from './earmark-meter';
import type { MeterRow } from './meter-row';

/** The minute that ends at a moment of the history, as a head heard it. */
export interface Course {
  readonly history: RecentHistory;
  readonly head: string;
  readonly endSeconds: number;
}

/** Draws the large meters' lines. */
export function drawCourses(rows: readonly MeterRow[], { history, head, endSeconds }: Course): void {
  const large = rows.flatMap(({ meter }, index) => (meter.large && !meter.hidden ? [index] : []));
  // Aligned to whole parts, so that the line moves smoothly instead of flickering.
  const partSeconds = COURSE_SECONDS / COURSE_PARTS;
  const end = Math.ceil(endSeconds / partSeconds) * partSeconds;
  const courses = history.course(head, large, end, COURSE_SECONDS, COURSE_PARTS);
  for (const [i, index] of large.entries()) rows[index]?.meter.drawCourse(courses[i] as Float32Array);
}
