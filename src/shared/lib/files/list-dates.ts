/** Excel counts days from here, if a date's format was lost. */
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
/** Excel's numbers of the years 1982 to 2119. */
const EXCEL_FIRST_DAY = 30_000;
const EXCEL_LAST_DAY = 80_000;
/** A year of two digits from here on lies in the 20th century. */
const FIRST_SHORT_YEAR = 70;

/** Whether dates with slashes begin with the month. */
export type DateOrder = 'day-first' | 'month-first';

const time = String.raw`(?:[ T,_]+(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*([ap]m)?)?`;
const parts = new RegExp(String.raw`^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})${time}$`, 'i');
/** `20251124_140300`. */
const joined = new RegExp(String.raw`^(\d{4})(\d\d)(\d\d)${time}$`, 'i');
const dayAndWord = new RegExp(String.raw`^(\d{1,2})[. -]+(\p{L}{3,})[. -]+(\d{4})${time}$`, 'iu');
const wordAndDay = new RegExp(String.raw`^(\p{L}{3,})[. ]+(\d{1,2}),? +(\d{4})${time}$`, 'iu');
const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i;

/** How months begin, in English and German. */
const months = ['jan', 'feb', 'mar|mär|mrz', 'apr', 'ma[iy]', 'jun', 'jul', 'aug', 'sep', 'o[ck]t', 'nov', 'de[cz]'];

/** A date as it is written: local time. */
interface WrittenDate {
  readonly year: string;
  /** From 1. */
  readonly month: number;
  readonly day: string;
  /** Hour, minute, second, and AM or PM, where they are given. */
  readonly time: readonly (string | undefined)[];
}

/**
 * Finds out in which order a list writes its dates: a number above 12 cannot be a month. Without one, a time with AM or
 * PM comes from where the month is first.
 */
export function dateOrder(texts: readonly string[]): DateOrder {
  const dates = texts.map((text) => parts.exec(text.trim())).filter((match) => match !== null);
  const slashed = dates.filter(([, , mark]) => mark === '/');
  if (slashed.some(([, first]) => Number(first) > 12)) return 'day-first';
  const isMonthFirst = slashed.some(([, , , second, , , , , half]) => Number(second) > 12 || half !== undefined);
  return isMonthFirst ? 'month-first' : 'day-first';
}

/**
 * Reads a date with or without a time: ISO 8601, `24.11.2025 14:03`, `24/11/25`, `11/24/2025 2:03 PM`, `24 Nov 2025`,
 * `20251124_140300`, seconds or milliseconds since 1970, or Excel's number of days. Without a zone it is local time.
 *
 * @returns milliseconds since the epoch; undefined if it is no date.
 */
export function parseListDate(text: string, order: DateOrder): number | undefined {
  const trimmed = text.trim();
  const isoDate = iso.exec(trimmed);
  if (isoDate) return isoMs(isoDate);
  if (/^\d{5}([.,]\d+)?$/.test(trimmed)) return excelDate(Number(trimmed.replace(',', '.')));
  if (/^\d{10}(\.\d+)?$/.test(trimmed)) return Math.round(Number(trimmed) * 1000);
  if (/^\d{13}$/.test(trimmed)) return Number(trimmed);
  const written = writtenDate(trimmed, order);
  return written && localMs(written);
}

function writtenDate(text: string, order: DateOrder): WrittenDate | undefined {
  const match = parts.exec(text);
  if (match) {
    const [, first = '', mark, second = '', third = '', ...time] = match;
    if (first.length === 4) return { year: first, month: Number(second), day: third, time };
    // `25-11-24` can be read in two ways.
    if (mark === '-' && third.length < 4) return undefined;
    const isMonthFirst = mark === '/' && order === 'month-first';
    const [month, day] = isMonthFirst ? [first, second] : [second, first];
    return { year: third, month: Number(month), day, time };
  }
  const [, year, month, dayOfJoined, ...timeOfJoined] = joined.exec(text) ?? [];
  if (year && dayOfJoined) return { year, month: Number(month), day: dayOfJoined, time: timeOfJoined };
  const [, day, word, yearBehind, ...time] = dayAndWord.exec(text) ?? [];
  if (day && word && yearBehind) return { year: yearBehind, month: monthOf(word), day, time };
  const [, wordFirst, dayBehind, lastYear, ...lastTime] = wordAndDay.exec(text) ?? [];
  if (wordFirst && dayBehind && lastYear) {
    return { year: lastYear, month: monthOf(wordFirst), day: dayBehind, time: lastTime };
  }
  return undefined;
}

/** From 1; 0 if it is no month. */
function monthOf(word: string): number {
  return months.findIndex((start) => new RegExp(`^(${start})`, 'i').test(word)) + 1;
}

function localMs({ year, month, day, time }: WrittenDate): number | undefined {
  const [hour = '0', minute = '0', seconds = '0', half] = time;
  const fullYear = fullYearOf(year);
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
  if (fullYear === undefined) return undefined;
  const date = new Date(fullYear, month - 1, Number(day), hours, Number(minute), Number(seconds));
  const exists = date.getMonth() === month - 1 && date.getDate() === Number(day) && hours < 24;
  return exists ? date.getTime() : undefined;
}

function fullYearOf(year: string): number | undefined {
  if (year.length === 4) return Number(year);
  if (year.length !== 2) return undefined;
  return Number(year) + (Number(year) < FIRST_SHORT_YEAR ? 2000 : 1900);
}

function isoMs([, day = '', time = '', zone = '']: RegExpExecArray): number | undefined {
  if (time === '') return validMs(Date.parse(day));
  const offset = /^(utc|gmt|z)$/i.test(zone) ? 'Z' : zone;
  return validMs(Date.parse(`${day}T${/^\d:/.test(time) ? '0' : ''}${time.replace(',', '.')}${offset}`));
}

function validMs(ms: number): number | undefined {
  return Number.isNaN(ms) ? undefined : ms;
}

/** A local time, as a number of days. */
function excelDate(days: number): number | undefined {
  if (days < EXCEL_FIRST_DAY || days > EXCEL_LAST_DAY) return undefined;
  const utc = new Date(Math.round((EXCEL_EPOCH_MS + days * DAY_MS) / 1000) * 1000);
  return new Date(
    utc.getUTCFullYear(),
    utc.getUTCMonth(),
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
    utc.getUTCSeconds(),
  ).getTime();
}
