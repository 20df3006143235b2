import { readFile } from 'node:fs/promises';
import { isWorkbook, type ListRow, listText, readListTable } from '../../src/shared/lib/files/list-table';

/** A table's column names, and its rows, which have the same length. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads a CSV file with a header, in any of the ways in which programs write them. Blank lines and spaces around values
 * are dropped.
 *
 * @param what the table's name in sentences, such as “the clip list”.
 * @throws Error with a sentence naming the table if it cannot be read, is empty or is not CSV.
 */
export async function readTable(path: string, what: string): Promise<Table> {
  const { header, rows } = readListTable(await readTableText(path, what));
  if (header.length === 0) throw new Error(`${what} ${path} is empty`);
  const uneven = rows.find(({ cells }) => cells.length !== header.length);
  if (uneven) throw unevenRow(path, what, uneven, header);
  return { header, rows: rows.map(({ cells }) => cells) };
}

/**
 * The text of a CSV file, in whatever encoding.
 *
 * @throws Error with a sentence naming the table if it cannot be read, or is no CSV at all.
 */
export async function readTableText(path: string, what: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Error(`${what} ${path} cannot be read: ${String((cause as Error).message)}`, { cause });
  });
  if (isWorkbook(bytes)) throw new Error(`${what} ${path} is a workbook: save it as CSV in the program that made it`);
  const text = listText(bytes);
  // A quote inside quotes is doubled, so the number of quotes is even.
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) throw new Error(`${what} ${path} is no CSV: a quote is not closed`);
  return text;
}

/** The error about a row that does not fit the header. */
export function unevenRow(path: string, what: string, { line, cells }: ListRow, header: readonly string[]): Error {
  return new Error(
    `${what} ${path} is no CSV: line ${line} has ${cells.length} columns, and the header has ${header.length}`,
  );
}
