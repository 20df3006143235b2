import { csvFormatRows, tsvFormatRows } from 'd3-dsv';

/** What a cell holds: a text, or a value together with what the page shows of it. */
export type Cell = string | { readonly value: string | number | null; readonly shown: unknown };

/** A table as the page shows it and hands it out. */
export interface TableData {
  /** Names it on the page, and its file. */
  readonly name: string;
  readonly columns: readonly string[];
  /** The first cell of a row names the row. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A number that the page rounds, and others get in full. */
export function numberCell(value: number | null, format: (value: number) => string): Cell {
  return { value, shown: value === null ? '–' : format(value) };
}

/** Whether a column is one of numbers, of which some may be missing. */
export function isNumeric({ rows }: TableData, column: number): boolean {
  const values = rows.map((row) => valueIn(row[column] ?? '')).filter((value) => value !== null);
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

/** As CSV: numbers in full and with a point, in every language; what is missing is empty. */
export function tableCsv(data: TableData): string {
  return `${csvFormatRows(cellsOf(data, '.'))}\n`;
}

/**
 * Separated by tabs, as spreadsheets exchange cells.
 *
 * @param decimalMark of the page's language: to a German spreadsheet, “1.5” is the first of May.
 */
export function tableForSpreadsheet(data: TableData, decimalMark: string): string {
  return `${tsvFormatRows(cellsOf(data, decimalMark))}\n`;
}

function cellsOf({ columns, rows }: TableData, decimalMark: string): string[][] {
  const written = (cell: Cell): string => {
    const value = valueIn(cell);
    if (value === null) return '';
    return typeof value === 'number' ? String(value).replace('.', decimalMark) : harmless(value);
  };
  return [columns, ...rows].map((row) => row.map(written));
}

function valueIn(cell: Cell): string | number | null {
  return typeof cell === 'string' ? cell : cell.value;
}

/** Spreadsheets run a text that begins like a formula, and names come from other people's files. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
