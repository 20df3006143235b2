import { dayStartMs, daysLater } from '../../../events/diary/local-hours';
import type { DiaryFilter, VerdictAnswer } from '../../../shared/contracts/diary/diary-query';
import { dateOf } from '../diary-place';

/** A label as the filter offers it. */
export interface FilterLabel {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  /** Ids of the labels above it: a crow is a bird. */
  readonly above?: ReadonlySet<string>;
}

/** What a person filters by. Empty texts stand for “any”. */
export interface ViewFilter {
  readonly text: string;
  /** Id of a label. */
  readonly label: string;
  readonly group: string;
  /** Dates as in date fields; both days are included. */
  readonly from: string;
  readonly to: string;
  /** A stretch chosen in a chart; it replaces the dates. */
  readonly span?: { readonly fromMs: number; readonly toMs: number } | undefined;
  readonly leastProbability: number;
  readonly verdict: VerdictAnswer | '';
  readonly withClip: boolean;
}

export const everything: ViewFilter = {
  text: '',
  label: '',
  group: '',
  from: '',
  to: '',
  leastProbability: 0,
  verdict: '',
  withClip: false,
};

/** Whether a filter lets everything pass. */
export function isEverything(filter: ViewFilter): boolean {
  return filter.span === undefined && JSON.stringify({ ...filter, span: undefined }) === JSON.stringify(everything);
}

/** The question that a filter asks the diary. */
export function questionOf(filter: ViewFilter, labels: readonly FilterLabel[], timeZone: string): DiaryFilter {
  const { text, label, group, leastProbability, verdict, withClip } = filter;
  return {
    ...(label !== '' || group !== '' ? { labels: wantedLabels(filter, labels) } : {}),
    ...momentsOf(filter, timeZone),
    ...(leastProbability > 0 ? { leastProbability } : {}),
    ...(verdict === '' ? {} : { verdicts: [verdict] }),
    ...(text.trim() === '' ? {} : { text: text.trim(), names: namesOf(labels) }),
    ...(withClip ? { withClip } : {}),
  };
}

/** A label with those below it: who looks for birds looks for crows. A cell of a chart counts its label alone. */
function wantedLabels({ label, group, span }: ViewFilter, labels: readonly FilterLabel[]): string[] {
  if (label !== '' && span) return [label];
  const isWanted = (known: FilterLabel): boolean =>
    label === '' ? known.group === group : known.above?.has(label) === true;
  const wanted = labels.filter(isWanted).map(({ id }) => id);
  return label === '' ? wanted : [label, ...wanted];
}

function momentsOf({ span, from, to }: ViewFilter, timeZone: string): Pick<DiaryFilter, 'fromMs' | 'toMs'> {
  if (span) return span;
  const [first, last] = [dateOf(from), dateOf(to)];
  return {
    ...(first ? { fromMs: dayStartMs(first, timeZone) } : {}),
    ...(last ? { toMs: dayStartMs(daysLater(last, 1), timeZone) } : {}),
  };
}

function namesOf(labels: readonly FilterLabel[]): Record<string, string> {
  return Object.fromEntries(labels.map(({ id, name }) => [id, name]));
}
