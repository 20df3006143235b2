import type { StartTime } from './sound-file';

/**
 * Recorders write when a recording began into its name: `20250601_043000`, `2025-06-01T04-30-00`,
 * `20250601T043000+1000`, `20250601_043000Z`. Digits around it would belong to another number.
 */
const pattern =
  /(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)[-_T .]+?(\d\d)([-_:.h]?)(\d\d)\6(\d\d)(?!\d)(Z|[+-](?:0\d|1[0-4]):?(?:00|15|30|45)(?!\d))?/;

/**
 * Reads when a recording began from its file's name.
 *
 * @returns undefined if the name has no date with a time, or one that does not exist.
 */
export function startTimeInName(name: string): Pick<StartTime, 'localTime' | 'utcOffsetMinutes'> | undefined {
  const parts = pattern.exec(name);
  if (!parts) return undefined;
  const [, year, , month, day, hour, , minute, second, zone] = parts;
  const localTime = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const moment = new Date(`${localTime}Z`);
  // An impossible day would become another one.
  if (Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(localTime)) return undefined;
  return { localTime, ...(zone !== undefined && { utcOffsetMinutes: offsetOf(zone) }) };
}

function offsetOf(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const total = 60 * Number(hours) + Number(minutes);
  return sign === '-' ? -total : total;
}
