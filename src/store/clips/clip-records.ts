import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import { encodeWav, isSound } from '../../shared/lib/files/wav';
import { sha256Hex } from '../../shared/lib/sha256';
import type { Transaction } from '../database';
import { goodRows } from '../row-schemas';

/** Maximum length of a clip's name in characters. Longer names are cut. */
const LONGEST_CLIP_NAME = 200;

/** The longest file name that file systems allow. */
const LONGEST_FILE_NAME = 255;

/** A sound to be kept in the library. */
export interface NewClip {
  /** Mono, 16-bit, see `wav.ts`. */
  readonly samples: Int16Array<ArrayBuffer>;
  readonly sampleRateHz: number;
  readonly name: string;
  /** See `ClipInfo.fileName`. */
  readonly fileName?: string;
  /** What sounds in it. Labels with new ids are remembered with their names. */
  readonly labels: readonly TaughtLabel[];
  /** Whether a person has said what sounds in it. */
  readonly reviewed: boolean;
  /** The id it had where it comes from. A new one if it is omitted or taken. */
  readonly id?: string;
  /** Milliseconds since the epoch. Defaults to now. */
  readonly keptAtMs?: number;
  /** See `ClipInfo.heardLive`. */
  readonly heardLive?: boolean;
}

/** A clip as stored in the database. */
export interface ClipRecord {
  readonly info: ClipInfo;
  readonly wav: ArrayBuffer;
  readonly labels: readonly TaughtLabel[];
}

/** The name as the library stores it. */
export function clipName(name: string): string {
  return [...name.trim()].slice(0, LONGEST_CLIP_NAME).join('');
}

/** @throws EarmarkError empty-sound if there are no samples, insecure-page if the browser cannot hash. */
export async function clipRecord(clip: NewClip): Promise<ClipRecord> {
  const { samples, sampleRateHz, name, fileName, labels, reviewed, keptAtMs = Date.now(), heardLive = false } = clip;
  if (samples.length === 0) {
    throw new EarmarkError({ code: 'empty-sound' });
  }
  const info: ClipInfo = {
    id: clip.id ?? crypto.randomUUID(),
    name: clipName(name),
    // The end is kept: it holds the extension.
    ...(fileName ? { fileName: [...fileName].slice(-LONGEST_FILE_NAME).join('') } : {}),
    keptAtMs,
    sampleRateHz,
    sampleCount: samples.length,
    labels: idsOf(labels),
    reviewed,
    hash: await sha256(samples),
    ...(heardLive ? { heardLive } : {}),
  };
  return { info, wav: encodeWav(samples, sampleRateHz), labels };
}

/** The labels' ids, each once. */
export function idsOf(labels: readonly TaughtLabel[]): string[] {
  return [...new Set(labels.map(({ id }) => id))];
}

/** Remembers new labels. For an existing id the first name stays. */
export async function keepLabels(transaction: Transaction<'labels'>, labels: readonly TaughtLabel[]): Promise<void> {
  const store = transaction.objectStore('labels');
  for (const { id, name } of labels) {
    if ((await store.getKey(id)) === undefined) await store.put({ id, name });
  }
}

/**
 * The clip that holds a sound. A row that is unusable, has lost its samples or has something else in their place
 * does not count. `makeRoom` deletes it, because no two rows may have the same sound.
 */
export async function clipOfSound(
  transaction: Transaction<'clips' | 'samples', 'readonly' | 'readwrite'>,
  hash: string,
): Promise<ClipInfo | undefined> {
  const row = await transaction.objectStore('clips').index('hash').get(hash);
  const [clip] = goodRows('clips', row ? [row] : []);
  return clip && isSound(await transaction.objectStore('samples').get(clip.id)) ? clip : undefined;
}

/**
 * Deletes the row that keeps a sound from being added, if {@link clipOfSound} finds no usable clip, and whatever is
 * stored in place of its samples. The new clip's samples may already be stored.
 */
export async function makeRoom(
  transaction: Transaction<'clips' | 'samples'>,
  { id, hash }: Pick<ClipInfo, 'id' | 'hash'>,
): Promise<void> {
  const clips = transaction.objectStore('clips');
  const key = await clips.index('hash').getKey(hash);
  if (key === undefined) return;
  await clips.delete(key);
  if (key !== id) await transaction.objectStore('samples').delete(key);
}

/** Deletes for good the samples that no clip owns, and what was computed from them. */
export async function deleteUnlisted(
  transaction: Transaction<'samples' | 'embeddings' | 'unlisted'>,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    // Listed again in the meantime: it has an owner.
    if ((await transaction.objectStore('unlisted').getKey(id)) === undefined) continue;
    await transaction.objectStore('unlisted').delete(id);
    await transaction.objectStore('samples').delete(id);
    // Every key that begins with the id: an array sorts after any text.
    await transaction.objectStore('embeddings').delete(IDBKeyRange.bound([id], [id, []]));
  }
}

async function sha256(integers: Int16Array<ArrayBuffer>): Promise<string> {
  // Browsers hide it from pages on an insecure connection.
  if (crypto.subtle === undefined) {
    throw new EarmarkError({ code: 'insecure-page', wanted: 'clips' });
  }
  return sha256Hex(integers);
}
