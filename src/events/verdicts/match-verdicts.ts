import type { SoundEvent, Verdict } from '../../shared/contracts/sound-event';
import type { VerdictRow } from './verdict-table';

/** What is needed of an event to match it. */
export type Matched = Pick<SoundEvent, 'id' | 'label' | 'labelName' | 'startMs' | 'endMs' | 'verdict'>;

/** A row that names another label than its event must cover this share of both together. */
const LEAST_SHARE = 0.5;

/** Every name under which a table may know a label, to its id. */
export type LabelIds = (text: string) => string | undefined;

/** What rows say of events. */
export class VerdictMatcher {
  readonly #rows: readonly Placed[];
  readonly #labelIds: LabelIds;
  readonly #byId = new Map<string, Placed>();
  readonly #verdicts = new Map<string, { readonly verdict: Verdict; readonly before: Verdict | undefined }>();
  /** Rows that may overlap the next event. */
  #active: Placed[] = [];
  #next = 0;

  /** @param originMs when second 0 of the rows is, in milliseconds since the epoch. */
  constructor(rows: readonly VerdictRow[], originMs: number, labelIds: LabelIds) {
    this.#labelIds = labelIds;
    this.#rows = rows.map((row) => placed(row, originMs, labelIds)).sort((a, b) => a.startMs - b.startMs);
    for (const row of this.#rows) if (row.row.id !== undefined) this.#byId.set(row.row.id, row);
  }

  /** Compares an event with the rows. The next one may not start before it. */
  take(event: Matched): void {
    while ((this.#rows[this.#next]?.startMs ?? Number.POSITIVE_INFINITY) <= event.endMs) {
      this.#active.push(this.#rows[this.#next++] as Placed);
    }
    this.#active = this.#active.filter(({ endMs }) => endMs >= event.startMs);
    const row = this.#byId.get(event.id) ?? this.#rowAt(event);
    if (!row) return;
    row.isMatched = true;
    this.#verdicts.set(event.id, { verdict: this.#verdictOf(row, event), before: event.verdict });
  }

  /** Verdicts by the event's id, with those that a person gave before. */
  get verdicts(): ReadonlyMap<string, { readonly verdict: Verdict; readonly before: Verdict | undefined }> {
    return this.#verdicts;
  }

  /** Rows that fit some event. */
  get matchedRows(): number {
    return this.#rows.reduce((count, { isMatched }) => count + (isMatched ? 1 : 0), 0);
  }

  /** The row about an event: one with its label that touches it, or another one that lies where it does. */
  #rowAt(event: Matched): Placed | undefined {
    const touching = this.#active.filter(({ startMs, row }) => startMs <= event.endMs && row.id === undefined);
    return (
      touching.find(({ label }) => label === event.label) ??
      touching.find((row) => row.row.verdict === undefined && shareOf(row, event) >= LEAST_SHARE)
    );
  }

  #verdictOf({ row, label }: Placed, event: Matched): Verdict {
    // A person may have named the right label by its name.
    if (row.verdict?.answer === 'other') {
      return { answer: 'other', label: this.#labelIds(row.verdict.label) ?? row.verdict.label };
    }
    return row.verdict ?? (label === event.label ? { answer: 'right' } : { answer: 'other', label });
  }
}

/** A row in the time of the diary. */
interface Placed {
  readonly row: VerdictRow;
  readonly startMs: number;
  readonly endMs: number;
  /** Id of the label, or its name if it has none. */
  readonly label: string;
  isMatched: boolean;
}

function placed(row: VerdictRow, originMs: number, labelIds: LabelIds): Placed {
  return {
    row,
    startMs: originMs + 1000 * row.startSeconds,
    endMs: originMs + 1000 * row.endSeconds,
    label: labelIds(row.label) ?? row.label,
    isMatched: false,
  };
}

/** What a row and an event share of the time that they cover together. */
function shareOf(row: Pick<Placed, 'startMs' | 'endMs'>, event: Matched): number {
  const both = Math.min(row.endMs, event.endMs) - Math.max(row.startMs, event.startMs);
  const together = Math.max(row.endMs, event.endMs) - Math.min(row.startMs, event.startMs);
  return together <= 0 ? 1 : both / together;
}

/** Rows that are compared to find the origin. */
const MOST_COMPARED = 64;
/** Starts of a label that are compared with each of them: the newest. */
const MOST_STARTS = 20_000;
/** People place labels by hand about this well. */
const BY_HAND_MS = 1000;
/** Programs round times less than this. */
const BY_PROGRAM_MS = 20;

/**
 * When second 0 of a table was: the moment at which most of its rows fit an event's start.
 *
 * @param startsOf gives the starts of a label's events, newest first. @returns undefined if no row has a label that was
 * heard.
 */
export async function findOriginMs(
  rows: readonly VerdictRow[],
  labelIds: LabelIds,
  startsOf: (label: string) => Promise<Float64Array>,
): Promise<number | undefined> {
  const origins: number[] = [];
  const step = Math.max(1, rows.length / MOST_COMPARED);
  for (let at = 0; at < rows.length; at += step) {
    const row = rows[Math.floor(at)] as VerdictRow;
    const label = labelIds(row.label);
    if (label === undefined) continue;
    const starts = (await startsOf(label)).subarray(0, MOST_STARTS);
    for (const startMs of starts) origins.push(startMs - 1000 * row.startSeconds);
  }
  const near = densest(Float64Array.from(origins).sort(), BY_HAND_MS);
  const exact = densest(near, BY_PROGRAM_MS);
  return middle(exact.length > near.length / 2 ? exact : near);
}

/** The window of a width that holds most of some ascending values; of equal ones the last. */
function densest(values: Float64Array, width: number): Float64Array {
  let [best, bestStart, start] = [0, 0, 0];
  for (let end = 1; end <= values.length; end++) {
    while ((values[end - 1] as number) - (values[start] as number) > width) start++;
    if (end - start >= best) [best, bestStart] = [end - start, start];
  }
  return values.subarray(bestStart, bestStart + best);
}

function middle(values: Float64Array): number | undefined {
  return values[values.length >> 1];
}
