import { HIGHEST_RATE_HZ, LOWEST_RATE_HZ } from '../dsp/resampler';
import { type ByteSource, fourCharacters } from './bytes';
import { DamagedHeader, UnknownCodec } from './pcm/layout';
import { PcmFile } from './pcm/pcm-file';
import { PcmSound } from './pcm/pcm-sound';
import { SoundError } from './sound-error';
import type { SoundFile } from './sound-file';
import { readStartTime } from './start-time';
import { afterId3 } from './tags';

/**
 * Opens a sound file, recognised by its content. Its name is never looked at.
 *
 * @param places what an earlier reading of the same file has left in {@link SoundFile.places}.
 * @throws SoundError if it is empty, no sound, protected, damaged, or in a format that nothing here decodes.
 */
export async function openSound(source: ByteSource, places?: readonly number[]): Promise<SoundFile> {
  if (source.size === 0) throw new SoundError('empty');
  const sound = await openKnown(source, places).catch((cause: unknown) => {
    if (cause instanceof DamagedHeader) throw new SoundError('undecodable', cause.message, { cause });
    if (cause instanceof UnknownCodec) throw new SoundError('unknown-codec', cause.codec, { cause });
    throw cause;
  });
  if (!(sound.sampleRateHz >= LOWEST_RATE_HZ && sound.sampleRateHz <= HIGHEST_RATE_HZ)) {
    throw new SoundError('rate-out-of-range', `${sound.sampleRateHz} Hz`);
  }
  return sound;
}

async function openKnown(whole: ByteSource, places?: readonly number[]): Promise<SoundFile> {
  const source = await withoutTagBeforePcm(whole);
  const pcm = await PcmFile.open(source).catch(async (error: unknown) => {
    const mpeg =
      error instanceof UnknownCodec && /^MP/.test(error.codec) ? await openMpegInWav(source, places) : undefined;
    if (mpeg) return mpeg;
    throw error;
  });
  if (pcm instanceof PcmFile) return new PcmSound(pcm, await readStartTime(source));
  if (pcm) return pcm;
  const { openCompressed } = await import('./open-compressed');
  return openCompressed(source, places);
}

/** Some programs put an ID3 tag before the header of a WAV or AIFF file. Other formats skip tags by themselves. */
async function withoutTagBeforePcm(source: ByteSource): Promise<ByteSource> {
  const start = await afterId3(source);
  const isPcm =
    start > 0 && /^(RIFF|RIFX|RF64|BW64|FORM)$/.test(fourCharacters(await source.read(start, start + 4), 0));
  if (!isPcm) return source;
  return { size: source.size - start, read: (from, to) => source.read(start + from, start + to) };
}

/** MPEG audio in a WAV file: its frames begin somewhere behind the first header. */
async function openMpegInWav(source: ByteSource, places?: readonly number[]): Promise<SoundFile | undefined> {
  const { MpegSound } = await import('./mpeg/mpeg-sound');
  return MpegSound.open(source, 12, 'WAV', places);
}
