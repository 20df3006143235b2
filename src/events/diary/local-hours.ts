/** Days and hours as the clocks of a place show them, with its changes between summer and winter time. */

/** A day of the calendar. `month` counts from 1. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A stretch in which the clock shows one hour. The hour that a clock repeats is two stretches. */
export interface LocalHour {
  /** 0 to 23. */
  readonly hour: number;
  readonly startMs: number;
  readonly endMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Offsets of all places, and their changes, are multiples of it. */
const STEP_MS = HOUR_MS / 4;
/** No place is further from UTC. */
const LARGEST_OFFSET_MS = 15 * HOUR_MS;

/** Browsers create one slowly. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a time zone show, in milliseconds since the epoch as if it were UTC; to the second. */
function clockMs(ms: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clock.formatToParts(ms)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The day that the calendar of a time zone shows. */
export function localDate(ms: number, timeZone: string): LocalDate {
  return dateOf(clockMs(ms, timeZone));
}

/** The day that comes this many days later; earlier if negative. */
export function daysLater({ year, month, day }: LocalDate, days: number): LocalDate {
  return dateOf(Date.UTC(year, month - 1, day + days));
}

/** 0 for Monday to 6 for Sunday. */
export function weekday({ year, month, day }: LocalDate): number {
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
}

/** The first moment of a day: where the clock skips midnight, that is not 0:00. */
export function dayStartMs({ year, month, day }: LocalDate, timeZone: string): number {
  const midnightMs = Date.UTC(year, month - 1, day);
  let beforeMs = midnightMs - LARGEST_OFFSET_MS;
  let atMs = midnightMs + LARGEST_OFFSET_MS;
  // Dates never go backwards, even where clocks do.
  while (atMs - beforeMs > STEP_MS) {
    const middleMs = beforeMs + Math.floor((atMs - beforeMs) / (2 * STEP_MS)) * STEP_MS;
    if (clockMs(middleMs, timeZone) >= midnightMs) atMs = middleMs;
    else beforeMs = middleMs;
  }
  return atMs;
}

/** The hours of a day: 24, or 23 or 25 where the clock changes. */
export function hoursOfDay(date: LocalDate, timeZone: string): LocalHour[] {
  const endMs = dayStartMs(daysLater(date, 1), timeZone);
  const hours: (LocalHour & { offsetMs: number })[] = [];
  for (let startMs = dayStartMs(date, timeZone); startMs < endMs; startMs += STEP_MS) {
    const shownMs = clockMs(startMs, timeZone);
    const hour = Math.floor((shownMs % DAY_MS) / HOUR_MS);
    const offsetMs = shownMs - startMs;
    const last = hours.at(-1);
    const goesOn = last?.hour === hour && last.offsetMs === offsetMs;
    const part = { hour, startMs: goesOn ? last.startMs : startMs, endMs: startMs + STEP_MS, offsetMs };
    if (goesOn) hours.pop();
    hours.push(part);
  }
  return hours.map(({ hour, startMs, endMs: hourEndMs }) => ({ hour, startMs, endMs: hourEndMs }));
}

/** The hour that a clock shows at a moment: shorter than 60 minutes where it is then set to another time. */
export function hourAt(ms: number, timeZone: string): LocalHour {
  const quarterMs = Math.floor(ms / STEP_MS) * STEP_MS;
  const hourOf = (shownMs: number): number => Math.floor((shownMs % DAY_MS) / HOUR_MS);
  const shownMs = clockMs(quarterMs, timeZone);
  const isSame = (otherMs: number): boolean => {
    const otherShownMs = clockMs(otherMs, timeZone);
    return otherShownMs - otherMs === shownMs - quarterMs && hourOf(otherShownMs) === hourOf(shownMs);
  };
  let startMs = quarterMs;
  while (isSame(startMs - STEP_MS)) startMs -= STEP_MS;
  let endMs = quarterMs + STEP_MS;
  while (isSame(endMs)) endMs += STEP_MS;
  return { hour: hourOf(shownMs), startMs, endMs };
}

function dateOf(shownMs: number): LocalDate {
  const date = new Date(shownMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Tells which local hour and day moments lie in. Quick for moments in order: it reads a clock once a quarter of an hour. */
export class LocalClock {
  readonly #timeZone: string;
  /** The quarter that was read last, and what the clock showed at its start. */
  #quarterMs = Number.NaN;
  #shownMs = Number.NaN;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** A number that is equal for moments of one day. */
  dayOf(ms: number): number {
    this.#turnTo(ms);
    return Math.floor(this.#shownMs / DAY_MS);
  }

  /** A number that is equal for moments of one hour. It tells apart the two hours of the same name that a clock repeats. */
  hourOf(ms: number): number {
    this.#turnTo(ms);
    return this.#quarterMs - (this.#shownMs % HOUR_MS);
  }

  #turnTo(ms: number): void {
    const quarterMs = Math.floor(ms / STEP_MS) * STEP_MS;
    if (quarterMs === this.#quarterMs) return;
    this.#quarterMs = quarterMs;
    this.#shownMs = clockMs(quarterMs, this.#timeZone);
  }
}
