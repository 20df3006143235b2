import { csvFormatRows, csvParseRows } from 'd3-dsv';
import { type ClipInfo, labelId, type TaughtLabel } from '../../shared/contracts/clip';
import { baseName, quoted } from '../../shared/lib/file-names';

/** One row of a data set's `labels.csv`. */
export interface DatasetRow {
  /** Path of the sound, below the folder `clips` or beside the list. */
  readonly file: string;
  readonly labels: readonly TaughtLabel[];
  readonly name: string;
  /** Undefined where the list does not tell. */
  readonly keptAtMs: number | undefined;
  readonly reviewed: boolean;
}

/** Columns of `labels.csv`; lists from elsewhere need the first two alone. */
const clipColumns = ['file', 'labels', 'name', 'keptAt', 'reviewed'];
const nameColumns = ['id', 'name'];

/** Writes `labels.csv`: labels as ids with `;` between, `keptAt` in ISO 8601, `reviewed` as yes or no. */
export function formatClipList(clips: readonly { readonly file: string; readonly clip: ClipInfo }[]): string {
  const rows = clips.map(({ file, clip }) => [
    file,
    clip.labels.join(';'),
    clip.name,
    new Date(clip.keptAtMs).toISOString(),
    clip.reviewed ? 'yes' : 'no',
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
 * @throws RangeError with a sentence that names the row.
 */
export function parseLabelNames(text: string): TaughtLabel[] {
  const ids = new Set<string>();
  return records(text, 'label-names.csv', nameColumns).map(({ id = '', name = '' }, i) =>
    inRow('label-names.csv', i, () => {
      // The id of a long name can be too long for a name, and a model may call a label otherwise than its id says.
      if (id !== labelId(name) && id !== labelId(id)) throw new RangeError(`${quoted(id)} is no label’s id.`);
      if (ids.has(id)) throw new RangeError(`The label ${quoted(id)} comes twice.`);
      ids.add(id);
      return { id, name };
    }),
  );
}

/**
 * Reads `labels.csv`. A list from elsewhere may leave out `name` (then the file's), `keptAt`, and `reviewed` (then yes:
 * the list says what sounds in the clip), and have other columns. Its labels may be ids or names.
 *
 * @param names of labels; one that is not there is called by its id, in words.
 * @throws RangeError with a sentence that names the row or the column.
 */
export function parseClipList(text: string, names: readonly TaughtLabel[]): DatasetRow[] {
  const nameById = new Map(names.map(({ id, name }) => [id, name]));
  const files = new Set<string>();
  return records(text, 'labels.csv', clipColumns.slice(0, 2)).map((record, i) =>
    inRow('labels.csv', i, () => {
      const { file = '', labels = '', name = baseName(file), keptAt = '', reviewed = '' } = record;
      if (file === '') throw new RangeError('No file is named.');
      if (files.has(file)) throw new RangeError(`The file ${quoted(file)} comes twice.`);
      files.add(file);
      const texts = labels.split(';').map((label) => label.trim());
      return {
        file,
        labels: texts.filter((label) => label !== '').map((label) => labelOf(label, nameById)),
        name,
        keptAtMs: keptAt === '' ? undefined : parseDate(keptAt),
        reviewed: parseYesNo(reviewed),
      };
    }),
  );
}

/** The rows below the header, by column. */
function records(text: string, list: string, columns: readonly string[]): Record<string, string>[] {
  const [header = [], ...rows] = csvParseRows(text);
  for (const column of columns) {
    if (!header.includes(column)) throw new RangeError(`${list} has no column “${column}”.`);
  }
  return rows
    .filter((row) => row.join('') !== '')
    .map((row, i) => {
      if (row.length !== header.length) {
        throw new RangeError(`Row ${i + 1} of ${list} has ${row.length} columns, and the header has ${header.length}.`);
      }
      return Object.fromEntries(header.map((column, c) => [column, row[c] as string]));
    });
}

function labelOf(text: string, nameById: ReadonlyMap<string, string>): TaughtLabel {
  // An id of the list's own names can be longer than a name may be: it is taken as it is.
  const known = nameById.get(text);
  if (known !== undefined) return { id: text, name: known };
  const id = labelId(text);
  return { id, name: nameById.get(id) ?? text.replaceAll('_', ' ') };
}

function parseDate(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new RangeError(`${quoted(text)} in the column “keptAt” is no date like 2025-11-24T14:03:00Z.`);
  return ms;
}

function parseYesNo(text: string): boolean {
  if (text !== '' && text !== 'yes' && text !== 'no') {
    throw new RangeError(`${quoted(text)} in the column “reviewed” is neither yes nor no.`);
  }
  return text !== 'no';
}

/** Lets a sentence about row `index` say which row it is, counted from 1 below the header. */
function inRow<Result>(list: string, index: number, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new RangeError(`Row ${index + 1} of ${list}: ${(error as Error).message}`, { cause: error });
  }
}
