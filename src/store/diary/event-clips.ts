import type { HeardClip } from '../../shared/contracts/diary/heard';
import { encodeWav } from '../../shared/lib/files/wav';
import { groupBy } from '../../shared/lib/group-by';
import type { Transaction } from '../database';
import type { EventClip } from './event-row';

/** What a clip is called after. */
interface Sounded {
  readonly label: string;
  readonly peakProbability: number;
}

/** Stores an event's sound. */
export async function putClip(
  transaction: Transaction<'eventClips' | 'eventSounds'>,
  { event, startMs, samples, sampleRateHz }: HeardClip,
  { label, peakProbability }: Sounded,
): Promise<EventClip> {
  const wav = encodeWav(samples, sampleRateHz);
  const clip = { event, label, peakProbability, startMs, bytes: wav.byteLength, isKept: false };
  await transaction.objectStore('eventClips').put(clip);
  await transaction.objectStore('eventSounds').put(wav, event);
  return clip;
}

export async function deleteClip(transaction: Transaction<'eventClips' | 'eventSounds'>, event: string): Promise<void> {
  await transaction.objectStore('eventClips').delete(event);
  await transaction.objectStore('eventSounds').delete(event);
}

/**
 * Which clips must go so that the others fit: always the weakest of the label whose clips take the most room, so that
 * rare sounds stay. Of equally strong ones the oldest goes. Those that a person kept stay.
 */
export function clipsToDelete(clips: readonly EventClip[], mostBytes: number): EventClip[] {
  let bytes = clips.reduce((sum, clip) => sum + clip.bytes, 0);
  const byLabel = groupBy(
    clips.filter(({ isKept }) => !isKept),
    ({ label }) => label,
  );
  const shelves = [...byLabel.values()].map((own) => ({
    bytes: own.reduce((sum, clip) => sum + clip.bytes, 0),
    // The weakest last.
    clips: own.sort((a, b) => b.peakProbability - a.peakProbability || b.startMs - a.startMs),
  }));
  const gone: EventClip[] = [];
  while (bytes > mostBytes) {
    const fullest = shelves.reduce((most, shelf) => (shelf.bytes > most.bytes ? shelf : most), {
      bytes: 0,
      clips: [] as EventClip[],
    });
    const clip = fullest.clips.pop();
    if (!clip) break;
    fullest.bytes -= clip.bytes;
    bytes -= clip.bytes;
    gone.push(clip);
  }
  return gone;
}
