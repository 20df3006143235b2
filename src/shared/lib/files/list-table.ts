import { dsvFormat } from 'd3-dsv';

/** A list's column names and rows. Cells have no spaces around them; blank rows are left out. */
export interface ListTable {
  /** As they stand in the file. */
  readonly header: readonly string[];
  readonly rows: readonly ListRow[];
  readonly separator: string;
}

/** A row, and the line of the file in which it begins, counted from 1. */
export interface ListRow {
  readonly cells: readonly string[];
  readonly line: number;
}

const separators = [',', ';', '\t', '|'];
/** Rows, with the header, that show which character separates columns. */
const SEPARATED_ROWS = 10;

/** Whether a file is a spreadsheet's own, and no text: `xlsx` and `ods` are zip files, `xls` has a signature of its own. */
export function isWorkbook([a, b, c, d]: Uint8Array): boolean {
  return (a === 0x50 && b === 0x4b && c === 3 && d === 4) || (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0);
}

/**
 * Reads the text of a list: UTF-8 or UTF-16, with or without a byte order mark, else Windows-1252, which old versions of
 * Excel write.
 */
export function listText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // The header is in ASCII, so every other byte of UTF-16 is 0.
  if (first !== 0 && second === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0 && second !== 0) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * Reads a list with a header. Columns are separated by commas, semicolons, tabs or upright strokes: as the first line says
 * (`sep=;`), or by what all of the first rows have most of. Lines of comment (`#`) above the header are left out, and so
 * are empty cells beyond it.
 */
export function readListTable(text: string): ListTable {
  const { separator, body, firstLine } = separated(plainText(text));
  let header: readonly string[] | undefined;
  const rows: ListRow[] = [];
  let line = firstLine;
  for (const row of dsvFormat(separator).parseRows(body)) {
    const cells = row.map((cell) => cell.trim());
    const isComment = !header && cells[0]?.startsWith('#');
    if (!isComment && cells.some((cell) => cell !== '')) {
      if (header) rows.push({ cells: withoutRest(cells, header.length), line });
      else header = cells;
    }
    line += 1 + row.join('').split('\n').length - 1;
  }
  return { header: header ?? [], rows, separator };
}

function separated(text: string): { separator: string; body: string; firstLine: number } {
  const [firstLine = ''] = text.split(/\r\n?|\n/, 1);
  const stated = /^"?sep=(.)"?$/i.exec(firstLine)?.[1];
  if (stated) return { separator: stated, body: text.slice(firstLine.length).replace(/^\r?\n/, ''), firstLine: 2 };
  return { separator: evidentSeparator(text), body: text, firstLine: 1 };
}

function evidentSeparator(text: string): string {
  const lines = text
    .replace(/"[^"]*"/g, '""')
    .split(/[\r\n]+/, 4 * SEPARATED_ROWS)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .slice(0, SEPARATED_ROWS);
  const counts = (line = ''): number[] => separators.map((separator) => line.split(separator).length - 1);
  const ofHeader = counts(lines[0]);
  const inAll = separators.map((_, i) => Math.min(...lines.map((line) => counts(line)[i] as number)));
  const best = inAll.some((count) => count > 0) ? inAll : ofHeader;
  return separators[best.indexOf(Math.max(...best))] as string;
}

/** Without byte order marks in front, and without what old programs put behind the end of a text. */
function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are dropped.
  return text.replace(/^\uFEFF+/, '').replace(/[\0\x1A]+\s*$/, '');
}

/** Spreadsheets write empty cells behind the last column that has a name. */
function withoutRest(cells: readonly string[], columns: number): readonly string[] {
  return cells.slice(columns).every((cell) => cell === '') ? cells.slice(0, columns) : cells;
}

/**
 * The index of a column in a header, whatever its case and however its words are joined: `keptAt` is found as “Kept at”.
 *
 * @returns −1 if there is none.
 */
export function columnIndex(header: readonly string[], column: string): number {
  const exact = header.indexOf(column);
  return exact >= 0 ? exact : header.map(plain).indexOf(plain(column));
}

function plain(column: string): string {
  return column.toLowerCase().replace(/[\s_-]+/g, '');
}

/**
 * The labels in a cell, separated by `;` or `|`. Commas separate as well where columns are separated by something else,
 * where no space follows them, or where only labels stand between them: names such as “Door, slam” have commas, too.
 *
 * @param isKnown whether a text is the id or name of a label. Such a text is never taken apart.
 */
export function labelsIn(cell: string, separator: string, isKnown: (text: string) => boolean): string[] {
  const parts = (text: string, between: string | RegExp): string[] =>
    text
      .split(between)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return parts(cell, /[;|]/).flatMap((text) => {
    if (isKnown(text)) return [text];
    const byComma = parts(text, ',');
    return separator !== ',' || !/,\s/.test(text) || byComma.every(isKnown) ? byComma : [text];
  });
}

const yesWords = new Set(['yes', 'y', 'ja', 'j', 'true', 't', 'wahr', 'x', '1', '1.0', '1,0', '✓', '✔', '☑']);
const noWords = new Set([
  'no',
  'n',
  'nein',
  'false',
  'f',
  'falsch',
  '0',
  '0.0',
  '0,0',
  '✗',
  '✘',
  '☐',
  '-',
  '–',
  '—',
  '',
]);

/** What a word for yes or no means. @returns undefined for other words. */
export function yesOrNo(word: string): boolean | undefined {
  const lower = word.trim().toLowerCase();
  if (yesWords.has(lower)) return true;
  return noWords.has(lower) ? false : undefined;
}
