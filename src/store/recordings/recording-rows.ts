import type { DBSchema } from 'idb';
import * as v from 'valibot';
import type { Recording, RecordingEvent } from '../../shared/contracts/recordings/recording';
import type { Places } from '../../shared/contracts/recordings/recordings-api';
import { count, finiteNumber, share, timeMs } from '../../shared/lib/schemas';

/** What the database of recordings holds. */
export interface RecordingsSchema extends DBSchema {
  recordings: { key: string; value: Recording };
  /** Files that the browser lets the page open again, by the recording's id. */
  handles: { key: string; value: FileSystemFileHandle };
  /** By the recording's id and the event's. */
  events: { key: [string, string]; value: RecordingEvent };
  /** By the recording's id, level and index. */
  tiles: { key: [string, number, number]; value: Uint8Array<ArrayBuffer> };
  /** By the recording's id. */
  places: { key: string; value: Places };
}

/** Three centuries: together with any start it is still a date. */
const MOST_SECONDS = 1e10;

const text = v.pipe(v.string(), v.minLength(1));
const notNegative = v.pipe(finiteNumber, v.minValue(0));
const secondsIn = v.pipe(notNegative, v.maxValue(MOST_SECONDS));

const localTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/),
  v.check((time) => !Number.isNaN(Date.parse(`${time}Z`)), 'out-of-range'),
);

/** What a recording is, wherever it is stored. */
export const recordingEntries = {
  id: text,
  name: v.string(),
  folder: v.string(),
  bytes: count,
  modifiedMs: timeMs,
  addedAtMs: timeMs,
  status: v.picklist(['waiting', 'paused', 'done', 'failed']),
  facts: v.optional(
    v.object({
      container: v.string(),
      codec: v.string(),
      channels: count,
      sampleRateHz: notNegative,
      decoder: v.string(),
      claimedSeconds: v.optional(notNegative),
    }),
  ),
  start: v.optional(
    v.object({
      localTime,
      utcOffsetMinutes: v.optional(v.pipe(finiteNumber, v.minValue(-24 * 60), v.maxValue(24 * 60))),
      source: v.picklist(['name', 'bext', 'guano', 'comment', 'file-date']),
    }),
  ),
  seconds: v.optional(secondsIn),
  events: count,
  model: v.optional(text),
  head: v.optional(text),
};

/** What an event is, except for its level, which is written differently in JSON. */
export const recordingEventEntries = {
  id: text,
  label: text,
  labelName: v.string(),
  startSeconds: secondsIn,
  endSeconds: secondsIn,
  lowHz: v.optional(notNegative),
  highHz: v.optional(notNegative),
  verdict: v.optional(
    v.union([
      v.object({ answer: v.picklist(['right', 'wrong', 'unsure']) }),
      v.object({ answer: v.literal('other'), label: text }),
    ]),
  ),
  note: v.optional(v.string()),
};

/** How sure the detector was of an event. */
export const detectionEntries = { peakProbability: share, meanProbability: share, threshold: share };

const recordingRow = v.object({
  ...recordingEntries,
  place: v.picklist(['handle', 'copy', 'page']),
  doneSeconds: secondsIn,
  settledSeconds: secondsIn,
  problem: v.optional(v.looseObject({ code: text })),
  mix: v.optional(
    v.object({
      channel: v.optional(v.object({ number: count, reason: v.picklist(['cancels', 'others-silent']) })),
      beyondFullScale: v.optional(notNegative),
    }),
  ),
});

const eventRow = v.object({
  ...recordingEventEntries,
  found: v.optional(v.object({ ...detectionEntries, peakLevelDb: v.number() })),
});

/** What rows must be to be used. A database can hold others, because of a fault or manual changes. */
export const recordingRowSchemas = { recordings: recordingRow, events: eventRow };

export function isRecording(row: unknown): row is Recording {
  return v.is(recordingRow, row);
}

export function isRecordingEvent(row: unknown): row is RecordingEvent {
  return v.is(eventRow, row);
}
