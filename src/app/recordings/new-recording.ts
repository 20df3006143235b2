import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { Recording } from '../../shared/contracts/recordings/recording';
import type { QueueProgress } from './recordings-queue';
import type { QueuedRecording } from './recordings-state';

/** A recording of which nothing was read yet. */
export function newRecording({
  id,
  file,
  folder,
  place,
}: Pick<Recording, 'id' | 'folder' | 'place'> & { readonly file: File }): Recording {
  return {
    id,
    name: file.name,
    folder,
    bytes: file.size,
    modifiedMs: file.lastModified,
    addedAtMs: Date.now(),
    status: 'waiting',
    place,
    doneSeconds: 0,
    settledSeconds: 0,
    events: 0,
  };
}

/** A recording that is to be tagged from its start. */
export function taggedAnew({ problem: _, seconds: __, ...recording }: Recording): Recording {
  return { ...recording, status: 'waiting', doneSeconds: 0, settledSeconds: 0 };
}

/** Whether a file is that of a recording; its folder may have another name now. */
export function isOfFile(recording: Recording, { name, size, lastModified }: File): boolean {
  return recording.name === name && recording.bytes === size && recording.modifiedMs === lastModified;
}

/** A recording whose file was handed over once more. @throws EarmarkError recording-changed if it is another file. */
export function givenAgain({ problem: _, ...recording }: Recording, file: File, place: Recording['place']): Recording {
  if (file.size !== recording.bytes) throw new EarmarkError({ code: 'recording-changed', file: file.name });
  const status = recording.status === 'done' ? 'done' : 'waiting';
  return { ...recording, modifiedMs: file.lastModified, status, place };
}

/** A recording as the queue shows it. @param absent ids of those whose file must be allowed or chosen again. */
export function queued(
  recording: Recording,
  progress: QueueProgress | undefined,
  absent: ReadonlySet<string>,
): QueuedRecording {
  const { id, status } = recording;
  if (status !== 'waiting') return { ...recording, activity: status };
  if (progress?.id !== id) return { ...recording, activity: absent.has(id) ? 'absent' : 'waiting' };
  const { secondsLeft } = progress;
  return { ...recording, activity: 'tagging', ...(secondsLeft !== undefined && { secondsLeft }) };
}
