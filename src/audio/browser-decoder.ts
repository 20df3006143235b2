import type { SoundFile } from '../sound/sound-file';
import { PIECE_FRAMES } from '../sound/sound-file';

/** The browser decodes a whole file at once: ten minutes at 400 kbit/s. */
const LARGEST_BYTES = 32 * 1024 * 1024;

/**
 * Opens a file by the decoder behind the browser's player, which decodes and resamples it as a whole. For browsers
 * without WebCodecs for sound (Safari before 26), which have no other way to AAC.
 *
 * @returns undefined if the browser cannot decode it either, or it is too large for that.
 */
export async function openByBrowser(file: File, sampleRateHz: number): Promise<SoundFile | undefined> {
  if (file.size > LARGEST_BYTES) return undefined;
  // The context renders nothing. It only sets the rate that the decoder resamples to.
  const context = new OfflineAudioContext(1, 1, sampleRateHz);
  const decoded = await context.decodeAudioData(await file.arrayBuffer()).catch(() => undefined);
  if (!decoded) return undefined;
  return {
    container: '',
    codec: '',
    bitsPerSample: undefined,
    channels: decoded.numberOfChannels,
    sampleRateHz,
    decoder: 'decodeAudioData',
    startTime: undefined,
    claimedSeconds: decoded.duration,
    async *readPieces(startSeconds = 0) {
      for (let at = Math.round(startSeconds * sampleRateHz); at < decoded.length; at += PIECE_FRAMES) {
        yield Array.from({ length: decoded.numberOfChannels }, (_, channel) =>
          decoded.getChannelData(channel).slice(at, at + PIECE_FRAMES),
        );
      }
    },
  };
}
