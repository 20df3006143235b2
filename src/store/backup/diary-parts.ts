/**
 * The diary in a backup: `diary/events/1.jsonl` and so on, a line of JSON per event, with its embedding in base64;
 * `diary/levels/1.jsonl`, a line per span; and `diary/sounds/1.wav`. The card lists all paths.
 */
import * as v from 'valibot';
import type { LevelSpan } from '../../shared/contracts/sound-event';
import type { ZipPart } from '../../shared/lib/files/zip-archive';
import { finiteNumber, timeMs } from '../../shared/lib/schemas';
import { BadValue, validate } from '../../shared/lib/validate';
import { faultOfRow } from '../damage';
import type { DiaryArchive } from '../diary/diary-archive';
import { type EventClip, type EventRow, eventClipRow, eventRow } from '../diary/event-row';
import { MOST_HEARD_SECONDS } from '../diary/level-blocks';

const path = v.pipe(v.string(), v.minLength(1));

/** What the card of a backup says about the diary. */
export const diaryCardSchema = v.object({
  events: v.array(path),
  levels: v.array(path),
  sounds: v.array(v.object({ ...eventClipRow.entries, path })),
});

export interface DiaryCard {
  readonly events: readonly string[];
  readonly levels: readonly string[];
  readonly sounds: readonly (EventClip & { readonly path: string })[];
}

const levelSchema = v.object({
  startMs: timeMs,
  minimumDb: finiteNumber,
  meanDb: finiteNumber,
  maximumDb: finiteNumber,
  laeqDb: finiteNumber,
  heardSeconds: v.pipe(finiteNumber, v.minValue(0), v.maxValue(MOST_HEARD_SECONDS)),
});

/**
 * The files of a diary, one by one.
 *
 * @param onEvents called with the number of events in each file. @returns what the card says about the files.
 */
export async function* diaryParts(
  archive: DiaryArchive,
  onEvents: (count: number) => void,
): AsyncGenerator<ZipPart, DiaryCard> {
  const card = { events: [] as string[], levels: [] as string[], sounds: [] as (EventClip & { path: string })[] };
  for await (const events of archive.events()) {
    const at = `diary/events/${card.events.length + 1}.jsonl`;
    yield linesPart(at, events.map(eventAsJson));
    card.events.push(at);
    onEvents(events.length);
  }
  for await (const spans of archive.levels()) {
    const at = `diary/levels/${card.levels.length + 1}.jsonl`;
    yield linesPart(at, spans);
    card.levels.push(at);
  }
  for await (const { clip, wav } of archive.sounds()) {
    const at = `diary/sounds/${card.sounds.length + 1}.wav`;
    yield { path: at, bytes: new Uint8Array(wav) };
    card.sounds.push({ ...clip, path: at });
  }
  return card;
}

/** @throws BadValue with the number of the line before what is wrong in it, SyntaxError if a line is not JSON. */
export function parseEvents(text: string): EventRow[] {
  return linesOf(text).map((value, line) => {
    const event = eventFromJson(value);
    const fault = faultOfRow(eventRow, event);
    if (fault) throw new BadValue([line + 1, fault.where].filter(Boolean).join(': '), fault.why);
    return event as EventRow;
  });
}

/** @throws BadValue, SyntaxError if a line is not JSON. */
export function parseLevels(text: string): LevelSpan[] {
  return linesOf(text).map((value) => validate(levelSchema, value));
}

function linesPart(at: string, values: readonly unknown[]): ZipPart {
  const lines = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  return { path: at, bytes: new TextEncoder().encode(lines) };
}

function linesOf(text: string): unknown[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as unknown);
}

/** JSON has neither bytes nor the level of silence. */
function eventAsJson({ embedding, peakLevelDb, ...event }: EventRow): unknown {
  return {
    ...event,
    peakLevelDb: Number.isFinite(peakLevelDb) ? peakLevelDb : null,
    ...(embedding && { embedding: toBase64(new Uint8Array(embedding.buffer)) }),
  };
}

function eventFromJson(value: unknown): unknown {
  const { embedding, peakLevelDb, ...event } = value as Record<string, unknown>;
  return {
    ...event,
    peakLevelDb: peakLevelDb === null ? Number.NEGATIVE_INFINITY : peakLevelDb,
    ...(typeof embedding === 'string' && { embedding: new Uint16Array(fromBase64(embedding).buffer) }),
  };
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
