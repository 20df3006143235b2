import type { EventRow, WallTime } from '../../events/formats/event-row';
import { type EventFormat, eventBytes } from '../../events/formats/formats';
import type { Recording, RecordingEvent } from '../../shared/contracts/recordings/recording';
import type { RecordingsStore } from '../../store/recordings/recordings-store';
import { type SaveTarget, saveFile } from '../files/save-file';

/** A recording with its events, by start. */
interface RecordingWithEvents {
  readonly recording: Recording;
  readonly events: readonly RecordingEvent[];
}

/** The events of recordings as rows of a table. Recordings follow each other in the formats that know one time axis only. */
export function* recordingRows(recordings: Iterable<RecordingWithEvents>): Generator<EventRow> {
  let sequenceStartSeconds = 0;
  for (const { recording, events } of recordings) {
    const { name, folder, start, model, head } = recording;
    const path = folder === '' ? name : `${folder}/${name}`;
    const file = { name, path, root: '', folder, sequenceStartSeconds };
    const startedAt = start && {
      localMs: Date.parse(`${start.localTime}Z`),
      ...(start.utcOffsetMinutes !== undefined && { utcOffsetMinutes: start.utcOffsetMinutes }),
    };
    for (const event of events) yield { file, model, head, ...rowOf(event, startedAt) } as EventRow;
    sequenceStartSeconds += recording.seconds ?? recording.doneSeconds;
  }
}

function rowOf(event: RecordingEvent, fileStart: WallTime | undefined): Omit<EventRow, 'file'> {
  const { id, label, labelName, startSeconds, endSeconds, found, lowHz, highHz, verdict, note } = event;
  return {
    id,
    label,
    labelName,
    startSeconds,
    endSeconds,
    // A person is sure of what they drew.
    probability: found?.peakProbability ?? 1,
    ...(found && {
      meanProbability: found.meanProbability,
      peakLevelDb: found.peakLevelDb,
      threshold: found.threshold,
    }),
    ...(lowHz !== undefined && highHz !== undefined && { lowHz, highHz }),
    ...(fileStart && { startedAt: { ...fileStart, localMs: fileStart.localMs + Math.round(1000 * startSeconds) } }),
    ...(verdict && { verdict: verdict.answer }),
    ...(verdict?.answer === 'other' && { rightLabel: verdict.label }),
    ...(note !== undefined && { note }),
  };
}

/** Writes events into a file. @returns how many. */
export async function exportRecordings(
  recordings: readonly Recording[],
  store: Pick<RecordingsStore, 'events'>,
  format: EventFormat,
  { name, file }: SaveTarget,
): Promise<number> {
  const withEvents = await Promise.all(
    recordings.map(async (recording) => ({ recording, events: await store.events(recording.id) })),
  );
  const count = withEvents.reduce((sum, { events }) => sum + events.length, 0);
  const pieces = eventBytes(format, recordingRows(withEvents));
  if (!file) {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const bytes of pieces) parts.push(bytes);
    saveFile(new Blob(parts), name);
    return count;
  }
  const writer = file.getWriter();
  try {
    for await (const bytes of pieces) await writer.write(bytes);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
  return count;
}
