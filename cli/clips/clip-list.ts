import { findClipColumns, listedClip, readClipTable } from '../../src/shared/lib/files/clip-table';
import { columnIndex } from '../../src/shared/lib/files/list-table';
import { isLabelName, labelIdOf } from '../../src/ui/messages/label-ids';
import { readTableText, unevenRow } from './csv';

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
 * Reads a list of clips with the columns `file`, `labels` (ids or names, separated by `;` or each in a row of its own)
 * and, optionally, `fold`; or one that says so in other words, see {@link findClipColumns}.
 *
 * @param neededColumns columns that the list must have besides `file` and `labels`.
 * @throws Error with a sentence naming the list if it cannot be read, is not CSV, has no rows, or lacks a column.
 */
export async function readClipList(path: string, neededColumns: readonly 'fold'[] = []): Promise<ClipRow[]> {
  const what = 'the clip list';
  const table = readClipTable(await readTableText(path, what));
  const { header, rows, separator } = table;
  const columns = findClipColumns(table);
  const lacks = (column: string): Error =>
    new Error(`${what} ${path} has no column "${column}"; its first line names the columns, such as file,labels`);
  if (header.length === 0) throw new Error(`${what} ${path} is empty`);
  if (typeof columns === 'string') throw lacks(columns);
  for (const column of neededColumns) if (columnIndex(header, column) < 0) throw lacks(column);
  const last = Math.max(columns.file, ...columns.labels.slice(0, 1));
  const uneven = rows.find(({ cells }) => cells.length > header.length || cells.length <= last);
  if (uneven) throw unevenRow(path, what, uneven, header);
  const fold = columnIndex(header, 'fold');
  const clips = new Map<string, ClipRow>();
  for (const [i, row] of rows.entries()) {
    const listed = listedClip(row, columns, separator, isLabelName);
    if (listed === undefined) continue;
    const { file } = listed;
    if (file === '') throw new Error(`${what} ${path} names no file in row ${i + 1}`);
    // A file can have a row for each of its labels.
    const known = clips.get(file);
    const labels = [...new Set([...(known?.labels ?? []), ...listed.labels.map(labelIdOf)])];
    clips.set(file, known ? { ...known, labels } : { file, labels, fold: row.cells[fold] ?? '' });
  }
  if (clips.size === 0) throw new Error(`${what} ${path} has no rows`);
  return [...clips.values()];
}
