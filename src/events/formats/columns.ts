import { type EventRow, isoTime } from './event-row';

/** One column of Earmark's own tables. */
export type Column = TextColumn | NumberColumn;

interface TextColumn {
  readonly name: string;
  readonly kind: 'text';
  readonly value: (row: EventRow) => string | undefined;
}

interface NumberColumn {
  readonly name: string;
  readonly kind: 'number';
  readonly decimals: number;
  readonly value: (row: EventRow) => number | undefined;
}

function text(name: string, value: TextColumn['value']): TextColumn {
  return { name, kind: 'text', value };
}

function number(name: string, decimals: number, value: NumberColumn['value']): NumberColumn {
  return { name, kind: 'number', decimals, value };
}

/** The columns of Earmark's own tables, for CSV, JSON Lines and Parquet alike. A missing value is an empty cell. */
export const columns: readonly Column[] = [
  text('file', ({ file }) => file.name),
  text('path', ({ file }) => file.path),
  number('start_s', 3, (row) => row.startSeconds),
  number('end_s', 3, (row) => row.endSeconds),
  text('label', (row) => row.label),
  text('name', (row) => row.labelName),
  number('probability', 4, (row) => row.probability),
  number('mean_probability', 4, (row) => row.meanProbability),
  number('peak_level_db', 1, (row) => row.peakLevelDb),
  number('threshold', 4, (row) => row.threshold),
  text('started_at', ({ startedAt }) => startedAt && isoTime(startedAt)),
  text('time_zone', (row) => row.timeZone),
  text('model', (row) => row.model),
  text('head', (row) => row.head),
  text('verdict', (row) => row.verdict),
  text('right_label', (row) => row.rightLabel),
  text('note', (row) => row.note),
  text('id', (row) => row.id),
];

/** A number with its column's decimals; undefined if it is missing or not finite, like the level of silence. */
export function rounded(column: NumberColumn, row: EventRow): number | undefined {
  const value = column.value(row);
  return value === undefined || !Number.isFinite(value) ? undefined : Number(value.toFixed(column.decimals));
}
