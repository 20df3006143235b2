import { findOriginMs, type LabelIds, VerdictMatcher } from '../../events/verdicts/match-verdicts';
import { tableRows } from '../../events/verdicts/table-rows';
import { readVerdictTable, type VerdictTable } from '../../events/verdicts/verdict-table';
import type { Verdict } from '../../shared/contracts/sound-event';
import { groupBy } from '../../shared/lib/group-by';
import type { DiaryCommands } from './diary-state';

/** Events that are read at once. */
const PAGE_EVENTS = 8192;
/** Events that are judged in one transaction, so that listening gets its turn. */
const JUDGED_AT_ONCE = 500;
/** No event is longer. */
const LONGEST_EVENT_MS = 3_600_000;

/** What a table would change. */
export interface VerdictPreview {
  /** When second 0 of the table is; undefined if the table has dates, or nothing in it was ever heard. */
  readonly originMs: number | undefined;
  readonly matchedRows: number;
  readonly unmatchedRows: number;
  /** By the event's id. Those that say what a person said before are left out. */
  readonly changes: ReadonlyMap<string, VerdictChange>;
  /** Events that keep the verdict that they have. */
  readonly unchanged: number;
}

/** A verdict, and the one that it replaces. */
export interface VerdictChange {
  readonly verdict: Verdict | undefined;
  readonly before: Verdict | undefined;
}

/** Reads a file. @throws NoTable, NoVerdictTable */
export function readVerdicts(file: Blob): Promise<VerdictTable> {
  return readVerdictTable(tableRows(file));
}

/**
 * Compares a table with the diary, and changes nothing.
 *
 * @param originMs when second 0 is, for tables without dates; found by comparison if omitted.
 */
export async function previewVerdicts(
  diary: DiaryCommands,
  { rows, isDated }: VerdictTable,
  labelIds: LabelIds,
  originMs?: number,
): Promise<VerdictPreview> {
  const starts = new Map<string, Promise<Float64Array>>();
  const startsOf = (label: string): Promise<Float64Array> => {
    const known = starts.get(label) ?? diary.find({ labels: [label] }).then(({ startsMs }) => startsMs);
    starts.set(label, known);
    return known;
  };
  const origin = isDated ? 0 : (originMs ?? (await findOriginMs(rows, labelIds, startsOf)));
  const matcher = new VerdictMatcher(rows, origin ?? 0, labelIds);
  if (origin !== undefined && rows.length > 0) await compareAll(diary, matcher, rows, origin);
  const changes = new Map<string, VerdictChange>();
  for (const [id, change] of matcher.verdicts) if (!isSame(change.verdict, change.before)) changes.set(id, change);
  return {
    originMs: isDated ? undefined : origin,
    matchedRows: matcher.matchedRows,
    unmatchedRows: rows.length - matcher.matchedRows,
    changes,
    unchanged: matcher.verdicts.size - changes.size,
  };
}

/** Gives events their verdicts, until one cannot be written. @returns what takes back those that were. */
export async function judgeEach(
  diary: DiaryCommands,
  changes: ReadonlyMap<string, VerdictChange>,
): Promise<Map<string, VerdictChange>> {
  const back = new Map<string, VerdictChange>();
  for (const group of groupBy(changes, ([, { verdict }]) => JSON.stringify(verdict)).values()) {
    for (let at = 0; at < group.length; at += JUDGED_AT_ONCE) {
      const some = group.slice(at, at + JUDGED_AT_ONCE);
      const problem = await diary.judge(
        some.map(([id]) => id),
        some[0]?.[1].verdict,
      );
      if (problem) return back;
      for (const [id, { verdict, before }] of some) back.set(id, { verdict: before, before: verdict });
    }
  }
  return back;
}

async function compareAll(
  diary: DiaryCommands,
  matcher: VerdictMatcher,
  rows: VerdictTable['rows'],
  originMs: number,
): Promise<void> {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { startSeconds, endSeconds } of rows) {
    first = Math.min(first, startSeconds);
    last = Math.max(last, endSeconds);
  }
  const span = { fromMs: originMs + 1000 * first - LONGEST_EVENT_MS, toMs: originMs + 1000 * last + LONGEST_EVENT_MS };
  const found = await diary.find(span);
  // Oldest first.
  for (let to = found.count; to > 0; to -= PAGE_EVENTS) {
    const events = await diary.details(found, Math.max(0, to - PAGE_EVENTS), to);
    for (const event of events.reverse()) matcher.take(event);
  }
}

function isSame(a: Verdict | undefined, b: Verdict | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
