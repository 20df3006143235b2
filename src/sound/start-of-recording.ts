import type { StartTime } from './sound-file';
import { startTimeInName } from './start-time-in-name';

/** When a recording began, and what says so. */
export interface RecordingStart {
  /** The recorder's clock, without a zone: `2025-06-01T04:30:00`. */
  readonly localTime: string;
  readonly utcOffsetMinutes?: number;
  readonly source: 'name' | StartTime['source'] | 'file-date';
}

/** What is known of a file besides its sound. */
export interface FileFacts {
  readonly name: string;
  /** When it was last written, in milliseconds since the epoch: undefined if it has no date. */
  readonly modifiedMs?: number | undefined;
  /** What the file itself says. */
  readonly startTime: StartTime | undefined;
  /** How long the sound is. */
  readonly seconds: number;
}

/**
 * When a recording began. A time inside the file that has a zone comes first: it is the only one that leaves nothing
 * open. Then come the name, a time inside the file without a zone, and the file's date, which is that of the end.
 *
 * @param offsetAt the zone of this machine, for the file's date: minutes ahead of UTC at a moment.
 */
export function startOfRecording(
  { name, modifiedMs, startTime, seconds }: FileFacts,
  offsetAt: (ms: number) => number = (ms) => -new Date(ms).getTimezoneOffset(),
): RecordingStart | undefined {
  if (startTime?.utcOffsetMinutes !== undefined) return startTime;
  const inName = startTimeInName(name);
  if (inName) return { ...inName, source: 'name' };
  if (startTime || modifiedMs === undefined) return startTime;
  const startMs = modifiedMs - 1000 * seconds;
  const utcOffsetMinutes = offsetAt(startMs);
  const local = new Date(startMs + 60_000 * utcOffsetMinutes);
  if (Number.isNaN(local.getTime())) return undefined;
  return { localTime: local.toISOString().slice(0, 19), utcOffsetMinutes, source: 'file-date' };
}
