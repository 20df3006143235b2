/** A moment on the clock of the place where something was recorded. */
export interface WallTime {
  /** What the local clock showed, as milliseconds since 1970-01-01 00:00 on that clock. */
  readonly localMs: number;
  /** Undefined if the time zone is unknown: most recorders note none. */
  readonly utcOffsetMinutes?: number;
}

/** The file that an event was found in. All events of a file share one. */
export interface RowFile {
  /** Without folders. */
  readonly name: string;
  /** Full path, as far as it is known. */
  readonly path: string;
  /** The folder that was searched, and the folder below it that holds the file; empty at the top. */
  readonly root: string;
  readonly folder: string;
  /** Where the file begins if all files are laid end to end. */
  readonly sequenceStartSeconds: number;
}

/** An event as a table shows it. Times are seconds since the start of its file. */
export interface EventRow {
  readonly file: RowFile;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Id of the label, and its name. */
  readonly label: string;
  readonly labelName: string;
  /** The highest one of the event. */
  readonly probability: number;
  readonly meanProbability?: number;
  /** In dBFS. */
  readonly peakLevelDb?: number;
  /** The probability from which the label counts as heard. */
  readonly threshold?: number;
  /** Frequencies of the sound, if they are known. */
  readonly lowHz?: number;
  readonly highHz?: number;
  readonly startedAt?: WallTime;
  /** IANA name of the time zone. */
  readonly timeZone?: string;
  readonly model?: string;
  readonly head?: string;
  /** What a person answered: `right`, `wrong`, `unsure`, or `other` with the id of the right label. */
  readonly verdict?: string;
  readonly rightLabel?: string;
  readonly note?: string;
  readonly id?: string;
}

/** A time as ISO 8601 writes it; without a zone if that is unknown. */
export function isoTime({ localMs, utcOffsetMinutes }: WallTime): string {
  const local = new Date(localMs).toISOString().slice(0, -1);
  if (utcOffsetMinutes === undefined) return local;
  const minutes = Math.abs(utcOffsetMinutes);
  const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${local}${utcOffsetMinutes < 0 ? '-' : '+'}${twoDigits(minutes / 60)}:${twoDigits(minutes % 60)}`;
}
