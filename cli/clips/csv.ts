import { readFile } from 'node:fs/promises';
import { csvParseRows } from 'd3-dsv';

/** A table's column names, and its rows, which have the same length. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads a CSV file with a header, with or without a byte order mark. Blank lines and spaces around values are dropped.
 *
 * @param what the table's name in sentences, such as “the clip list”.
 * @throws Error with a sentence naming the table if it cannot be read, is empty or is not CSV.
 */
export async function readTable(path: string, what: string): Promise<Table> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${what} ${path} cannot be read: ${String((cause as Error).message)}`, { cause });
  });
  const noCsv = (why: string): Error => new Error(`${what} ${path} is no CSV: ${why}`);
  // A quote inside quotes is doubled, so the number of quotes is even.
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) throw noCsv('a quote is not closed');
  let header: readonly string[] | undefined;
  const rows: (readonly string[])[] = [];
  let line = 1;
  for (const row of csvParseRows(text.replace(/^\uFEFF/, ''))) {
    const values = row.map((value) => value.trim());
    if (values.join('') !== '' || values.length > 1) {
      header ??= values;
      if (values.length !== header.length) {
        throw noCsv(`line ${line} has ${values.length} columns, and the header has ${header.length}`);
      }
      if (values !== header) rows.push(values);
    }
    line += 1 + row.join('').split('\n').length - 1;
  }
  if (header === undefined) throw new Error(`${what} ${path} is empty`);
  return { header, rows };
}
