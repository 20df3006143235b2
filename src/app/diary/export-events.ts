import { type EventFormat, eventBytes } from '../../events/formats/formats';
import { soundEventRow } from '../../events/formats/sound-event-row';
import type { DiaryFilter } from '../../shared/contracts/diary/diary-query';
import type { SoundEvent } from '../../shared/contracts/sound-event';
import { withStartTime } from '../../shared/lib/files/bext';
import { encodeWav } from '../../shared/lib/files/wav';
import { streamZip, type ZipPart } from '../../shared/lib/files/zip-archive';
import { intoFile } from '../files/into-file';
import { fileNameOf, type SaveTarget } from '../files/save-file';
import type { DiaryCommands } from './diary-state';

/** Events that are read at once. */
const PAGE_EVENTS = 8192;

type Progress = (done: number, total: number) => void;

/** A page of events, and when second 0 of a table with them is. */
interface Page {
  readonly events: readonly SoundEvent[];
  readonly originMs: number;
}

/** Oldest first, as tables of events are. */
async function* oldestFirst(diary: DiaryCommands, filter: DiaryFilter, onProgress: Progress): AsyncGenerator<Page> {
  const found = await diary.find(filter);
  const originMs = found.startsMs[found.count - 1] ?? 0;
  for (let to = found.count; to > 0; to -= PAGE_EVENTS) {
    const from = Math.max(0, to - PAGE_EVENTS);
    const events = await diary.details(found, from, to);
    yield { events: events.reverse(), originMs };
    onProgress(found.count - from, found.count);
  }
}

/** Writes what a filter finds into a file, page by page. Times in tables of seconds begin at the oldest event. */
export async function exportEvents(
  diary: DiaryCommands,
  filter: DiaryFilter,
  format: EventFormat,
  target: SaveTarget,
  onProgress: Progress,
): Promise<number> {
  let count = 0;
  async function* rows() {
    for await (const { events, originMs } of oldestFirst(diary, filter, onProgress)) {
      count += events.length;
      for (const event of events) yield soundEventRow(event, originMs);
    }
  }
  await intoFile(target, (file) => writeAll(eventBytes(format, rows()), file));
  return count;
}

/** Packs the sounds of what a filter finds, each as a WAV file that says when it began. */
export async function exportClips(
  diary: DiaryCommands,
  filter: DiaryFilter,
  target: SaveTarget,
  onProgress: Progress,
): Promise<number> {
  let count = 0;
  async function* parts(): AsyncGenerator<ZipPart> {
    for await (const { events } of oldestFirst(diary, { ...filter, withClip: true }, onProgress)) {
      for (const event of events) {
        const part = await soundPart(diary, event);
        if (!part) continue;
        count++;
        yield part;
      }
    }
  }
  await intoFile(target, (file) => streamZip(parts(), file));
  return count;
}

async function soundPart(diary: DiaryCommands, event: SoundEvent): Promise<ZipPart | undefined> {
  const clip = await diary.clip(event.id);
  if (!clip) return undefined;
  const localMs = clip.startMs + 60_000 * event.utcOffsetMinutes;
  const wav = withStartTime(encodeWav(clip.samples, clip.sampleRateHz), localMs, clip.sampleRateHz);
  const when = new Date(localMs).toISOString().slice(0, 19);
  // Two events may begin in the same second.
  const path = fileNameOf(`${when} ${event.labelName} ${event.id.slice(0, 8)}`, 'wav');
  return { path, bytes: new Uint8Array(wav) };
}

async function writeAll(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
  file: WritableStream<Uint8Array>,
): Promise<void> {
  const writer = file.getWriter();
  try {
    for await (const piece of pieces) await writer.write(piece);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
}
