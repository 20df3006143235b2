import type { UnreadableFault } from '../../src/shared/contracts/messages/problem';
import { MonoReader, readWholeMono } from '../../src/sound/mono';
import { openSoundFile } from '../../src/sound/node';
import { SoundError } from '../../src/sound/sound-error';

/** What follows a file's path. */
const faults: Readonly<Record<UnreadableFault, string>> = {
  empty: 'is empty',
  silent: 'holds no sound that can be decoded',
  undecodable: 'cannot be decoded: unknown audio format, or damaged',
  'out-of-reach': 'cannot be read',
  'not-sound': 'is no sound file',
  archive: 'is an archive: unpack it first',
  stalled: 'does not answer',
  'cut-off': 'is cut off: the part that says what is in it is missing',
  'no-sound-track': 'is a video without sound',
  protected: 'cannot be decoded: it is copy-protected (DRM)',
  'unknown-codec': 'cannot be decoded: nothing here knows its format',
  'rate-out-of-range': 'has a sample rate that is not from 2 to 500 kHz',
};

/**
 * Reads an audio file, or a video's sound, as mono samples, as the page does.
 *
 * A damaged file can make a decoder run for ever or end the process: use {@link AudioFileReader} for files of unknown
 * origin.
 *
 * @returns finite samples at `sampleRateHz`.
 * @throws Error with a sentence naming the file if it cannot be read, is not audio, or holds no sound.
 */
export async function readAudioFile(path: string, sampleRateHz: number): Promise<Float32Array> {
  try {
    const { sound, close } = await openSoundFile(path);
    try {
      const samples = await readWholeMono(new MonoReader(sound, sampleRateHz));
      if (samples.length === 0) throw new SoundError('silent');
      return samples;
    } finally {
      await close();
    }
  } catch (cause) {
    if (!(cause instanceof SoundError)) throw new Error(`${path} cannot be decoded: ${String(cause)}`, { cause });
    const { fault, detail } = cause;
    const reason = detail === '' ? '' : fault === 'out-of-reach' ? `: ${detail}` : ` (${detail})`;
    throw new Error(`${path} ${faults[fault]}${reason}`, { cause });
  }
}
