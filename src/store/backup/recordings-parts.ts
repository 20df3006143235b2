/**
 * Recordings in a backup: `recordings/1.jsonl` and so on, of which the first line is what is known of a recording, and each
 * other line an event. Their sound and their pictures are left out: both come back with the file.
 */
import * as v from 'valibot';
import type { Recording, RecordingEvent } from '../../shared/contracts/recordings/recording';
import type { ZipPart } from '../../shared/lib/files/zip-archive';
import { finiteNumber } from '../../shared/lib/schemas';
import { validate } from '../../shared/lib/validate';
import { detectionEntries, recordingEntries, recordingEventEntries } from '../recordings/recording-rows';
import type { RecordingsStore } from '../recordings/recordings-store';

const recordingSchema = v.object(recordingEntries);

const eventSchema = v.object({
  ...recordingEventEntries,
  found: v.exactOptional(
    v.object({
      ...detectionEntries,
      // JSON has no level of silence.
      peakLevelDb: v.pipe(
        v.nullable(finiteNumber),
        v.transform((level) => level ?? Number.NEGATIVE_INFINITY),
      ),
    }),
  ),
});

/** A recording as a backup has it. */
export interface BackedUpRecording {
  readonly recording: Recording;
  readonly events: readonly RecordingEvent[];
}

/** The files of all recordings, one by one. @returns their paths. */
export async function* recordingsParts(
  store: Pick<RecordingsStore, 'list' | 'events'>,
): AsyncGenerator<ZipPart, string[]> {
  const paths: string[] = [];
  for (const recording of await store.list()) {
    const at = `recordings/${paths.length + 1}.jsonl`;
    // Values that a schema does not know are dropped when it is read: where the file was, and what failed, is not true there.
    const lines = [recording, ...(await store.events(recording.id))].map((value) => `${JSON.stringify(value)}\n`);
    yield { path: at, bytes: new TextEncoder().encode(lines.join('')) };
    paths.push(at);
  }
  return paths;
}

/**
 * Its file must be chosen again. One that was not tagged to its end waits for a press, and begins anew. @throws BadValue, SyntaxError.
 */
export function parseRecording(lines: string): BackedUpRecording {
  const [first, ...rest] = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
  const known = validate(recordingSchema, first);
  const isDone = known.status === 'done' && known.seconds !== undefined;
  const doneSeconds = isDone ? (known.seconds as number) : 0;
  return {
    recording: {
      ...known,
      status: isDone ? 'done' : 'paused',
      place: 'page',
      doneSeconds,
      settledSeconds: doneSeconds,
    } as Recording,
    events: rest.map((event) => validate(eventSchema, event) as RecordingEvent),
  };
}
