import { dsvFormat } from 'd3-dsv';
import { listText, readListTable } from '../../shared/lib/files/list-table';
import { Pauses } from '../../shared/lib/pause';

/** Bytes that are read at once. */
const CHUNK_BYTES = 2 ** 20;
/** No row is longer: in a file with a longer one, a quote is not closed. */
const LONGEST_ROW_CHARACTERS = 2 ** 20;

/** A row, and the line of the file in which it begins, counted from 1. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Why a file cannot be read as a table. */
export type NoTableReason = 'empty' | 'no-text' | 'open-quote';

export class NoTable extends Error {
  constructor(readonly reason: NoTableReason) {
    super(reason);
  }
}

/**
 * Reads the rows of a table piece by piece, whatever its size: with commas, semicolons or tabs, with quotes or without,
 * in UTF-8, UTF-16 or Windows-1252. Lines of JSON are rows of one cell. Blank rows are left out.
 *
 * @throws NoTable
 */
export async function* tableRows(file: Blob): AsyncGenerator<TableRow> {
  const head = new Uint8Array(await file.slice(0, CHUNK_BYTES).arrayBuffer());
  if (head.length === 0) throw new NoTable('empty');
  const start = listText(head);
  // Sounds, pictures and packed files have it near their beginning.
  if (start.slice(0, 4096).includes('\0')) throw new NoTable('no-text');
  const isJson = start.replace(/^\uFEFF/, '').startsWith('{');
  const separator = separatorOf(firstLines(start));
  const pauses = new Pauses();
  let line = 1;
  for await (const text of wholeRows(file, encodingOf(head), isJson)) {
    const rows = isJson ? text.split('\n').map((row) => [row]) : dsvFormat(separator).parseRows(text);
    for (const row of rows) {
      const cells = row.map((cell) => cell.trim());
      if (cells.some((cell) => cell !== '') && !isSeparatorLine(cells)) yield { cells, line };
      line += 1 + row.join('').split('\n').length - 1;
      await pauses.take();
    }
  }
}

/** The text in pieces that end with a row. */
async function* wholeRows(file: Blob, encoding: string, isJson: boolean): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  for (let at = 0; at < file.size; at += CHUNK_BYTES) {
    const bytes = await file.slice(at, at + CHUNK_BYTES).arrayBuffer();
    rest += decoder.decode(bytes, { stream: true });
    const end = isJson ? rest.lastIndexOf('\n') : endOfRows(rest);
    // Without its line break: it would be one more, empty row.
    if (end >= 0) yield rest.slice(0, end);
    rest = rest.slice(end + 1);
    if (rest.length > CHUNK_BYTES + LONGEST_ROW_CHARACTERS) throw new NoTable('open-quote');
  }
  rest += decoder.decode();
  if (!isJson && isOpen(rest)) throw new NoTable('open-quote');
  if (rest !== '') yield rest;
}

/** Index of the last line break that is not inside quotes; −1 if there is none. */
function endOfRows(text: string): number {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text.charCodeAt(at);
    if (character === 0x22) quotes--;
    else if (character === 0x0a && quotes % 2 === 0) return at;
  }
  return -1;
}

function isOpen(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 1;
}

/** By which programs tell Excel what separates columns. */
function isSeparatorLine([first = '', ...others]: readonly string[]): boolean {
  return /^sep=.?$/i.test(first) && others.every((cell) => cell === '');
}

/** Times with decimal commas have more commas than tabs. */
function separatorOf(text: string): string {
  return /^[^\t\n]*\t[^\t\n]*\t/.test(text) ? '\t' : readListTable(text).separator;
}

function firstLines(text: string): string {
  return text.split(/\r?\n/, 2).join('\n');
}

/** As `listText` recognises it. */
function encodingOf(head: Uint8Array): string {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  try {
    // The piece can end within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
