import { csvFormatRows } from 'd3-dsv';
import { type ClipInfo, labelId, MOST_LABELS, type TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError, problemOf } from '../../shared/contracts/messages/problem';
import { type ClipColumns, findClipColumns, listedClip, readClipTable } from '../../shared/lib/files/clip-table';
import { baseName, lastPart } from '../../shared/lib/files/file-names';
import { type DateOrder, dateOrder, parseListDate } from '../../shared/lib/files/list-dates';
import { columnIndex, type ListRow, type ListTable, readListTable, yesOrNo } from '../../shared/lib/files/list-table';
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

/**
 * The layout of all Earmark clip lists: `labels.csv` with the columns `file` and `labels`, the files in `clips/`, and
 * `label-names.csv` with the labels' names.
 */
export const LABEL_NAMES = 'label-names.csv';
/** The list of a data set, as Earmark writes it. Lists from elsewhere can have other names. */
export const CLIP_LIST = 'labels.csv';

/** Columns of `labels.csv`, as Earmark writes it. Lists from elsewhere need only the first two, by whatever name. */
const clipColumns = ['file', 'labels', 'name', 'keptAt', 'reviewed', 'fileName'];
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
  const { header, rows } = readListTable(text);
  const columns = nameColumns.map((column) => {
    const index = columnIndex(header, column);
    if (index < 0) throw new EarmarkError({ code: 'list-column-missing', list: LABEL_NAMES, column });
    return index;
  });
  return rows.map((row, i) =>
    inRow(LABEL_NAMES, i, () => {
      requireLength(row, header, columns);
      const [id = '', name = ''] = columns.map((index) => row.cells[index] as string);
      // The id of a long name can be too long for a name, and a model may name a label differently from its id.
      if (id !== labelId(name) && id !== labelId(id)) throw new EarmarkError({ code: 'list-label-id', label: id });
      if (ids.has(id)) throw new EarmarkError({ code: 'list-label-twice', label: id });
      ids.add(id);
      return { id, name };
    }),
  );
}

/** Whether a text is a list of clips: it says which files there are, and what sounds in them. */
export function isClipList(text: string): boolean {
  return typeof findClipColumns(readClipTable(text)) === 'object';
}

/** Finds a label that is known by an id or name. */
export type FindLabel = (text: string) => TaughtLabel | undefined;

/**
 * Reads `labels.csv`. A list from elsewhere may have other columns. It may omit `name` or leave it empty (the file's
 * name is used), `keptAt`, `reviewed` (no is assumed: nobody here has looked at the clip, and unreviewed clips train
 * nothing) and `fileName` (the file's own name is used). Its labels may be ids or names, several in a row or each in a
 * row of its own.
 *
 * @param names of labels; a missing one is named after its id, in words.
 * @param shipped finds labels of the model.
 * @throws EarmarkError list-column-missing, list-row-damaged or list-too-many-labels.
 */
export function parseClipList(text: string, names: readonly TaughtLabel[], shipped: FindLabel): DatasetRow[] {
  const list = CLIP_LIST;
  const table = readClipTable(text);
  const columns = findClipColumns(table);
  if (typeof columns === 'string') throw new EarmarkError({ code: 'list-column-missing', list, column: columns });
  const nameById = new Map(names.map(({ id, name }) => [id, name]));
  const find: FindLabel = (text) => {
    const name = nameById.get(text);
    return name === undefined ? shipped(text) : { id: text, name };
  };
  const isKnown = (text: string): boolean => find(text) !== undefined;
  const facts = new RowFacts(table);
  const rows = new Map<string, DatasetRow>();
  // By file and id. A file can have thousands of labels, each in a row of its own.
  const labelsOf = new Map<string, Map<string, TaughtLabel>>();
  for (const [i, row] of table.rows.entries()) {
    inRow(list, i, () => {
      const listed = listedClip(row, columns, table.separator, isKnown);
      if (listed === undefined) return;
      requireLength(row, table.header, neededColumns(columns));
      const { file } = listed;
      if (file === '') throw new EarmarkError({ code: 'list-file-unnamed' });
      const known = rows.get(file);
      const given = labelsOf.get(file) ?? new Map<string, TaughtLabel>();
      labelsOf.set(file, given);
      for (const text of listed.labels) {
        const label = find(text) ?? labelOf(text, nameById);
        if (!given.has(label.id)) given.set(label.id, label);
      }
      const { name, fileName, keptAtMs, reviewed } = facts.of(row);
      const first = {
        file,
        labels: [],
        name: nameOf(name, file, keptAtMs),
        ...originOf(fileName, file, keptAtMs),
        keptAtMs,
        reviewed,
      };
      rows.set(file, known ? { ...known, reviewed: known.reviewed && reviewed } : first);
    });
  }
  const labels = new Set([...labelsOf.values()].flatMap((given) => [...given.keys()])).size;
  if (labels > MOST_LABELS) throw new EarmarkError({ code: 'list-too-many-labels', labels, most: MOST_LABELS });
  return [...rows.values()].map((row) => ({ ...row, labels: [...(labelsOf.get(row.file)?.values() ?? [])] }));
}

/** What rows say of a clip besides its file and labels. */
class RowFacts {
  readonly #name: number;
  readonly #fileName: number;
  readonly #keptAt: number;
  readonly #reviewed: number;
  readonly #order: DateOrder;

  constructor({ header, rows }: ListTable) {
    const cellsOf = (index: number): string[] => rows.map(({ cells }) => cells[index] ?? '');
    // By these names a column of a list from elsewhere can tell something else: only then its cells decide.
    const foreign = (columns: readonly string[], isSuch: (cells: readonly string[]) => boolean): number =>
      columns.map((column) => columnIndex(header, column)).find((index) => index >= 0 && isSuch(cellsOf(index))) ?? -1;
    const own = (column: string): number => columnIndex(header, column);
    const areDates = (cells: readonly string[]): boolean => {
      const order = dateOrder(cells);
      return cells.every((cell) => cell === '' || parseListDate(cell, order) !== undefined);
    };
    const areAnswers = (cells: readonly string[]): boolean => cells.every((cell) => yesOrNo(cell) !== undefined);
    this.#name = own('name');
    this.#fileName = own('fileName');
    this.#keptAt = own('keptAt') >= 0 ? own('keptAt') : foreign(['date', 'datetime', 'Datum', 'timestamp'], areDates);
    this.#reviewed = own('reviewed') >= 0 ? own('reviewed') : foreign(['checked', 'geprüft', 'überprüft'], areAnswers);
    this.#order = dateOrder(cellsOf(this.#keptAt));
  }

  of({ cells }: ListRow): Pick<DatasetRow, 'keptAtMs' | 'reviewed'> & { name: string; fileName: string | undefined } {
    const keptAt = cells[this.#keptAt] ?? '';
    return {
      name: cells[this.#name] ?? '',
      fileName: cells[this.#fileName],
      keptAtMs: keptAt === '' ? undefined : parseDate(keptAt, this.#order),
      reviewed: parseYesNo(cells[this.#reviewed] ?? ''),
    };
  }
}

function neededColumns({ file, labels }: ClipColumns): number[] {
  return [file, ...labels.slice(0, 1)];
}

/** A row may end early, as those of spreadsheets do, but not before what it needs. */
function requireLength({ cells }: ListRow, header: readonly string[], needed: readonly number[]): void {
  if (cells.length <= header.length && needed.every((index) => index < cells.length)) return;
  throw new EarmarkError({ code: 'list-row-length', columns: cells.length, expected: header.length });
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

function labelOf(text: string, nameById: ReadonlyMap<string, string>): TaughtLabel {
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
