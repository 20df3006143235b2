import { plainPath } from '../../src/shared/lib/files/file-names';
import { columnIndex, labelsIn } from '../../src/shared/lib/files/list-table';
import { labelIdOf } from '../../src/ui/messages/label-ids';
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
 * Reads a list of clips with the columns `file`, `labels` (ids or names, separated by `;` or each in a row of its own)
 * and, optionally, `fold`.
 *
 * @param neededColumns columns that the list must have besides `file` and `labels`.
 * @throws Error with a sentence naming the list if it cannot be read, is not CSV, has no rows, or lacks a column.
 */
export async function readClipList(path: string, neededColumns: readonly 'fold'[] = []): Promise<ClipRow[]> {
  const { header, rows, separator } = await readTable(path, 'the clip list');
  for (const column of ['file', 'labels', ...neededColumns]) {
    if (columnIndex(header, column) < 0) throw new Error(`the clip list ${path} has no column "${column}"`);
  }
  if (rows.length === 0) throw new Error(`the clip list ${path} has no rows`);
  const columns = {
    file: columnIndex(header, 'file'),
    labels: columnIndex(header, 'labels'),
    fold: columnIndex(header, 'fold'),
  };
  const clips = new Map<string, ClipRow>();
  for (const [i, row] of rows.entries()) {
    const file = plainPath(row[columns.file] as string);
    if (file === '') throw new Error(`the clip list ${path} names no file in row ${i + 1}`);
    const ids = labelsIn(row[columns.labels] as string, separator).map(labelIdOf);
    // A file can have a row for each of its labels.
    const known = clips.get(file);
    const labels = [...new Set([...(known?.labels ?? []), ...ids])];
    clips.set(file, known ? { ...known, labels } : { file, labels, fold: row[columns.fold] ?? '' });
  }
  return [...clips.values()];
}
