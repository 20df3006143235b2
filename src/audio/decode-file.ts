import { LONGEST_FILE_SECONDS } from '../shared/contracts/clip';
import { EarmarkError, type LengthFault } from '../shared/contracts/messages/problem';
import { toInt16 } from '../shared/lib/files/wav';
import { Pauses } from '../shared/lib/pause';
import { blobBytes } from '../sound/bytes';
import { type MixFacts, MonoReader } from '../sound/mono';
import { openSound } from '../sound/open-sound';
import { SoundError } from '../sound/sound-error';
import type { SoundFile } from '../sound/sound-file';
import { openByBrowser } from './browser-decoder';

/**
 * Decodes a whole audio file, or a video's sound, to 16-bit mono at `sampleRateHz`.
 *
 * One file is one clip: splitting a recording into pieces that are tested against each other would flatter the proof.
 * Files that are too long are rejected by their header if it says so, and else as soon as they have been read too far.
 *
 * @param tell is called with what was done to the channels and the level.
 * @throws EarmarkError file-unreadable or file-too-long.
 */
export async function decodeFile(
  file: File,
  sampleRateHz: number,
  tell: (facts: MixFacts) => void = () => undefined,
): Promise<Int16Array<ArrayBuffer>> {
  try {
    const sound = await open(file, sampleRateHz);
    const { claimedSeconds = 0 } = sound;
    if (claimedSeconds > LONGEST_FILE_SECONDS) throw tooLong(file.name, { code: 'lasts', seconds: claimedSeconds });
    const reader = new MonoReader(sound, sampleRateHz);
    const samples = await readWhole(reader, LONGEST_FILE_SECONDS * sampleRateHz, file.name);
    if (samples.length === 0) throw new SoundError('silent');
    tell(reader.facts);
    return samples;
  } catch (cause) {
    if (!(cause instanceof SoundError)) throw cause;
    const { fault, detail } = cause;
    const problem = { code: 'file-unreadable', file: file.name, fault, ...(detail && { detail }) } as const;
    throw new EarmarkError(problem, { cause });
  }
}

/** What nothing of ours decodes may still be known to the browser's player. */
async function open(file: File, sampleRateHz: number): Promise<SoundFile> {
  try {
    return await openSound(blobBytes(file));
  } catch (error) {
    if (!(error instanceof SoundError) || error.fault !== 'unknown-codec') throw error;
    const sound = await openByBrowser(file, sampleRateHz);
    if (!sound) throw error;
    return sound;
  }
}

async function readWhole(reader: MonoReader, mostSamples: number, name: string): Promise<Int16Array<ArrayBuffer>> {
  const pieces: Int16Array<ArrayBuffer>[] = [];
  let length = 0;
  const pauses = new Pauses();
  for await (const piece of reader.read()) {
    pieces.push(toInt16(piece));
    length += piece.length;
    if (length > mostSamples) throw tooLong(name, { code: 'longer' });
    await pauses.take();
  }
  const whole = new Int16Array(length);
  let written = 0;
  for (const piece of pieces) {
    whole.set(piece, written);
    written += piece.length;
  }
  return whole;
}

function tooLong(file: string, fault: LengthFault): EarmarkError {
  return new EarmarkError({ code: 'file-too-long', file, fault, mostMinutes: LONGEST_FILE_SECONDS / 60 });
}
