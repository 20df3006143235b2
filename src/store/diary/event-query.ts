import type { DiaryFilter, DiaryLabel, FoundEvents, LabelCounts } from '../../shared/contracts/diary/diary-query';
import { type EventColumns, eventFlags, type NamedLabel, verdictCodes } from './blocks/event-columns';

/** What is counted of one label. */
type Stretches = Pick<LabelCounts, 'counts' | 'seconds'>;

/** Events that meet a filter, newest first. */
export function findEvents(events: EventColumns, filter: DiaryFilter): FoundEvents {
  const meets = conditionOf(events, filter);
  const { order, columns } = events;
  const first = filter.fromMs === undefined ? 0 : events.countBefore(filter.fromMs);
  const end = filter.toMs === undefined ? events.count : events.countBefore(filter.toMs);
  const length = Math.max(0, end - first);
  const keys = new Uint32Array(length);
  const startsMs = new Float64Array(length);
  let count = 0;
  for (let at = end - 1; at >= first; at--) {
    const place = order[at] as number;
    if (!meets(place)) continue;
    keys[count] = columns.keys[place] as number;
    startsMs[count] = columns.startsMs[place] as number;
    count++;
  }
  return { count, keys: keys.slice(0, count), startsMs: startsMs.slice(0, count) };
}

/** Counts what meets a filter, per label: see `DiaryCommands.counts`. The most frequent label comes first. */
export function countEvents(events: EventColumns, filter: DiaryFilter, edgesMs: readonly number[]): LabelCounts[] {
  const stretches = edgesMs.length - 1;
  const [firstMs, lastMs] = [edgesMs[0], edgesMs.at(-1)];
  if (firstMs === undefined || lastMs === undefined || stretches < 1) return [];
  const meets = conditionOf(events, filter);
  const { order, columns } = events;
  const isWrongWanted = filter.verdicts?.includes('wrong') ?? false;
  const rows = new Map<string, Stretches & { name: string }>();
  const from = Math.max(firstMs - events.longestMs, filter.fromMs ?? Number.NEGATIVE_INFINITY);
  const end = events.countBefore(Math.min(lastMs, filter.toMs ?? Number.POSITIVE_INFINITY));
  let edge = -1;
  for (let at = events.countBefore(from); at < end; at++) {
    const place = order[at] as number;
    const startMs = columns.startsMs[place] as number;
    const endMs = startMs + (columns.durationsMs[place] as number);
    while (edge < stretches && (edgesMs[edge + 1] as number) <= startMs) edge++;
    if (endMs < firstMs || !meets(place)) continue;
    if (columns.verdicts[place] === verdictCodes.wrong && !isWrongWanted) continue;
    const { id, name } = events.names[events.labelAt(place)] as NamedLabel;
    const row = rows.get(id) ?? { counts: new Uint32Array(stretches), seconds: new Float64Array(stretches), name };
    rows.set(id, row);
    row.name = name;
    addTo(row, edgesMs, startMs, endMs, edge);
  }
  return [...rows]
    .map(([label, { name, counts, seconds }]) => ({ label, labelName: name, counts, seconds }))
    .sort((a, b) => total(b.counts) - total(a.counts));
}

/** Every label that events refer to, by name. */
export function labelsOf(events: EventColumns): DiaryLabel[] {
  const { order, columns, names } = events;
  const counts = new Uint32Array(names.length);
  const wrong = new Uint32Array(names.length);
  const newest = new Float64Array(names.length);
  for (let at = 0; at < events.count; at++) {
    const place = order[at] as number;
    const label = events.labelAt(place);
    const isWrong = columns.verdicts[place] === verdictCodes.wrong;
    const tally = isWrong ? wrong : counts;
    tally[label] = (tally[label] as number) + 1;
    newest[label] = at;
  }
  const labels = new Map<string, DiaryLabel & { newest: number }>();
  for (const [i, { id, name }] of names.entries()) {
    if ((counts[i] as number) + (wrong[i] as number) === 0) continue;
    const known = labels.get(id);
    const isNewer = known === undefined || (newest[i] as number) > known.newest;
    labels.set(id, {
      id,
      name: isNewer ? name : known.name,
      count: (known?.count ?? 0) + (counts[i] as number),
      newest: Math.max(newest[i] as number, known?.newest ?? 0),
    });
  }
  return [...labels.values()]
    .map(({ id, name, count }) => ({ id, name, count }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Whether the event at a place meets everything but the times. */
function conditionOf(events: EventColumns, filter: DiaryFilter): (place: number) => boolean {
  const { columns } = events;
  const conditions: ((place: number) => boolean)[] = [];
  const { labels, leastProbability, verdicts, text, names, withClip } = filter;
  if (leastProbability !== undefined) {
    // The column has 32 bits.
    const least = Math.fround(leastProbability);
    conditions.push((place) => (columns.probabilities[place] as number) >= least);
  }
  if (verdicts) {
    const codes = new Set<number>(verdicts.map((answer) => verdictCodes[answer]));
    conditions.push((place) => codes.has(columns.verdicts[place] as number));
  }
  if (labels) {
    const wanted = events.names.map(({ id }) => labels.includes(id));
    conditions.push((place) => wanted[events.labelAt(place)] as boolean);
  }
  if (withClip) conditions.push((place) => ((columns.flags[place] as number) & eventFlags.clip) !== 0);
  const words = wordsOf(text ?? '');
  if (words.length > 0) conditions.push(textCondition(events, words, names ?? {}));
  if (conditions.length === 1) return conditions[0] as (place: number) => boolean;
  return (place) => {
    for (const meets of conditions) if (!meets(place)) return false;
    return true;
  };
}

function textCondition(
  events: EventColumns,
  words: readonly string[],
  namesNow: Readonly<Record<string, string>>,
): (place: number) => boolean {
  const missing = events.names.map(({ id, name }) => {
    const text = wordable(`${name} ${namesNow[id] ?? ''}`);
    return words.filter((word) => !text.includes(word));
  });
  return (place) => {
    const rest = missing[events.labelAt(place)] as string[];
    if (rest.length === 0) return true;
    const note = events.noteAt(place);
    if (note === undefined) return false;
    const text = wordable(note);
    return rest.every((word) => text.includes(word));
  };
}

function wordsOf(text: string): string[] {
  return wordable(text)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** In the form in which texts are compared. */
function wordable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** @param first index of the last edge that is not after the start; −1 if all are. */
function addTo(
  { counts, seconds }: Stretches,
  edgesMs: readonly number[],
  startMs: number,
  endMs: number,
  first: number,
): void {
  if (first >= 0 && first < counts.length) counts[first] = (counts[first] as number) + 1;
  for (let i = Math.max(0, first); i < counts.length && (edgesMs[i] as number) < endMs; i++) {
    const from = Math.max(startMs, edgesMs[i] as number);
    const to = Math.min(endMs, edgesMs[i + 1] as number);
    seconds[i] = (seconds[i] as number) + Math.max(0, to - from) / 1000;
  }
}

function total(counts: Uint32Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
