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

/** Sizes of all pictures in pixels, at which they are shown first. */
const WIDTH = 640;

/** Where they draw: from below the title on, with room for an axis on the left. */
export const SVG_PLOT = { left: 72, top: 56, width: 544 };

/** What every picture has. */
export interface SvgFrame {
  /** Stands above the picture. */
  readonly title: string;
  /** Says the same as the picture, for those who cannot see it. */
  readonly words: string;
  readonly height: number;
}

/** A picture of its own: with its title, in fixed colours and without any file beside it. */
export function svgPicture({ title, words, height }: SvgFrame, drawing: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13">
<title>${escaped(title)}</title>
<desc>${escaped(words)}</desc>
<rect width="100%" height="100%" fill="${svgColours.surface}"/>
<text x="${SVG_PLOT.left}" y="32" font-size="17" font-weight="600" fill="${svgColours.text}">${escaped(title)}</text>
${drawing}
</svg>
`;
}

export function svgLine(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${rounded(x1)} ${rounded(y1)}L${rounded(x2)} ${rounded(y2)}"/>`;
}

export function svgText(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${rounded(x)}" y="${rounded(y)}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

export function rounded(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML. Names come from anywhere, and a single control character would make the whole file unreadable. */
export function escaped(words: string): string {
  const allowed = words.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ');
  return allowed.replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);
}
