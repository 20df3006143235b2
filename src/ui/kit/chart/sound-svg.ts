import { escaped, rounded, SVG_PLOT, svgColours, svgLine, svgPicture, svgText } from './svg-picture';

/** A place on an axis, as a share of its length, with its name. */
export interface AxisTick {
  readonly at: number;
  readonly name: string;
}

/** A sound as the page draws it. */
export interface SoundPicture {
  readonly title: string;
  /** Says the same, for those who cannot see it. */
  readonly words: string;
  /** Address of the picture of its columns, which holds all of it. */
  readonly columns: string;
  /** Lowest and highest sample of each of equal parts, for a waveform above the columns. */
  readonly peaks?: Float32Array;
  /** From the left. */
  readonly times: readonly AxisTick[];
  /** From the bottom. */
  readonly frequencies: readonly AxisTick[];
  /** The part that is kept, as shares from the left; the rest is drawn pale. */
  readonly kept?: { readonly start: number; readonly end: number };
}

/** Sizes in pixels. */
const { left: LEFT, top: TOP, width: WIDTH } = SVG_PLOT;
const WAVE_HEIGHT = 120;
const COLUMNS_HEIGHT = 280;

/** A sound as a picture of its own: its waveform, its columns, and their axes. */
export function soundSvg({ title, words, columns, peaks, times, frequencies, kept }: SoundPicture): string {
  const top = TOP + (peaks ? WAVE_HEIGHT : 0);
  const bottom = top + COLUMNS_HEIGHT;
  const ticks = [
    ...times.map(({ at }) => svgLine(LEFT + at * WIDTH, bottom, LEFT + at * WIDTH, bottom + 6)),
    ...frequencies.map(({ at }) => svgLine(LEFT - 6, bottom - at * COLUMNS_HEIGHT, LEFT, bottom - at * COLUMNS_HEIGHT)),
  ];
  const names = [
    ...times.map(({ at, name }) => svgText(LEFT + at * WIDTH, bottom + 24, name, 'middle')),
    ...frequencies.map(({ at, name }) => svgText(LEFT - 12, bottom - at * COLUMNS_HEIGHT + 4, name, 'end')),
  ];
  const cut = (from: number, to: number): string =>
    `<rect x="${rounded(LEFT + from * WIDTH)}" y="${TOP}" width="${rounded((to - from) * WIDTH)}" height="${bottom - TOP}"/>`;
  return svgPicture(
    { title, words, height: bottom + 48 },
    `${peaks ? `<path d="${wavePath(peaks)}" fill="${svgColours.accent}"/>` : ''}
<image href="${escaped(columns)}" x="${LEFT}" y="${top}" width="${WIDTH}" height="${COLUMNS_HEIGHT}" preserveAspectRatio="none"/>
<g stroke="${svgColours['control-line']}">${ticks.join('')}</g>
<g fill="${svgColours['text-muted']}">${names.join('')}</g>
${kept ? `<g fill="${svgColours.surface}" fill-opacity="0.7">${cut(0, kept.start)}${cut(kept.end, 1)}</g>` : ''}`,
  );
}

/** The waveform's outline: its highest samples to the right, its lowest ones back. */
function wavePath(peaks: Float32Array): string {
  const parts = peaks.length / 2;
  const middle = TOP + WAVE_HEIGHT / 2;
  const point = (part: number, which: 0 | 1): string => {
    const sample = peaks[2 * part + which] as number;
    // Silence is a line too.
    const y = middle - (sample * WAVE_HEIGHT) / 2 + (which === 0 ? 0.5 : -0.5);
    return `${rounded(LEFT + ((part + 0.5) / parts) * WIDTH)} ${rounded(y)}`;
  };
  const places = Array.from({ length: parts }, (_, part) => part);
  return `M${[...places.map((part) => point(part, 1)), ...places.reverse().map((part) => point(part, 0))].join('L')}Z`;
}
