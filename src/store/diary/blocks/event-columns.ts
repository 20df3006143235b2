import type { SoundEvent } from '../../../shared/contracts/sound-event';
import { sortRuns } from './sort-runs';

/** Codes of answers in the column `verdicts`. */
export const verdictCodes = { none: 0, right: 1, wrong: 2, unsure: 3, other: 4 } as const;

/** Bits of the column `flags`. */
export const eventFlags = { clip: 1, note: 2, gone: 4 } as const;

/** In the column `others`: a person named no other label. */
const NO_NAME = 0xffff;

/** A label under one of the names that it had. */
export interface NamedLabel {
  readonly id: string;
  readonly name: string;
}

const columnTypes = {
  keys: Uint32Array,
  startsMs: Float64Array,
  durationsMs: Uint32Array,
  /** Index in `names`. */
  labels: Uint16Array,
  /** Index in `names` of the label that a person named instead. */
  others: Uint16Array,
  probabilities: Float32Array,
  thresholds: Float32Array,
  verdicts: Uint8Array,
  flags: Uint8Array,
} as const;

type ColumnName = keyof typeof columnTypes;
type Columns = { [Name in ColumnName]: InstanceType<(typeof columnTypes)[Name]> };

const columnNames = Object.keys(columnTypes) as ColumnName[];

/** Columns as they are stored, by ascending keys. */
export interface StoredColumns extends Readonly<Columns> {
  readonly names: readonly NamedLabel[];
  /** By place. */
  readonly notes: ReadonlyMap<number, string>;
}

/** Whether a value that was stored as columns still is some. */
export function areColumns(value: unknown): value is StoredColumns {
  const stored = value as StoredColumns | undefined;
  const count = stored?.keys?.length;
  return (
    stored !== undefined &&
    columnNames.every((name) => stored[name] instanceof columnTypes[name] && stored[name].length === count) &&
    Array.isArray(stored.names) &&
    stored.labels.every((label) => label < stored.names.length) &&
    stored.notes instanceof Map
  );
}

/** What questions about many events need of them, in columns: a million events take 30 MB. */
export class EventColumns {
  #columns: Columns;
  /** Places in use, including those of deleted events. */
  #length = 0;
  /** Places of the events that are there, by start. */
  #order: Uint32Array<ArrayBuffer>;
  #count = 0;
  readonly #names: NamedLabel[] = [];
  readonly #nameIndices = new Map<string, number>();
  readonly #notes = new Map<number, string>();
  #longestMs = 0;

  /** @param parts one after another, by ascending keys. */
  constructor(parts: readonly StoredColumns[] = []) {
    const length = parts.reduce((sum, { keys }) => sum + keys.length, 0);
    this.#columns = columnsOf(length + 1024);
    for (const part of parts) this.#append(part);
    this.#order = withRoom(sortRuns(this.#columns.startsMs, length));
    this.#count = length;
  }

  /** How many events there are. */
  get count(): number {
    return this.#count;
  }

  /** Every label under every name that it had. */
  get names(): readonly NamedLabel[] {
    return this.#names;
  }

  /** No event is longer. */
  get longestMs(): number {
    return this.#longestMs;
  }

  /** Read-only. */
  get columns(): Columns {
    return this.#columns;
  }

  /** Places of the events, by start; only the first {@link count} count. Read-only. */
  get order(): Uint32Array {
    return this.#order;
  }

  noteAt(place: number): string | undefined {
    return this.#notes.get(place);
  }

  /** Index in `names` of the label under which an event counts. */
  labelAt(place: number): number {
    const other = this.#columns.others[place] as number;
    return other === NO_NAME ? (this.#columns.labels[place] as number) : other;
  }

  has(key: number): boolean {
    return this.#placeOf(key) !== undefined;
  }

  /** Adds an event with the highest key so far, or replaces the one with that key. */
  put(key: number, event: SoundEvent): void {
    const known = this.#placeOf(key);
    // Its row was unusable when the others were read.
    if (known === undefined && this.#length > 0 && key <= (this.#columns.keys[this.#length - 1] as number)) return;
    const place = known ?? this.#newPlace();
    if (known !== undefined) this.#leaveOrder(known);
    this.#fill(place, key, event);
    this.#enterOrder(place);
  }

  delete(key: number): void {
    const place = this.#placeOf(key);
    if (place === undefined) return;
    this.#leaveOrder(place);
    this.#notes.delete(place);
    this.#columns.flags[place] = eventFlags.gone;
  }

  /** The same to be stored. Deleted events are left out. */
  stored(): StoredColumns {
    const places = Uint32Array.from(this.#order.subarray(0, this.#count)).sort();
    const stored = columnsOf(places.length);
    const notes = new Map<number, string>();
    for (const [to, from] of places.entries()) {
      for (const name of columnNames) stored[name][to] = this.#columns[name][from] as number;
      const note = this.#notes.get(from);
      if (note !== undefined) notes.set(to, note);
    }
    return { ...stored, names: [...this.#names], notes };
  }

  /** How many events started before a moment. */
  countBefore(ms: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#columns.startsMs[this.#order[middle] as number] as number) < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #append(part: StoredColumns): void {
    const start = this.#length;
    for (const name of columnNames) this.#columns[name].set(part[name], start);
    const indices = part.names.map((label) => this.#nameIndex(label));
    const { labels, others, durationsMs } = this.#columns;
    this.#length += part.keys.length;
    for (let place = start; place < this.#length; place++) {
      labels[place] = indices[labels[place] as number] as number;
      const other = others[place] as number;
      if (other !== NO_NAME) others[place] = indices[other] as number;
      this.#longestMs = Math.max(this.#longestMs, durationsMs[place] as number);
    }
    for (const [place, note] of part.notes) this.#notes.set(start + place, note);
  }

  #fill(place: number, key: number, event: SoundEvent): void {
    const { verdict, note, clip } = event;
    const durationMs = Math.min(0xffffffff, Math.max(0, Math.round(event.endMs - event.startMs)));
    const values: Record<ColumnName, number> = {
      keys: key,
      startsMs: event.startMs,
      durationsMs: durationMs,
      labels: this.#nameIndex({ id: event.label, name: event.labelName }),
      others: verdict?.answer === 'other' ? this.#nameIndex(this.#labelOf(verdict.label)) : NO_NAME,
      probabilities: event.peakProbability,
      thresholds: event.threshold,
      verdicts: verdictCodes[verdict?.answer ?? 'none'],
      flags: (clip === undefined ? 0 : eventFlags.clip) | (note === undefined ? 0 : eventFlags.note),
    };
    for (const name of columnNames) this.#columns[name][place] = values[name];
    if (note === undefined) this.#notes.delete(place);
    else this.#notes.set(place, note);
    this.#longestMs = Math.max(this.#longestMs, durationMs);
  }

  /** A verdict names a label by its id alone. */
  #labelOf(id: string): NamedLabel {
    return this.#names.find((label) => label.id === id) ?? { id, name: id.replaceAll('_', ' ') };
  }

  #nameIndex({ id, name }: NamedLabel): number {
    const both = `${id}\n${name}`;
    const known = this.#nameIndices.get(both);
    if (known !== undefined) return known;
    this.#nameIndices.set(both, this.#names.length);
    return this.#names.push({ id, name }) - 1;
  }

  #placeOf(key: number): number | undefined {
    const { keys, flags } = this.#columns;
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    const isThere = low < this.#length && keys[low] === key && !((flags[low] as number) & eventFlags.gone);
    return isThere ? low : undefined;
  }

  #newPlace(): number {
    if (this.#length === this.#columns.keys.length) {
      const larger = columnsOf(2 * this.#length);
      for (const name of columnNames) larger[name].set(this.#columns[name]);
      this.#columns = larger;
    }
    return this.#length++;
  }

  /** New events are nearly always the latest, so that few move. */
  #enterOrder(place: number): void {
    if (this.#count === this.#order.length) this.#order = withRoom(this.#order);
    const at = this.countBefore((this.#columns.startsMs[place] as number) + 0.5);
    this.#order.copyWithin(at + 1, at, this.#count);
    this.#order[at] = place;
    this.#count++;
  }

  #leaveOrder(place: number): void {
    let at = this.countBefore(this.#columns.startsMs[place] as number);
    while (this.#order[at] !== place) at++;
    this.#order.copyWithin(at, at + 1, this.#count);
    this.#count--;
  }
}

function columnsOf(length: number): Columns {
  return Object.fromEntries(columnNames.map((name) => [name, new columnTypes[name](length)])) as Columns;
}

function withRoom(order: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(order.length + Math.max(1024, order.length >> 3));
  larger.set(order);
  return larger;
}
