import { plainNumber } from '../format';
import type { ChartData, ChartLine } from './chart-data';
import { escaped, rounded, SVG_PLOT, svgColours, svgLine, svgPicture, svgText } from './svg-picture';

const strokes: Readonly<Record<ChartLine['look'], string>> = {
  measured: svgColours.accent,
  second: svgColours.text,
  reference: svgColours['control-line'],
};

/** Sizes in pixels, at the size in which the picture is shown first. */
const PLOT = { ...SVG_PLOT, height: 360 };
const LEGEND_ROW = 24;
const POINT_RADIUS = 4;
const GRID_LINES = 5;

/**
 * A chart as a picture of its own: with its title, the names and numbers of its axes and of its lines.
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
  const grid = [
    ...x.ticks.map((tick) => svgLine(atX(tick), top, atX(tick), bottom)),
    ...y.ticks.map((tick) => svgLine(left, atY(tick), left + width, atY(tick))),
  ];
  const numbers = [
    ...x.ticks.map((tick) => svgText(atX(tick), bottom + 20, plainNumber(tick), 'middle')),
    ...y.ticks.map((tick) => svgText(left - 10, atY(tick) + 4, plainNumber(tick), 'end')),
  ];
  const middle = top + height / 2;
  return svgPicture(
    { title, words, height: bottom + 72 + LEGEND_ROW * lines.length },
    `<g stroke="${svgColours.line}">${grid.join('')}</g>
<g fill="${svgColours['text-muted']}">${numbers.join('')}
${svgText(left + width / 2, bottom + 44, xName, 'middle')}
<text x="20" y="${middle}" transform="rotate(-90 20 ${middle})" text-anchor="middle">${escaped(yName)}</text></g>
${lines.map((line) => drawnLine(line, data, atX, atY)).join('\n')}
${lines.map((line, place) => legend(line, bottom + 72 + LEGEND_ROW * place)).join('\n')}`,
  );
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
