import type { Verdict } from '../../shared/contracts/sound-event';
import { columnIndex } from '../../shared/lib/files/list-table';
import type { TableRow } from './table-rows';

/** What wrote a table, as far as its form tells. */
export type VerdictTableKind = 'audacity' | 'raven' | 'earmark' | 'kaleidoscope' | 'other';

/** What a row says of a stretch of sound. */
export interface VerdictRow {
  readonly line: number;
  /** Since second 0 of the table, or in seconds since the epoch if the table says when that was. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** The label's name or id. */
  readonly label: string;
  /** Id of an event, in Earmark's own tables. */
  readonly id?: string;
  /** Omitted: the row itself says that the label was there. */
  readonly verdict?: Verdict;
}

/** Why a row cannot be used. */
export type RowFault = 'no-number' | 'negative' | 'crossed' | 'no-label' | 'unknown-verdict';

/** The rows with a fault: how many, and the lines of the first. */
export interface FaultyRows {
  readonly fault: RowFault;
  readonly count: number;
  readonly lines: readonly number[];
}

export interface VerdictTable {
  readonly kind: VerdictTableKind;
  readonly rows: readonly VerdictRow[];
  readonly faulty: readonly FaultyRows[];
  /** Rows of Earmark's own tables that nobody has judged. */
  readonly unjudged: number;
  /** Columns that say nothing to Earmark. */
  readonly unknownColumns: readonly string[];
  /** Whether numbers had decimal commas. */
  readonly hasCommas: boolean;
  /** Whether the table says when its rows were heard; else it has seconds from a moment that it does not tell. */
  readonly isDated: boolean;
}

/** A table without columns for start, end and label. */
export class NoVerdictTable extends Error {
  constructor(readonly header: readonly string[]) {
    super('no-verdict-table');
  }
}

const MOST_LINES = 5;

/** What programs and people call columns, in English and German. What a person decided comes before what a program did. */
const names = {
  start: [
    'start_s',
    'Begin Time (s)',
    'Start (s)',
    'OFFSET',
    'start',
    'onset',
    'Anfang',
    'Anfang (s)',
    'Beginn',
    'Von',
  ],
  end: ['end_s', 'End Time (s)', 'End (s)', 'end', 'Ende', 'Ende (s)', 'Bis'],
  length: ['DURATION', 'length_s', 'Duration (s)', 'Delta Time (s)', 'Dauer', 'Dauer (s)'],
  name: ['name', 'Common Name', 'Annotation', 'MANUAL ID', 'TOP1MATCH', 'Species', 'Tags', 'Label', 'Klang', 'Art'],
  label: ['label', 'Scientific name', 'AUTO ID', 'TOP1MATCH'],
  verdict: ['verdict', 'Urteil'],
  rightLabel: ['right_label', 'Richtiger Klang'],
  startedAt: ['started_at'],
  id: ['id'],
  view: ['View'],
} as const;

type Part = keyof typeof names;
type Places = Readonly<Record<Part, number>>;

/** Columns of the formats that are known but say nothing about verdicts. */
const knownColumns = [
  'file, path, probability, mean_probability, peak_level_db, threshold, time_zone, model, head, note',
  'Selection, Channel, Low Freq (Hz), High Freq (Hz), Begin Path, File Offset (s), Confidence, INDIR, FOLDER, IN FILE, TOP1DIST',
].flatMap((list) => list.split(', '));

/** In English, as Earmark writes them, and in German. */
const verdictWords: ReadonlyMap<string, Verdict['answer']> = new Map([
  ['right', 'right'],
  ['richtig', 'right'],
  ['wrong', 'wrong'],
  ['falsch', 'wrong'],
  ['unsure', 'unsure'],
  ['unsicher', 'unsure'],
  ['other', 'other'],
  ['anderer klang', 'other'],
]);

/** Audacity's score at the end of a label. */
const SCORE = /\s+[01][.,]\d+$/;

/** @throws NoVerdictTable, and what `rows` throws. */
export async function readVerdictTable(rows: AsyncIterable<TableRow>): Promise<VerdictTable> {
  let reader: RowReader | undefined;
  for await (const row of rows) {
    if (!reader) {
      const form = formOf(row.cells);
      reader = new RowReader(form);
      if (form.isHeader) continue;
    }
    reader.take(row);
  }
  if (!reader) throw new NoVerdictTable([]);
  return reader.table();
}

/** How a table's rows are to be read. */
interface Form {
  readonly kind: VerdictTableKind;
  readonly places: Places;
  /** Whether the first row names the columns; else it is the first entry. */
  readonly isHeader: boolean;
  readonly isJson: boolean;
  readonly unknownColumns: readonly string[];
}

function formOf(first: readonly string[]): Form {
  if (first[0]?.startsWith('{')) return formOfJson(first[0]);
  const isAudacity = first.length >= 2 && first.slice(0, 2).every((cell) => /^-?\d+([.,]\d+)?$/.test(cell));
  if (!isAudacity) return formOfHeader(first);
  const places = { ...noPlaces, start: 0, end: 1, name: 2 };
  return { kind: 'audacity', places, isHeader: false, isJson: false, unknownColumns: [] };
}

/** Lines of JSON leave out what is unknown, so that the first says nothing about the others. */
function formOfJson(line: string): Form {
  const header = Object.keys(parsed(line) ?? {});
  if (!header.includes('start_s')) throw new NoVerdictTable(header);
  return { ...formOfHeader(jsonColumns), isHeader: false, isJson: true };
}

/** Of lines of JSON, as Earmark writes them. */
const jsonColumns = Object.values(names).map(([name]) => name);

const noPlaces = Object.fromEntries(Object.keys(names).map((part) => [part, -1])) as Places;

/** @throws NoVerdictTable */
function formOfHeader(header: readonly string[]): Form {
  // Kaleidoscope marks columns that nobody is to change.
  const columns = header.map((name) => name.replace(/\*$/, ''));
  const placeOf = (part: Part): number =>
    names[part].map((name) => columnIndex(columns, name)).find((place) => place >= 0) ?? -1;
  const places = Object.fromEntries(Object.keys(names).map((part) => [part, placeOf(part as Part)])) as Places;
  const hasTimes = places.start >= 0 && (places.end >= 0 || places.length >= 0);
  if (!hasTimes || (places.name < 0 && places.label < 0)) throw new NoVerdictTable(header);
  const known = new Set([...Object.values(places), ...knownColumns.map((name) => columnIndex(columns, name))]);
  const unknownColumns = header.filter((name, place) => name !== '' && !known.has(place));
  const has = (column: string): boolean => columnIndex(columns, column) >= 0;
  const kind = has('start_s')
    ? 'earmark'
    : has('Begin Time (s)')
      ? 'raven'
      : has('TOP1MATCH') || has('AUTO ID')
        ? 'kaleidoscope'
        : 'other';
  return { kind, places, isHeader: true, isJson: false, unknownColumns };
}

function parsed(json: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Collects the rows of one table. */
class RowReader {
  readonly #form: Form;
  readonly #rows: VerdictRow[] = [];
  readonly #faulty = new Map<RowFault, { count: number; lines: number[] }>();
  #unjudged = 0;
  #hasCommas = false;
  /** As the first usable row says. */
  #isDated: boolean | undefined;

  constructor(form: Form) {
    this.#form = form;
  }

  take({ cells, line }: TableRow): void {
    const row = this.#form.isJson ? cellsOfJson(cells[0] ?? '') : cells;
    if (!row) {
      this.#leaveOut('no-number', line);
      return;
    }
    // Audacity's frequencies of the label above, and the second view of a selection in Raven.
    if (row[0] === '\\' || /^waveform/i.test(this.#cell(row, 'view'))) return;
    if (this.#form.places.verdict >= 0 && this.#cell(row, 'verdict') === '') {
      this.#unjudged++;
      return;
    }
    const read = this.#read(row, line);
    if (typeof read === 'string') this.#leaveOut(read, line);
    else this.#rows.push(read);
  }

  table(): VerdictTable {
    const { kind, unknownColumns } = this.#form;
    return {
      ...{ kind, unknownColumns },
      rows: this.#rows,
      faulty: [...this.#faulty].map(([fault, { count, lines }]) => ({ fault, count, lines })),
      unjudged: this.#unjudged,
      hasCommas: this.#hasCommas,
      isDated: this.#isDated ?? false,
    };
  }

  #read(row: readonly string[], line: number): VerdictRow | RowFault {
    const { places, kind } = this.#form;
    const start = this.#number(this.#cell(row, 'start'));
    const length = places.end < 0 ? this.#number(this.#cell(row, 'length')) : 0;
    const end = places.end < 0 ? start + length : this.#number(this.#cell(row, 'end'));
    if (!Number.isFinite(start) || !Number.isFinite(end)) return 'no-number';
    if (start < 0 || end < 0) return 'negative';
    if (end < start) return 'crossed';
    const text = this.#cell(row, 'name') || this.#cell(row, 'label');
    const label = kind === 'audacity' ? text.replace(SCORE, '') : text;
    if (label === '') return 'no-label';
    const verdict = this.#verdict(row);
    if (verdict === 'unknown-verdict') return verdict;
    const id = this.#cell(row, 'id');
    const startedAt = this.#cell(row, 'startedAt');
    this.#isDated ??= startedAt !== '';
    const startSeconds = this.#isDated ? Date.parse(startedAt) / 1000 : start;
    if (!Number.isFinite(startSeconds)) return 'no-number';
    return {
      ...{ line, startSeconds, label },
      endSeconds: startSeconds + end - start,
      ...(id !== '' && { id }),
      ...(verdict && { verdict }),
    };
  }

  #verdict(row: readonly string[]): Verdict | 'unknown-verdict' | undefined {
    if (this.#form.places.verdict < 0) return undefined;
    const answer = verdictWords.get(this.#cell(row, 'verdict').toLowerCase());
    if (answer === undefined) return 'unknown-verdict';
    if (answer !== 'other') return { answer };
    const label = this.#cell(row, 'rightLabel');
    return label === '' ? 'unknown-verdict' : { answer, label };
  }

  /** An apostrophe keeps a spreadsheet from running a text as a formula. */
  #cell(row: readonly string[], part: Part): string {
    return (row[this.#form.places[part]] ?? '').replace(/^'(?=[=+\-@])/, '');
  }

  #number(text: string): number {
    const isComma = /^-?\d+,\d+$/.test(text);
    if (isComma) this.#hasCommas = true;
    return text === '' ? Number.NaN : Number(isComma ? text.replace(',', '.') : text);
  }

  #leaveOut(fault: RowFault, line: number): void {
    const known = this.#faulty.get(fault) ?? { count: 0, lines: [] };
    this.#faulty.set(fault, known);
    known.count++;
    if (known.lines.length < MOST_LINES) known.lines.push(line);
  }
}

function cellsOfJson(line: string): string[] | undefined {
  const value = parsed(line);
  return value && jsonColumns.map((column) => String(value[column] ?? ''));
}
