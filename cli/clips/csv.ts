import { readFile } from 'node:fs/promises';
import { listText, readListTable } from '../../src/shared/lib/files/list-table';

/** A table's column names, and its rows, which have the same length. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly separator: string;
}

/**
 * Reads a CSV file with a header, in any of the ways in which programs write them. Blank lines and spaces around values
 * are dropped.
 *
 * @param what the table's name in sentences, such as “the clip list”.
 * @throws Error with a sentence naming the table if it cannot be read, is empty or is not CSV.
 */
export async function readTable(path: string, what: string): Promise<Table> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Error(`${what} ${path} cannot be read: ${String((cause as Error).message)}`, { cause });
  });
  const text = listText(bytes);
  const noCsv = (why: string): Error => new Error(`${what} ${path} is no CSV: ${why}`);
  // A quote inside quotes is doubled, so the number of quotes is even.
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) throw noCsv('a quote is not closed');
  const { header, rows, separator } = readListTable(text);
  if (header.length === 0) throw new Error(`${what} ${path} is empty`);
  const uneven = rows.find(({ cells }) => cells.length !== header.length);
  if (uneven) {
    throw noCsv(`line ${uneven.line} has ${uneven.cells.length} columns, and the header has ${header.length}`);
  }
  return { header, rows: rows.map(({ cells }) => cells), separator };
}
