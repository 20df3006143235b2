import { readFile } from 'node:fs/promises';
import decode from 'audio-decode';
import { HIGHEST_RATE_HZ, LOWEST_RATE_HZ, resample } from '../../src/dsp/resampler';

/**
 * Reads an audio file of any common container (wav, mp3, ogg, opus, flac, m4a) as mono samples.
 *
 * Decoders may write to the console, and a damaged file can make one run for ever or end the process: use {@link
 * AudioFileReader} for files of unknown origin.
 *
 * @returns finite samples at `sampleRateHz`, channels averaged.
 * @throws Error with a sentence naming the file if it cannot be read, is not audio, or holds no sound.
 */
export async function readAudioFile(path: string, sampleRateHz: number): Promise<Float32Array> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Error(`${path} cannot be read: ${messageOf(cause)}`, { cause });
  });
  if (bytes.length === 0) throw new Error(`${path} is empty`);
  if (hasImpossibleChannels(bytes)) throw new Error(`${path} cannot be decoded: its header is damaged`);
  const decoded = await decode(bytes).catch((cause: unknown) => {
    throw new Error(`${path} cannot be decoded: ${messageOf(cause)}`, { cause });
  });
  const mono = mixDown(decoded.channelData);
  if (mono.length === 0) throw new Error(`${path} holds no sound that can be decoded`);
  // Other rates mean that the header is damaged.
  if (!(decoded.sampleRate >= LOWEST_RATE_HZ && decoded.sampleRate <= HIGHEST_RATE_HZ)) {
    throw new Error(`${path} has a sample rate of ${decoded.sampleRate} Hz, which is not between 2 and 500 kHz`);
  }
  return resample(mono, decoded.sampleRate, sampleRateHz);
}

/** What went wrong, on one line. Some libraries throw strings. */
function messageOf(cause: unknown): string {
  return String(cause instanceof Error ? cause.message : cause).replace(/\s+/g, ' ');
}

/**
 * Whether a WAV header claims more channels than a block of samples has bytes. The decoder trusts it, and would fill
 * memory with up to 65,535 empty channels.
 */
function hasImpossibleChannels(bytes: Buffer): boolean {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') return false;
  let chunk = 12;
  while (chunk + 24 <= bytes.length && bytes.toString('latin1', chunk, chunk + 4) !== 'fmt ') {
    chunk += 8 + bytes.readUInt32LE(chunk + 4);
  }
  return chunk + 24 <= bytes.length && bytes.readUInt16LE(chunk + 10) > bytes.readUInt16LE(chunk + 20);
}

/** Averages the channels. Non-finite samples, which float files can hold, become 0. */
function mixDown(channels: readonly Float32Array[]): Float32Array {
  const length = Math.min(...channels.map((channel) => channel.length));
  const mono = new Float32Array(channels.length === 0 ? 0 : length);
  for (const channel of channels) {
    for (let i = 0; i < length; i++) {
      const sample = channel[i] as number;
      if (Number.isFinite(sample)) mono[i] = (mono[i] as number) + sample / channels.length;
    }
  }
  return mono;
}
