import type { LocalDate, LocalHour } from '../../events/diary/local-hours';
import type { SoundEvent, Verdict } from '../../shared/contracts/sound-event';
import { decimal } from '../kit/format';
import { labelName, language, locales, t } from '../messages/messages';

/** Where the device is: the diary's days and hours are those of its clock. */
export function homeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Browsers create one slowly. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locales[language], options);
    formats.set(key, found);
  }
  return found;
}

/** The time of an event where it was heard: “14:03:22”, with the place's zone if the device is elsewhere. */
export function eventTime({ startMs, timeZone }: Pick<SoundEvent, 'startMs' | 'timeZone'>, home: string): string {
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone } as const;
  return format(timeZone === home ? clock : { ...clock, timeZoneName: 'short' }).format(startMs);
}

/** Hours and minutes: “14:03”. */
export function clockTime(ms: number, timeZone: string): string {
  return format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(ms);
}

/** Where an hour ends on the clock that counts it: “03:00” for the hour from 2:00, although the clock is then set to 2:00. */
export function hourEnd({ hour }: Pick<LocalHour, 'hour'>): string {
  return clockTime(Date.UTC(1970, 0, 1, hour + 1), 'UTC');
}

/** “02:00–03:00”. */
export function hourWords(hour: LocalHour, timeZone: string): string {
  return `${clockTime(hour.startMs, timeZone)}–${hourEnd(hour)}`;
}

/** “Saturday, 28 November 2026”. */
export function longDay(ms: number, timeZone: string): string {
  return format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(ms);
}

/** “Sat, 28 November 2026”. */
export function shorterDay(ms: number, timeZone: string): string {
  return format({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(ms);
}

/** A count with its digits in groups: “1,584”. */
export function count(events: number): string {
  return events.toLocaleString(locales[language]);
}

/** A length, whose numbers stay beside their units: “2.4 s”, “3 min 20 s”, “1 h 12 min”. */
export function length(seconds: number): string {
  if (seconds < 9.95) return `${decimal(seconds, 1)}\u00a0s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}\u00a0s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes}\u00a0min` : `${minutes}\u00a0min ${whole % 60}\u00a0s`;
  const hours = `${Math.floor(minutes / 60)}\u00a0h`;
  return minutes % 60 === 0 ? hours : `${hours} ${minutes % 60}\u00a0min`;
}

/** How long an event lasted. */
export function eventLength({ startMs, endMs }: Pick<SoundEvent, 'startMs' | 'endMs'>): string {
  return length(Math.max(0, endMs - startMs) / 1000);
}

/** What an event was: its label in the page's language, or what a person said instead. */
export function eventName({ label, labelName: name, verdict }: SoundEvent, names: LabelNames): string {
  if (verdict?.answer === 'other') return nameOf(verdict.label, verdict.label, names);
  return nameOf(label, name, names);
}

/** Names of labels that a person taught or renamed, by id. */
export type LabelNames = ReadonlyMap<string, string>;

/** A label's name: as it is called now, or as it was called when it was heard. */
export function nameOf(id: string, heardAs: string, names: LabelNames): string {
  return labelName({ id, name: names.get(id) ?? heardAs });
}

/** A verdict in words. */
export function verdictWords(verdict: Verdict | undefined): string {
  return verdict ? t.diary.verdicts[verdict.answer] : t.diary.verdicts.none;
}

/** “Saturday, 28 November 2026” of a date. */
export function longDate(date: LocalDate): string {
  return longDay(utcNoon(date), 'UTC');
}

/** “28 Nov”. */
export function shortDate(date: LocalDate): string {
  return format({ day: 'numeric', month: 'short', timeZone: 'UTC' }).format(utcNoon(date));
}

/** “November 2026”. */
export function monthName(date: LocalDate): string {
  return format({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(utcNoon(date));
}

/** “Saturday”. */
export function weekdayName(date: LocalDate, width: 'long' | 'short'): string {
  return format({ weekday: width, timeZone: 'UTC' }).format(utcNoon(date));
}

function utcNoon({ year, month, day }: LocalDate): number {
  return Date.UTC(year, month - 1, day, 12);
}
