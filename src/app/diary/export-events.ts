import { type EventFormat, eventBytes } from '../../events/formats/formats';
import { soundEventRow } from '../../events/formats/sound-event-row';
import type { DiaryFilter } from '../../shared/contracts/diary/diary-query';
import type { SoundEvent } from '../../shared/contracts/sound-event';
import { withStartTime } from '../../shared/lib/files/bext';
import { encodeWav } from '../../shared/lib/files/wav';
import { streamZip, writeZip, type ZipPart } from '../../shared/lib/files/zip-archive';
import { fileNameOf, type SaveTarget, saveFile } from '../files/save-file';
import type { DiaryCommands } from './diary-state';

/** Events that are read at once. */
const PAGE_EVENTS = 2000;

type Progress = (done: number, total: number) => void;

/** Oldest first, as tables of events are. */
async function* oldestFirst(
  diary: DiaryCommands,
  filter: DiaryFilter,
  onProgress: Progress,
): AsyncGenerator<{ readonly event: SoundEvent; readonly originMs: number }> {
  const found = await diary.find(filter);
  const originMs = found.startsMs[found.count - 1] ?? 0;
  for (let to = found.count; to > 0; to -= PAGE_EVENTS) {
    const events = await diary.rows(found, Math.max(0, to - PAGE_EVENTS), to);
    for (const event of events.reverse()) if (event) yield { event, originMs };
    onProgress(found.count - Math.max(0, to - PAGE_EVENTS), found.count);
  }
}

/** Writes what a filter finds into a file, page by page. Times in tables of seconds begin at the oldest event. */
export async function exportEvents(
  diary: DiaryCommands,
  filter: DiaryFilter,
  format: EventFormat,
  { name, file }: SaveTarget,
  onProgress: Progress,
): Promise<number> {
  let count = 0;
  async function* rows() {
    for await (const { event, originMs } of oldestFirst(diary, filter, onProgress)) {
      count++;
      yield soundEventRow(event, originMs);
    }
  }
  if (file) {
    await writeAll(eventBytes(format, rows()), file);
  } else {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const bytes of eventBytes(format, rows())) parts.push(bytes);
    saveFile(new Blob(parts), name);
  }
  return count;
}

/** Packs the sounds of what a filter finds, each as a WAV file that says when it began. */
export async function exportClips(
  diary: DiaryCommands,
  filter: DiaryFilter,
  { name, file }: SaveTarget,
  onProgress: Progress,
): Promise<number> {
  let count = 0;
  async function* parts(): AsyncGenerator<ZipPart> {
    for await (const { event } of oldestFirst(diary, { ...filter, withClip: true }, onProgress)) {
      const clip = await diary.clip(event.id);
      if (!clip) continue;
      count++;
      const localMs = clip.startMs + 60_000 * event.utcOffsetMinutes;
      const wav = withStartTime(encodeWav(clip.samples, clip.sampleRateHz), localMs, clip.sampleRateHz);
      const when = new Date(localMs).toISOString().slice(0, 19);
      // Two events may begin in the same second.
      yield {
        path: fileNameOf(`${when} ${event.labelName} ${event.id.slice(0, 8)}`, 'wav'),
        bytes: new Uint8Array(wav),
      };
    }
  }
  if (file) await streamZip(parts(), file);
  else saveFile(await writeZip(parts()), name);
  return count;
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
