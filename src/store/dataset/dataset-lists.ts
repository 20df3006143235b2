import { csvFormatRows } from 'd3-dsv';
import { type ClipInfo, labelId, MOST_LABELS, type TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError, problemOf } from '../../shared/contracts/messages/problem';
import { baseName, lastPart, plainPath } from '../../shared/lib/files/file-names';
import { type DateOrder, dateOrder, parseListDate } from '../../shared/lib/files/list-dates';
import { columnIndex, labelsIn, readListTable, yesOrNo } from '../../shared/lib/files/list-table';
import { givenName } from '../clips/given-name';

/** One row of a data set's `labels.csv`. */
export interface DatasetRow {
  /** Path of the sound, in the folder `clips` or next to the list. */
  readonly file: string;
  readonly labels: readonly TaughtLabel[];
  readonly name: string;
  /** See `ClipInfo.fileName`. */
  readonly fileName?: string;
  /** Undefined if the list does not say. */
  readonly keptAtMs: number | undefined;
  readonly reviewed: boolean;
}

/** Columns of `labels.csv`. Lists from elsewhere need only the first two. */
const clipColumns = ['file', 'labels', 'name', 'keptAt', 'reviewed', 'fileName'];
const neededColumns = ['file', 'labels'];
const nameColumns = ['id', 'name'];

/**
 * Writes `labels.csv`: labels as ids separated by `;`, `keptAt` in ISO 8601, `reviewed` as yes or no. `fileName` is the
 * name of the file that a clip was first imported from; `file` is its path in the zip.
 */
export function formatClipList(clips: readonly { readonly file: string; readonly clip: ClipInfo }[]): string {
  const rows = clips.map(({ file, clip }) => [
    file,
    clip.labels.join(';'),
    clip.name,
    new Date(clip.keptAtMs).toISOString(),
    clip.reviewed ? 'yes' : 'no',
    clip.fileName ?? '',
  ]);
  return `${csvFormatRows([clipColumns, ...rows])}\n`;
}

/** Writes `label-names.csv`. */
export function formatLabelNames(labels: readonly TaughtLabel[]): string {
  return `${csvFormatRows([nameColumns, ...labels.map(({ id, name }) => [id, name])])}\n`;
}

/**
 * Reads `label-names.csv`.
 *
 * @throws EarmarkError list-column-missing or list-row-damaged.
 */
export function parseLabelNames(text: string): TaughtLabel[] {
  const ids = new Set<string>();
  return records(text, 'label-names.csv', nameColumns, nameColumns).records.map(({ id = '', name = '' }, i) =>
    inRow('label-names.csv', i, () => {
      // The id of a long name can be too long for a name, and a model may name a label differently from its id.
      if (id !== labelId(name) && id !== labelId(id)) throw new EarmarkError({ code: 'list-label-id', label: id });
      if (ids.has(id)) throw new EarmarkError({ code: 'list-label-twice', label: id });
      ids.add(id);
      return { id, name };
    }),
  );
}

/** Whether a text is a list of clips: it has the columns that every such list needs. */
export function isClipList(text: string): boolean {
  const { header } = readListTable(text);
  return neededColumns.every((column) => columnIndex(header, column) >= 0);
}

/**
 * Reads `labels.csv`. A list from elsewhere may have other columns. It may omit `name` or leave it empty (the file's
 * name is used), `keptAt`, `reviewed` (no is assumed: nobody here has looked at the clip, and unreviewed clips train
 * nothing) and `fileName` (the file's own name is used). Its labels may be ids or names, several in a row or each in a
 * row of its own.
 *
 * @param names of labels; a missing one is named after its id, in words.
 * @throws EarmarkError list-column-missing, list-row-damaged or list-too-many-labels.
 */
export function parseClipList(text: string, names: readonly TaughtLabel[]): DatasetRow[] {
  const nameById = new Map(names.map(({ id, name }) => [id, name]));
  const table = records(text, 'labels.csv', clipColumns, neededColumns);
  const order = dateOrder(table.records.map(({ keptAt = '' }) => keptAt));
  const rows = new Map<string, DatasetRow>();
  // By file and id. A file can have thousands of labels, each in a row of its own.
  const labelsOf = new Map<string, Map<string, TaughtLabel>>();
  for (const [i, record] of table.records.entries()) {
    inRow('labels.csv', i, () => {
      const { labels = '', name = '', keptAt = '', reviewed = '', fileName } = record;
      const file = plainPath(record.file ?? '');
      if (file === '') throw new EarmarkError({ code: 'list-file-unnamed' });
      const known = rows.get(file);
      const keptAtMs = keptAt === '' ? undefined : parseDate(keptAt, order);
      const isReviewed = parseYesNo(reviewed);
      const given = labelsOf.get(file) ?? new Map<string, TaughtLabel>();
      labelsOf.set(file, given);
      for (const text of labelsIn(labels, table.separator)) {
        const label = labelOf(text, nameById);
        if (!given.has(label.id)) given.set(label.id, label);
      }
      const row = {
        file,
        labels: [],
        name: nameOf(name, file, keptAtMs),
        ...originOf(fileName, file, keptAtMs),
        keptAtMs,
        reviewed: isReviewed,
      };
      rows.set(file, known ? { ...known, reviewed: known.reviewed && isReviewed } : row);
    });
  }
  const labels = new Set([...labelsOf.values()].flatMap((given) => [...given.keys()])).size;
  if (labels > MOST_LABELS) throw new EarmarkError({ code: 'list-too-many-labels', labels, most: MOST_LABELS });
  return [...rows.values()].map((row) => ({ ...row, labels: [...(labelsOf.get(row.file)?.values() ?? [])] }));
}

/**
 * The name that the list gives a clip, or else its file's name. A file from Earmark's own export whose name holds only
 * a number belongs to an unnamed clip.
 */
function nameOf(name: string, file: string, keptAtMs: number | undefined): string {
  if (name !== '') return keptAtMs === undefined ? name : givenName(name, keptAtMs);
  const ofFile = baseName(file);
  return keptAtMs !== undefined && /^\d+$/.test(ofFile) ? '' : ofFile;
}

/**
 * The name of the file that a sound first came from. Lists from elsewhere have no such column: there it is the file
 * itself. Numbered files with a date come from exports of older versions of Earmark, which did not keep it.
 */
function originOf(
  fileName: string | undefined,
  file: string,
  keptAtMs: number | undefined,
): Pick<DatasetRow, 'fileName'> {
  if (fileName !== undefined) return fileName.trim() === '' ? {} : { fileName: fileName.trim() };
  return keptAtMs !== undefined && /^\d+( .*)?\.wav$/.test(file) ? {} : { fileName: lastPart(file) };
}

/** The rows below the header, by column. Those of `columns` are found in any spelling. */
function records(
  text: string,
  list: string,
  columns: readonly string[],
  needed: readonly string[],
): { records: Record<string, string>[]; separator: string } {
  const { header, rows, separator } = readListTable(text);
  const indexes = columns.map((column) => [column, columnIndex(header, column)] as const);
  for (const [column, index] of indexes) {
    if (index < 0 && needed.includes(column)) throw new EarmarkError({ code: 'list-column-missing', list, column });
  }
  const present = indexes.filter(([, index]) => index >= 0);
  return {
    separator,
    records: rows.map(({ cells }, i) => {
      if (cells.length !== header.length) {
        const reason = { code: 'list-row-length', columns: cells.length, expected: header.length } as const;
        throw new EarmarkError({ code: 'list-row-damaged', list, row: i + 1, reason });
      }
      return Object.fromEntries(present.map(([column, index]) => [column, cells[index] as string]));
    }),
  };
}

function labelOf(text: string, nameById: ReadonlyMap<string, string>): TaughtLabel {
  // An id from the list's own names can be longer than a name may be. It is used as it is.
  const known = nameById.get(text);
  if (known !== undefined) return { id: text, name: known };
  const id = labelId(text);
  return { id, name: nameById.get(id) ?? text.replaceAll('_', ' ') };
}

function parseDate(text: string, order: DateOrder): number {
  const ms = parseListDate(text, order);
  if (ms === undefined) {
    throw new EarmarkError({ code: 'list-date', text, column: 'keptAt', example: '2025-11-24T14:03:00Z' });
  }
  return ms;
}

function parseYesNo(text: string): boolean {
  const answer = yesOrNo(text);
  if (answer === undefined) throw new EarmarkError({ code: 'list-yes-no', text, column: 'reviewed' });
  return answer;
}

/** Adds the row to a problem with row `index`. Rows count from 1, starting below the header. */
function inRow<Result>(list: string, index: number, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const reason = problemOf(error);
    throw new EarmarkError({ code: 'list-row-damaged', list, row: index + 1, reason }, { cause: error });
  }
}
