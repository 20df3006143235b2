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

const separators = [',', ';', '\t'];

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
 * Reads a list with a header. Columns are separated by commas, semicolons or tabs: as the first line says (`sep=;`), or by
 * what the header has most of.
 */
export function readListTable(text: string): ListTable {
  const { separator, body, firstLine } = separated(text.replace(/^\uFEFF/, ''));
  let header: readonly string[] | undefined;
  const rows: ListRow[] = [];
  let line = firstLine;
  for (const row of dsvFormat(separator).parseRows(body)) {
    const cells = row.map((cell) => cell.trim());
    if (cells.some((cell) => cell !== '')) {
      if (header) rows.push({ cells, line });
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
  const unquoted = firstLine.replace(/"[^"]*"/g, '');
  const counts = separators.map((separator) => unquoted.split(separator).length);
  const separator = separators[counts.indexOf(Math.max(...counts))] as string;
  return { separator, body: text, firstLine: 1 };
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

/** The labels in a cell. A list whose columns are not separated by commas can separate its labels so. */
export function labelsIn(cell: string, separator: string): string[] {
  const between = separator === ',' ? /[;|]/ : /[;|,]/;
  return cell
    .split(between)
    .map((label) => label.trim())
    .filter((label) => label !== '');
}

const yesWords = new Set(['yes', 'y', 'ja', 'j', 'true', 'wahr', 'x', '1']);
const noWords = new Set(['no', 'n', 'nein', 'false', 'falsch', '0', '']);

/** What a word for yes or no means. @returns undefined for other words. */
export function yesOrNo(word: string): boolean | undefined {
  const lower = word.trim().toLowerCase();
  if (yesWords.has(lower)) return true;
  return noWords.has(lower) ? false : undefined;
}
