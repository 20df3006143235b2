/** “Snippet 24 Nov, 14:03:27”: what every kept snippet was called before schema 3, until a person named it. */
const madeName = /^Snippet (?<day>\d{1,2}) (?<month>[A-Z][a-z]{2})[a-z]?, (?<time>\d{2}:\d{2}:\d{2})$/;

/** The name has the local time, and local times are up to so far from UTC. */
const FARTHEST_FROM_UTC_MS = 15 * 60 * 60 * 1000;

/**
 * The name that a person or a file gave to a clip, as it is kept: empty where Earmark had made it of the moment. The page
 * makes that name when it is shown, in its own language.
 */
export function givenName(name: string, keptAtMs: number): string {
  const { day, month, time } = madeName.exec(name)?.groups ?? {};
  if (day === undefined) return name;
  const year = new Date(keptAtMs).getUTCFullYear();
  // Around New Year the year of the moment and that of the name can differ.
  const moments = [year - 1, year, year + 1].map((y) => Date.parse(`${day} ${month} ${y} ${time} UTC`));
  return moments.some((ms) => Math.abs(ms - keptAtMs) <= FARTHEST_FROM_UTC_MS) ? '' : name;
}
