import type { DiaryCommands } from '../../../app/diary/diary-state';
import { daysLater, hoursOfDay, type LocalDate, type LocalHour } from '../../../events/diary/local-hours';
import { edgesOf, hoursOfNight, type NightSummary, nightSummary } from '../../../events/diary/night';
import type { LabelCounts } from '../../../shared/contracts/diary/diary-query';
import type { LevelSpan } from '../../../shared/contracts/sound-event';

/** The night before a day. */
export interface NightBefore {
  readonly evening: LocalDate;
  readonly hours: readonly LocalHour[];
  readonly summary: NightSummary;
}

/** Everything that the page of a day shows. */
export interface DayFigures {
  readonly hours: readonly LocalHour[];
  /** The most frequent label first. */
  readonly counts: readonly LabelCounts[];
  readonly levels: readonly LevelSpan[];
  readonly night: NightBefore;
}

/** Asks the diary about a day and the night before. */
export async function dayFigures(diary: DiaryCommands, date: LocalDate, timeZone: string): Promise<DayFigures> {
  const hours = hoursOfDay(date, timeZone);
  const edges = edgesOf(hours);
  const [counts, levels, night] = await Promise.all([
    diary.counts({}, edges),
    diary.levels(edges[0] ?? 0, edges.at(-1) ?? 0),
    nightBefore(diary, daysLater(date, -1), timeZone),
  ]);
  return { hours, counts: mostFrequentFirst(counts), levels, night };
}

/** Events of a label in all stretches together. */
export function totalOf({ counts }: LabelCounts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Equally frequent labels by id, so that no chart jumps. */
export function mostFrequentFirst(counts: readonly LabelCounts[]): LabelCounts[] {
  return [...counts].sort((a, b) => totalOf(b) - totalOf(a) || (a.label < b.label ? -1 : 1));
}

async function nightBefore(diary: DiaryCommands, evening: LocalDate, timeZone: string): Promise<NightBefore> {
  const hours = hoursOfNight(evening, timeZone);
  const edges = edgesOf(hours);
  const [fromMs = 0, toMs = 0] = [edges[0], edges.at(-1)];
  const found = await diary.find({ fromMs, toMs });
  const [counts, events, levels] = await Promise.all([
    diary.counts({}, edges),
    diary.rows(found, 0, found.count),
    diary.levels(fromMs, toMs),
  ]);
  const there = events.filter((event) => event !== undefined);
  return { evening, hours, summary: nightSummary(hours, counts, there, levels) };
}
