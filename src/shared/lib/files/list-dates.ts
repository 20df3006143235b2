/** Excel counts days from here, if a date's format was lost. */
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
/** Excel's numbers of the years 1982 to 2119. */
const EXCEL_FIRST_DAY = 30_000;
const EXCEL_LAST_DAY = 80_000;

/** Whether dates with slashes begin with the month. */
export type DateOrder = 'day-first' | 'month-first';

const parts = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T,]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]m)?)?$/i;

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
 * Reads a date with or without a time: ISO 8601, `24.11.2025 14:03`, `24/11/2025`, `11/24/2025 2:03 PM`, or Excel's number
 * of days. Without a zone it is local time.
 *
 * @returns milliseconds since the epoch; undefined if it is no date.
 */
export function parseListDate(text: string, order: DateOrder): number | undefined {
  const trimmed = text.trim();
  if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(trimmed)) {
    const ms = Date.parse(trimmed);
    return Number.isNaN(ms) ? undefined : ms;
  }
  if (/^\d{5}([.,]\d+)?$/.test(trimmed)) return excelDate(Number(trimmed.replace(',', '.')));
  const match = parts.exec(trimmed);
  if (!match) return undefined;
  const [, first = '', mark, second = '', third = '', hour = '0', minute = '0', seconds = '0', half] = match;
  const isMonthFirst = mark === '/' && order === 'month-first';
  const [year, month, day] =
    first.length === 4 ? [first, second, third] : isMonthFirst ? [third, first, second] : [third, second, first];
  if (year.length !== 4) return undefined;
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
  const date = new Date(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(seconds));
  const exists = date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) && hours < 24;
  return exists ? date.getTime() : undefined;
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
