import type { LabelCounts } from '../../shared/contracts/diary/diary-query';
import type { LevelSpan, SoundEvent } from '../../shared/contracts/sound-event';
import { daysLater, hoursOfDay, type LocalDate, type LocalHour } from './local-hours';

/** A night begins at this hour of one day, and ends at the other of the next. */
const NIGHT_BEGINS = 21;
const NIGHT_ENDS = 7;

/** What a night brought. */
export interface NightSummary {
  readonly events: number;
  readonly labels: number;
  readonly heardSeconds: number;
  /** The most frequent labels, at most three. */
  readonly most: readonly { readonly label: string; readonly labelName: string; readonly events: number }[];
  /** The hour in which most events began, and how many those are. */
  readonly busiest?: LocalHour & { readonly events: number };
  readonly longest?: SoundEvent;
}

const MOST_LABELS = 3;

/** The hours of the night that begins on a day. */
export function hoursOfNight(evening: LocalDate, timeZone: string): LocalHour[] {
  return [
    ...hoursOfDay(evening, timeZone).filter(({ hour }) => hour >= NIGHT_BEGINS),
    ...hoursOfDay(daysLater(evening, 1), timeZone).filter(({ hour }) => hour < NIGHT_ENDS),
  ];
}

/** The moments between hours, with the first and the last. */
export function edgesOf(hours: readonly LocalHour[]): number[] {
  return [...hours.map(({ startMs }) => startMs), ...hours.slice(-1).map(({ endMs }) => endMs)];
}

/**
 * Sums up a night.
 *
 * @param counts of its hours, in any order of labels.
 * @param events those that began in it; the ones that a person called wrong do not count.
 */
export function nightSummary(
  hours: readonly LocalHour[],
  counts: readonly LabelCounts[],
  events: readonly SoundEvent[],
  levels: readonly LevelSpan[],
): NightSummary {
  const totals = counts
    .map(({ label, labelName, counts: ofHours }) => ({ label, labelName, events: sum(ofHours) }))
    .filter(({ events: count }) => count > 0)
    .sort((a, b) => b.events - a.events || (a.label < b.label ? -1 : 1));
  const busiest = hours
    .map((hour, index) => ({ ...hour, events: sum(counts.map((label) => label.counts[index] ?? 0)) }))
    .reduce<NightSummary['busiest']>((best, hour) => (hour.events > (best?.events ?? 0) ? hour : best), undefined);
  const longest = events
    .filter(({ verdict }) => verdict?.answer !== 'wrong')
    .reduce<SoundEvent | undefined>((best, event) => (lengthMs(event) > lengthMs(best) ? event : best), undefined);
  return {
    events: sum(totals.map(({ events: count }) => count)),
    labels: totals.length,
    heardSeconds: sum(levels.map(({ heardSeconds }) => heardSeconds)),
    most: totals.slice(0, MOST_LABELS),
    ...(busiest && { busiest }),
    ...(longest && { longest }),
  };
}

function lengthMs(event: SoundEvent | undefined): number {
  return event ? event.endMs - event.startMs : -1;
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}
