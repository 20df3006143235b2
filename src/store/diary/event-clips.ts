import type { HeardClip } from '../../shared/contracts/diary/heard';
import { decodeWav, encodeWav, isSound } from '../../shared/lib/files/wav';
import type { Transaction } from '../database';
import { type EventClip, isEventClip } from './event-row';

/** The sound of an event as it is stored. */
export interface StoredSound {
  readonly startMs: number;
  readonly isKept: boolean;
  readonly samples: Int16Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

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

/** Undefined if the event has none that can be used. */
export async function readSound(
  transaction: Transaction<'eventClips' | 'eventSounds', 'readonly'>,
  event: string,
): Promise<StoredSound | undefined> {
  const clip: unknown = await transaction.objectStore('eventClips').get(event);
  const wav: unknown = await transaction.objectStore('eventSounds').get(event);
  const sound = isSound(wav) ? decodeWav(wav) : undefined;
  return isEventClip(clip) && sound ? { startMs: clip.startMs, isKept: clip.isKept, ...sound } : undefined;
}

export async function deleteClip(transaction: Transaction<'eventClips' | 'eventSounds'>, event: string): Promise<void> {
  await transaction.objectStore('eventClips').delete(event);
  await transaction.objectStore('eventSounds').delete(event);
}
