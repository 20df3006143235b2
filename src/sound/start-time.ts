import { type ByteSource, fourCharacters, viewOf } from './bytes';
import { chunksOf } from './pcm/chunks';
import { wavRules } from './pcm/wav';
import type { StartTime } from './sound-file';

/** Metadata that tell a start are small. */
const MOST_BYTES = 65_536;

/**
 * Reads when a WAV file's recording began: GUANO metadata, else a comment such as AudioMoth's, else its Broadcast Wave
 * chunk, which has no zone.
 *
 * @returns undefined for other files, and if the file does not say.
 */
export async function readStartTime(source: ByteSource): Promise<StartTime | undefined> {
  const head = await source.read(0, 12);
  if (fourCharacters(head, 8) !== 'WAVE' || !/^(RIFF|RF64|BW64)$/.test(fourCharacters(head, 0))) return undefined;
  const found: { [Source in StartTime['source']]?: StartTime } = {};
  for await (const { id, start, claimedBytes } of chunksOf(source, 12, wavRules)) {
    if (id !== 'bext' && id !== 'guan' && id !== 'LIST') continue;
    const bytes = await source.read(start, start + Math.min(claimedBytes, MOST_BYTES));
    const time = id === 'bext' ? ofBext(bytes) : id === 'guan' ? ofGuano(textOf(bytes)) : ofComment(commentOf(bytes));
    if (time) found[time.source] ??= time;
  }
  return found.guano ?? found.comment ?? found.bext;
}

/** Description, originator and its reference are followed by the date and the time. */
function ofBext(bytes: Uint8Array): StartTime | undefined {
  const text = latin1(bytes.subarray(320, 338));
  // Programs disagree on what stands between the numbers.
  const parts = /^(\d{4})[^\d](\d\d)[^\d](\d\d)(\d\d)[^\d](\d\d)[^\d](\d\d)$/.exec(text);
  return startTime('bext', parts?.slice(1));
}

/** GUANO is lines of `Key: value`. A timestamp is in ISO 8601, with or without a zone. */
function ofGuano(text: string): StartTime | undefined {
  const parts =
    /^\s*Timestamp:\s*(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?\s*$/m.exec(text);
  return startTime('guano', parts?.slice(1, 7), parts?.[7]);
}

/** “Recorded at 19:17:30 24/02/2021 (UTC-3) by AudioMoth …” (or `(UTC+5:30)`). */
function ofComment(text: string): StartTime | undefined {
  const parts =
    /Recorded at (\d\d):(\d\d):(\d\d)(?:\.\d+)? (\d\d)\/(\d\d)\/(\d{4}) \(UTC([+-]\d{1,2}(?::\d\d)?)?\)/.exec(text);
  if (!parts) return undefined;
  const [, hour, minute, second, day, month, year, zone = '+0'] = parts;
  return startTime('comment', [year, month, day, hour, minute, second] as string[], zone);
}

/** The comment (`ICMT`) of a `LIST` chunk; empty if there is none. */
function commentOf(list: Uint8Array): string {
  if (fourCharacters(list, 0) !== 'INFO') return '';
  for (let at = 4; at + 8 <= list.length; ) {
    const size = viewOf(list).getUint32(at + 4, true);
    if (fourCharacters(list, at) === 'ICMT') return textOf(list.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  return '';
}

/** @param parts year, month, day, hour, minute, second. @returns undefined if there is no such moment. */
function startTime(
  source: StartTime['source'],
  parts: readonly string[] | undefined,
  zone?: string,
): StartTime | undefined {
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts as [string, string, string, string, string, string];
  const localTime = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const moment = new Date(`${localTime}Z`);
  // Recorders without a clock write zeros, and an impossible day would become another one.
  if (Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(localTime)) return undefined;
  return { localTime, ...(zone !== undefined && { utcOffsetMinutes: offsetOf(zone) }), source };
}

/** Minutes of `Z`, `+02:00`, `-0330`, `+5:30` or `-3`. */
function offsetOf(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(zone) ?? [];
  const total = 60 * Number(hours) + Number(minutes);
  return sign === '-' ? -total : total;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replaceAll('\0', '');
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
