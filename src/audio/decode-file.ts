import { LONGEST_FILE_SECONDS } from '../shared/contracts/clip';
import { EarmarkError, type LengthFault, type UnreadableFault } from '../shared/contracts/messages/problem';
import { decodeWav, readWavHeader, toInt16 } from '../shared/lib/files/wav';
import { Pauses } from '../shared/lib/pause';
import { mediaDuration } from './media-duration';

/** Ten minutes of uncompressed stereo at 96 kHz and 24 bits, plus some margin. */
const LARGEST_FILE_BYTES = 384 * 1024 * 1024;

/** For files that do not state their duration: ten minutes at 220 kbit/s. */
const LARGEST_UNTOLD_BYTES = 16 * 1024 * 1024;

/** A WAV header, and what programs like to put before the samples. */
const HEADER_BYTES = 64 * 1024;

/** Samples mixed down between two looks at the clock. */
const SLICE_SAMPLES = 100_000;

/**
 * Decodes a whole audio file, or a video's sound, to 16-bit mono at `sampleRateHz`, averaging the channels.
 *
 * One file is one clip: splitting a recording into pieces that are tested against each other would flatter the proof.
 * 16-bit mono WAV files at `sampleRateHz` are read exactly; other files go through the browser's decoder and resampler.
 * Files that are too long are rejected by their header, before decoding.
 *
 * @throws EarmarkError file-unreadable or file-too-long.
 */
export async function decodeFile(file: File, sampleRateHz: number): Promise<Int16Array<ArrayBuffer>> {
  const { name } = file;
  if (file.size === 0) throw unreadable(name, 'empty');
  const header = readWavHeader(await readBytes(file.slice(0, HEADER_BYTES), name), file.size);
  const seconds = header ? header.durationSeconds : await mediaDuration(file);
  if (seconds === undefined && file.size > LARGEST_UNTOLD_BYTES) {
    throw tooLong(name, { code: 'unknown-length', mebibytes: LARGEST_UNTOLD_BYTES / 2 ** 20 });
  }
  checkDuration(name, seconds ?? 0);
  if (file.size > LARGEST_FILE_BYTES) {
    throw tooLong(name, { code: 'larger-than', mebibytes: LARGEST_FILE_BYTES / 2 ** 20 });
  }
  const bytes = await readBytes(file, name);
  const wav = decodeWav(bytes);
  const samples = wav?.sampleRateHz === sampleRateHz ? wav.samples : await decode(bytes, sampleRateHz, name);
  if (samples.length === 0) throw unreadable(name, 'silent');
  return samples;
}

async function decode(bytes: ArrayBuffer, sampleRateHz: number, name: string): Promise<Int16Array<ArrayBuffer>> {
  // The context renders nothing. It only sets the rate that the decoder resamples to.
  const context = new OfflineAudioContext(1, 1, sampleRateHz);
  const decoded = await context.decodeAudioData(bytes).catch((cause: unknown) => {
    throw unreadable(name, 'undecodable', { cause });
  });
  // A header can claim less than there is.
  checkDuration(name, decoded.duration);
  return toInt16(await mixDown(decoded));
}

/** Averages the channels. Non-finite samples, which float files can hold, become 0. */
async function mixDown(decoded: AudioBuffer): Promise<Float32Array> {
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, c) => decoded.getChannelData(c));
  const mono = new Float32Array(decoded.length);
  const pauses = new Pauses();
  for (let start = 0; start < mono.length; start += SLICE_SAMPLES) {
    const end = Math.min(mono.length, start + SLICE_SAMPLES);
    for (const channel of channels) {
      for (let i = start; i < end; i++) {
        const sample = channel[i] as number;
        if (Number.isFinite(sample)) mono[i] = (mono[i] as number) + sample / channels.length;
      }
    }
    await pauses.take();
  }
  return mono;
}

async function readBytes(file: Blob, name: string): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (cause) {
    throw unreadable(name, 'out-of-reach', { cause });
  }
}

function checkDuration(name: string, seconds: number): void {
  if (seconds <= LONGEST_FILE_SECONDS) return;
  throw tooLong(name, { code: 'lasts', seconds });
}

function tooLong(file: string, fault: LengthFault): EarmarkError {
  return new EarmarkError({ code: 'file-too-long', file, fault, mostMinutes: LONGEST_FILE_SECONDS / 60 });
}

function unreadable(file: string, fault: UnreadableFault, options?: ErrorOptions): EarmarkError {
  return new EarmarkError({ code: 'file-unreadable', file, fault }, options);
}
