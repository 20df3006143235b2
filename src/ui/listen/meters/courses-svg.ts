import { rounded, SVG_PLOT, svgColours, svgLine, svgPicture, svgText } from '../../kit/chart/svg-picture';
import { percent, seconds } from '../../kit/format';
import { COURSE_HEIGHT, coursePath } from './course-path';

/** One label's line. */
export interface NamedCourse {
  readonly name: string;
  /** Its probability at equal distances, NaN where there was no result. */
  readonly values: Float32Array;
}

/** Sizes in pixels. */
const { left: LEFT, top: TOP, width: WIDTH } = SVG_PLOT;
const ROW_HEIGHT = 112;
const LINE_HEIGHT = 72;

/** The lines of the strongest labels, one below the other, as a picture of its own. */
export function coursesSvg(
  { title, durationSeconds }: { readonly title: string; readonly durationSeconds: number },
  courses: readonly NamedCourse[],
): string {
  const bottom = TOP + ROW_HEIGHT * courses.length;
  const ends = [
    svgText(LEFT, bottom + 12, `−${seconds(durationSeconds)}`, 'start'),
    svgText(LEFT + WIDTH, bottom + 12, seconds(0), 'end'),
  ];
  return svgPicture(
    { title, words: courses.map(inWords).join(' '), height: bottom + 36 },
    `${courses.map((course, place) => row(course, TOP + ROW_HEIGHT * place)).join('\n')}
<g fill="${svgColours['text-muted']}">${ends.join('')}</g>`,
  );
}

function row({ name, values }: NamedCourse, top: number): string {
  const { line, area } = coursePath(values);
  const lineTop = top + ROW_HEIGHT - LINE_HEIGHT;
  const scale = `translate(${LEFT} ${lineTop}) scale(${rounded(WIDTH / (values.length - 1))} ${LINE_HEIGHT / COURSE_HEIGHT})`;
  const height = (share: number): number => lineTop + (1 - share) * LINE_HEIGHT;
  return `<g fill="${svgColours.text}">${svgText(LEFT, lineTop - 12, name, 'start')}</g>
<g stroke="${svgColours.line}">${[0, 1].map((share) => svgLine(LEFT, height(share), LEFT + WIDTH, height(share))).join('')}</g>
<g fill="${svgColours['text-muted']}">${[0, 1].map((share) => svgText(LEFT - 10, height(share) + 4, percent(share), 'end')).join('')}</g>
<g transform="${scale}"><path d="${area}" fill="${svgColours.accent}" fill-opacity="0.15"/><path d="${line}" fill="none" stroke="${svgColours.accent}" stroke-width="2" vector-effect="non-scaling-stroke"/></g>`;
}

/** “Dog: 3% to 98%.” */
function inWords({ name, values }: NamedCourse): string {
  const heard = values.filter((value) => !Number.isNaN(value));
  if (heard.length === 0) return `${name}: –.`;
  return `${name}: ${percent(Math.min(...heard))} – ${percent(Math.max(...heard))}.`;
}
