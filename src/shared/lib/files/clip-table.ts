import { isSoundName, plainPath } from './file-names';
import { columnIndex, type ListRow, type ListTable, labelsIn, readListTable, yesOrNo } from './list-table';

/** Where a list of clips says what: indices of columns. */
export interface ClipColumns {
  readonly file: number;
  /** Columns with the names or ids of labels. */
  readonly labels: readonly number[];
  /** Columns that are labels themselves: yes or no stands in them. */
  readonly marks: readonly { readonly index: number; readonly label: string }[];
}

/** A row of a list of clips. */
export interface ListedClip {
  /** In the form of {@link plainPath}; empty if the row names none. */
  readonly file: string;
  /** Names or ids, as they are written. */
  readonly labels: readonly string[];
}

/** Names of columns in lists of many origins, the likeliest first. */
const fileNames = [
  'file',
  'filename',
  'fname',
  'path',
  'filepath',
  'slice file name',
  'sound file',
  'audio',
  'audio file',
];
const germanFileNames = ['Datei', 'Dateiname', 'Dateipfad', 'Pfad', 'Audiodatei', 'Tondatei'];
const labelNames = [
  'label',
  'tag',
  'class',
  'category',
  'Klasse',
  'Kategorie',
  'Etikett',
  'Geräusch',
  'Klang',
  'Bezeichnung',
];
const pluralsOf: Readonly<Record<string, string>> = {
  class: 'classes',
  category: 'categories',
  Etikett: 'Etiketten',
  Geräusch: 'Geräusche',
  Klang: 'Klänge',
  Bezeichnung: 'Bezeichnungen',
};
/** What else can stand beside a column for each label. */
const besideMarks = ['fold', 'name', 'keptAt', 'reviewed', 'fileName', 'split', 'id'];

/** A table of labels has at least two: a single column of yes and no says something else about the sounds. */
const FEWEST_MARKS = 2;

/** Reads a list of clips as {@link readListTable} does. One of two columns, files and labels, needs no header. */
export function readClipTable(text: string): ListTable {
  const table = readListTable(text);
  const isFile = table.header.map(isSoundName);
  if (isFile.length !== 2 || isFile[0] === isFile[1]) return table;
  const header = isFile[0] ? ['file', 'labels'] : ['labels', 'file'];
  return { ...table, header, rows: [{ cells: table.header, line: 1 }, ...table.rows] };
}

/**
 * Finds the columns of a list of clips, whatever its origin: by their names in English or German, or by what stands in
 * them. The labels stand in one column, in several (`label1`, `label2`, or without a name behind the first), or each has
 * a column of its own with yes or no.
 *
 * @returns the name of the column that is missing, if one is.
 */
export function findClipColumns(table: ListTable): ClipColumns | 'file' | 'labels' {
  const { header, rows } = table;
  const file = fileColumn(table);
  if (file < 0) return 'file';
  const labels = labelColumns(header);
  if (labels.length > 0) return { file, labels, marks: [] };
  const beside = new Set([file, ...besideMarks.map((name) => columnIndex(header, name))]);
  const marks = header
    .map((label, index) => ({ index, label }))
    .filter(({ index, label }) => label !== '' && !beside.has(index));
  const isMarked = marks.every(({ index }) => rows.every(({ cells }) => yesOrNo(cells[index] ?? '') !== undefined));
  return isMarked && marks.length >= FEWEST_MARKS && rows.length > 0 ? { file, labels, marks } : 'labels';
}

/**
 * What a row says, or undefined if it says nothing of a clip: spreadsheets have rows with totals and remarks.
 *
 * @param isKnown see {@link labelsIn}.
 */
export function listedClip(
  { cells }: ListRow,
  { file, labels, marks }: ClipColumns,
  separator: string,
  isKnown: (text: string) => boolean,
): ListedClip | undefined {
  const path = plainPath(cells[file] ?? '');
  const named = labels.flatMap((index) => labelsIn(cells[index] ?? '', separator, isKnown));
  const marked = marks.filter(({ index }) => yesOrNo(cells[index] ?? '')).map(({ label }) => label);
  const isTotal = totalName.test(path) && named.every((label) => /^[\d.,]+$/.test(label));
  const isRemark = path === '' && named.length + marked.length === 0;
  return isTotal || isRemark ? undefined : { file: path, labels: [...named, ...marked] };
}

const totalName = /^((grand |sub)?total|sum|count|summe|gesamt(summe)?|anzahl)( *:.*)?$/i;

function fileColumn({ header, rows }: ListTable): number {
  const named = [...fileNames, ...germanFileNames].map((name) => columnIndex(header, name)).find((index) => index >= 0);
  if (named !== undefined || rows.length === 0) return named ?? -1;
  return header.findIndex((_, index) => rows.every(({ cells }) => isSoundName(cells[index] ?? '')));
}

function labelColumns(header: readonly string[]): number[] {
  for (const name of labelNames) {
    const several = pluralsOf[name] ?? `${name}${name.endsWith('e') ? 'n' : 's'}`;
    const indices = header.flatMap((column, index) => {
      const plain = column.replace(/[\s_.-]*\d+$/, '');
      return columnIndex([plain], name) === 0 || columnIndex([plain], several) === 0 ? [index] : [];
    });
    if (indices.length > 0) return withUnnamed(indices, header);
  }
  return [];
}

/** Columns right behind the labels that have no name hold more of them. */
function withUnnamed(indices: readonly number[], header: readonly string[]): number[] {
  const all = [...indices];
  for (let next = (indices.at(-1) as number) + 1; header[next] === ''; next++) all.push(next);
  return all;
}
