import type { HeardClip } from '../../shared/contracts/diary/heard';
import { encodeWav } from '../../shared/lib/files/wav';
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
