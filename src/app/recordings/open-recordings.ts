import { problemOf } from '../../shared/contracts/messages/problem';
import type { Recording } from '../../shared/contracts/recordings/recording';
import type { RecordingsStore } from '../../store/recordings/recordings-store';
import { CopyFiles } from './copy-files';
import { newRecording } from './new-recording';
import { RecordingFiles } from './recording-files';
import type { RecordingsHost, RecordingsParts } from './recordings-parts';
import { type QueueParts, RecordingsQueue } from './recordings-queue';

/** What belongs together once the store is open. */
export interface Opened {
  readonly store: RecordingsStore;
  readonly files: RecordingFiles;
  readonly queue: RecordingsQueue;
  readonly copies: CopyFiles;
}

/** Opens the store, and makes the queue of it. */
export async function openRecordings(
  { openStore, startWorker }: RecordingsParts,
  host: RecordingsHost,
  followers: Pick<QueueParts, 'list' | 'take' | 'onProgress' | 'onAbsent'>,
): Promise<Opened> {
  const store = await openStore();
  const files = new RecordingFiles(store);
  const queue = new RecordingsQueue({ store, files, host, startWorker, ...followers });
  const copies = new CopyFiles(startWorker, async (id) => {
    const recording = followers.list().find((other) => other.id === id);
    if (!recording) return store.removeCopy(id);
    const copied: Recording = { ...recording, place: 'copy' };
    await store.add(copied);
    followers.take(copied);
  });
  return { store, files, queue, copies };
}

/** Stores recordings that were made here before the page ended. Other files that belong to no recording are deleted. */
export async function leftHere(store: RecordingsStore): Promise<Recording[]> {
  // Also those of other windows, and of damaged rows: their sound must stay.
  const known = new Set(await store.ids());
  const stored: Recording[] = [];
  for (const name of (await store.copies()).filter((other) => !known.has(other))) {
    const recording = name.endsWith('.wav') ? await recordedHere(store, name) : undefined;
    if (recording) stored.push(recording);
    else await store.removeCopy(name);
  }
  return stored;
}

/** Stores a recording that was made here, if there is room. @returns undefined if there is none of that name. */
export async function recordedHere(store: RecordingsStore, name: string): Promise<Recording | undefined> {
  const copy = await store.copy(name);
  if (!copy) return undefined;
  const file = new File([copy], name, { lastModified: copy.lastModified });
  const recording = newRecording({ id: name, file, folder: '', place: 'copy' });
  await store.add(recording).catch((error: unknown) => {
    // Its sound is there, and its row is written when there is room again.
    if (problemOf(error).code !== 'storage-full') throw error;
  });
  return recording;
}
