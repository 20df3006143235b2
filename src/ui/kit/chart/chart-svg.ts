import { plainNumber } from '../format';
import type { ChartData, ChartLine } from './chart-data';

/**
 * The colours of the light theme in `tokens.css`: the file is read outside of the page, mostly on white. It cannot ask
 * the page for them, which may be dark.
 */
export const svgColours = {
  surface: '#ffffff',
  text: '#1b1922',
  'text-muted': '#5f5b68',
  line: '#dcd7ce',
  'control-line': '#87828f',
  accent: '#a52c74',
} as const;

const strokes: Readonly<Record<ChartLine['look'], string>> = {
  measured: svgColours.accent,
  second: svgColours.text,
  reference: svgColours['control-line'],
};

/** Sizes in pixels, at the size in which the picture is shown first. */
const WIDTH = 640;
const PLOT = { left: 72, top: 56, width: 544, height: 360 };
const LEGEND_ROW = 24;
const POINT_RADIUS = 4;
const GRID_LINES = 5;

/**
 * A chart as a picture of its own: with its title, the names and numbers of its axes and of its lines, in fixed
 * colours and without any file beside it.
 *
 * @param words say the same, for those who cannot see it.
 */
export function chartSvg(data: ChartData, words: string): string {
  const { title, xName, yName } = data;
  const lines = data.lines.filter(({ values }) => values.some((value) => value !== null));
  const x = axisOf(data.unit ? [0, 1] : data.x);
  const y = axisOf(data.unit ? [0, 1] : lines.flatMap(({ values }) => values.filter((value) => value !== null)));
  const { left, top, width, height } = PLOT;
  const atX = (value: number): number => left + ((value - x.from) / (x.to - x.from)) * width;
  const atY = (value: number): number => top + height - ((value - y.from) / (y.to - y.from)) * height;
  const bottom = top + height;
  const whole = bottom + 72 + LEGEND_ROW * lines.length;
  const grid = [
    ...x.ticks.map((tick) => straight(atX(tick), top, atX(tick), bottom)),
    ...y.ticks.map((tick) => straight(left, atY(tick), left + width, atY(tick))),
  ];
  const numbers = [
    ...x.ticks.map((tick) => text(atX(tick), bottom + 20, plainNumber(tick), 'middle')),
    ...y.ticks.map((tick) => text(left - 10, atY(tick) + 4, plainNumber(tick), 'end')),
  ];
  const middle = top + height / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${whole}" width="${WIDTH}" height="${whole}" font-family="system-ui, sans-serif" font-size="13">
<title>${escaped(title)}</title>
<desc>${escaped(words)}</desc>
<rect width="100%" height="100%" fill="${svgColours.surface}"/>
<text x="${left}" y="32" font-size="17" font-weight="600" fill="${svgColours.text}">${escaped(title)}</text>
<g stroke="${svgColours.line}">${grid.join('')}</g>
<g fill="${svgColours['text-muted']}">${numbers.join('')}
${text(left + width / 2, bottom + 44, xName, 'middle')}
<text x="20" y="${middle}" transform="rotate(-90 20 ${middle})" text-anchor="middle">${escaped(yName)}</text></g>
${lines.map((line) => drawnLine(line, data, atX, atY)).join('\n')}
${lines.map((line, place) => legend(line, bottom + 72 + LEGEND_ROW * place)).join('\n')}
</svg>
`;
}

interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** An axis over the values that begins and ends at round numbers. */
function axisOf(values: readonly number[]): Axis {
  const lowest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (lowest > highest) return axisOf([0, 1]);
  if (lowest === highest) return axisOf([lowest - 0.5, highest + 0.5]);
  const rough = (highest - lowest) / GRID_LINES;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((round) => power * round >= rough * (1 - 1e-9)) ?? 10);
  const [first, last] = [Math.floor(lowest / step + 1e-9), Math.ceil(highest / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return { from: first * step, to: last * step, ticks };
}

function drawnLine(
  { look, points, values }: ChartLine,
  { x, hasGaps }: ChartData,
  atX: (value: number) => number,
  atY: (value: number) => number,
): string {
  const parts: (readonly [number, number])[][] = [[]];
  x.forEach((at, i) => {
    const value = values[i] ?? null;
    if (value !== null) parts.at(-1)?.push([rounded(atX(at)), rounded(atY(value))]);
    else if (hasGaps && parts.at(-1)?.length) parts.push([]);
  });
  const strokesOf = parts.map((places) => {
    const path = places.map((place) => place.join(',')).join(' ');
    return `<polyline points="${path}" fill="none" stroke-linejoin="round" ${strokeOf(look)}/>`;
  });
  const marks = points
    ? parts.flat().map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="${POINT_RADIUS}" fill="${strokes[look]}"/>`)
    : [];
  return [...strokesOf, ...marks].join('');
}

function legend({ name, look }: ChartLine, y: number): string {
  const { left } = PLOT;
  const sample = `<path d="M${left} ${y}h32" ${strokeOf(look)}/>`;
  return `${sample}<text x="${left + 44}" y="${y + 4}" fill="${svgColours.text}">${escaped(name)}</text>`;
}

function strokeOf(look: ChartLine['look']): string {
  const dash = look === 'measured' ? '' : ' stroke-dasharray="4 4"';
  return `stroke="${strokes[look]}" stroke-width="${look === 'reference' ? 1 : 2}"${dash}`;
}

function straight(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${rounded(x1)} ${rounded(y1)}L${rounded(x2)} ${rounded(y2)}"/>`;
}

function text(x: number, y: number, words: string, anchor: 'middle' | 'end'): string {
  return `<text x="${rounded(x)}" y="${rounded(y)}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function rounded(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML. Names come from anywhere, and a single control character would make the whole file unreadable. */
function escaped(words: string): string {
  const allowed = words.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ');
  return allowed.replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);
}
