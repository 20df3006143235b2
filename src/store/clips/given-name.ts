/** “Snippet 24 Nov, 14:03:27”: the name of every kept snippet before schema 3, until a person changed it. */
const madeName = /^Snippet (?<day>\d{1,2}) (?<month>[A-Z][a-z]{2})[a-z]?, (?<time>\d{2}:\d{2}:\d{2})$/;

/** The name holds the local time, which is at most this far from UTC. */
const FARTHEST_FROM_UTC_MS = 15 * 60 * 60 * 1000;

/**
 * A clip's name as given by a person or a file, in the form it is stored: empty if Earmark had made it from the time.
 * The page makes that name when it shows the clip, in its own language.
 */
export function givenName(name: string, keptAtMs: number): string {
  const { day, month, time } = madeName.exec(name)?.groups ?? {};
  if (day === undefined) return name;
  const year = new Date(keptAtMs).getUTCFullYear();
  // Around New Year the year in UTC and that of the name can differ.
  const moments = [year - 1, year, year + 1].map((y) => Date.parse(`${day} ${month} ${y} ${time} UTC`));
  return moments.some((ms) => Math.abs(ms - keptAtMs) <= FARTHEST_FROM_UTC_MS) ? '' : name;
}
