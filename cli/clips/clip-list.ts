import { readTable } from './csv';

/** One row of a clip list. */
export interface ClipRow {
  /** Path in the list's root folder. */
  readonly file: string;
  /** Label ids, each once; several if sounds overlap, none if no label sounds. */
  readonly labels: readonly string[];
  /** Clips of one recording share a fold; empty if the list has none. */
  readonly fold: string;
}

/**
 * Reads a CSV list of clips with the columns `file`, `labels` (ids separated by `;`) and, optionally, `fold`.
 *
 * @param neededColumns columns that the list must have besides `file` and `labels`.
 * @throws Error with a sentence naming the list if it cannot be read, is not CSV, has no rows, or lacks a column.
 */
export async function readClipList(path: string, neededColumns: readonly 'fold'[] = []): Promise<ClipRow[]> {
  const { header, rows } = await readTable(path, 'the clip list');
  for (const column of ['file', 'labels', ...neededColumns]) {
    if (!header.includes(column)) throw new Error(`the clip list ${path} has no column "${column}"`);
  }
  if (rows.length === 0) throw new Error(`the clip list ${path} has no rows`);
  const columns = { file: header.indexOf('file'), labels: header.indexOf('labels'), fold: header.indexOf('fold') };
  return rows.map((row, i) => {
    const file = row[columns.file] as string;
    if (file === '') throw new Error(`the clip list ${path} names no file in row ${i + 1}`);
    const ids = (row[columns.labels] as string).split(';').map((label) => label.trim());
    return { file, labels: [...new Set(ids)].filter((id) => id !== ''), fold: row[columns.fold] ?? '' };
  });
}
