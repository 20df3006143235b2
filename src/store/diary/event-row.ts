import * as v from 'valibot';
import type { SoundEvent } from '../../shared/contracts/sound-event';
import { count, finiteNumber, share, timeMs } from '../../shared/lib/schemas';

const text = v.pipe(v.string(), v.minLength(1));

/** What a row must be so that the diary can show it. */
export const eventRow = v.pipe(
  v.object({
    id: text,
    label: text,
    labelName: v.string(),
    startMs: timeMs,
    endMs: timeMs,
    timeZone: v.string(),
    utcOffsetMinutes: v.pipe(finiteNumber, v.minValue(-24 * 60), v.maxValue(24 * 60)),
    peakProbability: share,
    meanProbability: share,
    peakLevelDb: v.number(),
    threshold: share,
    model: v.string(),
    head: v.string(),
    source: v.object({ kind: v.picklist(['microphone', 'demo', 'recording']), name: v.string() }),
    embedding: v.exactOptional(v.instance(Uint16Array)),
    backbone: v.exactOptional(v.string()),
    verdict: v.exactOptional(
      v.union([
        v.object({ answer: v.picklist(['right', 'wrong', 'unsure']) }),
        v.object({ answer: v.literal('other'), label: text }),
      ]),
    ),
    note: v.exactOptional(text),
    clip: v.exactOptional(text),
    continues: v.exactOptional(text),
    open: v.exactOptional(v.literal(1)),
  }),
  v.check(({ startMs, endMs }) => endMs >= startMs, 'ends-before-start'),
);

/** An event as it is stored. */
export interface EventRow extends SoundEvent {
  /** It still sounded when this was written. A number, because an index needs one. */
  readonly open?: 1;
}

/** Whether a row can be used. A database can hold others, because of a fault or manual changes. */
export function isEventRow(row: unknown): row is EventRow {
  return v.is(eventRow, row);
}

/** The event in a row. */
export function eventOf({ open: _, ...event }: EventRow): SoundEvent {
  return event;
}

/** A kept sound of an event. */
export interface EventClip {
  /** Id of the event, and of the clip. */
  readonly event: string;
  readonly label: string;
  readonly peakProbability: number;
  /** Of the first sample, in milliseconds since the epoch. */
  readonly startMs: number;
  readonly bytes: number;
  /** A person kept it: it is never deleted for others. */
  readonly isKept: boolean;
}

/** What the row of a kept sound must be. */
export const eventClipRow = v.object({
  event: text,
  label: text,
  peakProbability: share,
  startMs: timeMs,
  bytes: count,
  isKept: v.boolean(),
});

/** Whether a kept sound's row can be used. */
export function isEventClip(row: unknown): row is EventClip {
  return v.is(eventClipRow, row);
}
