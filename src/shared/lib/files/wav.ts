/**
 * 16-bit mono WAV, the format in which clips are stored and exported.
 *
 * A sample x between −1 and 1 becomes the integer x·32768, rounded and clamped to −32768 … 32767; the integer n becomes
 * the sample n/32768. So integers survive any number of round trips, and so does a microphone's 16-bit sound.
 */

const FULL_SCALE = 32_768;
const HEADER_BYTES = 44;
const PCM = 1;
const EXTENSIBLE = 0xfffe;

/** The header of a WAV file. */
export interface WavHeader {
  /** Integer PCM; false for floating point and compressed sound. */
  readonly pcm: boolean;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly bitsPerSample: number;
  /** Where the samples lie in the file. */
  readonly dataStart: number;
  /** As the header claims; more than the file has if it was cut off. */
  readonly dataBytes: number;
  /** Of what the file has; undefined if the header makes no sense. */
  readonly durationSeconds: number | undefined;
}

/** Samples between −1 and 1 as 16-bit integers. NaN becomes 0. */
export function toInt16(samples: Float32Array): Int16Array<ArrayBuffer> {
  const integers = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    const scaled = Math.round((samples[i] as number) * FULL_SCALE);
    // An integer array would wrap samples that are too loud. It turns NaN into 0 by itself.
    integers[i] = Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, scaled));
  }
  return integers;
}

/** 16-bit integers as samples between −1 and 1. */
export function fromInt16(integers: Int16Array): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(integers.length);
  for (let i = 0; i < integers.length; i++) samples[i] = (integers[i] as number) / FULL_SCALE;
  return samples;
}

/** A WAV file of mono samples. */
export function encodeWav(samples: Int16Array, sampleRateHz: number): ArrayBuffer {
  const file = new ArrayBuffer(HEADER_BYTES + samples.byteLength);
  const view = new DataView(file);
  const writeText = (at: number, text: string): void => {
    for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  };
  writeText(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + samples.byteLength, true);
  writeText(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, 2 * sampleRateHz, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  writeText(36, 'data');
  view.setUint32(40, samples.byteLength, true);
  // WAV is little-endian, like every machine that a browser runs on.
  new Int16Array(file, HEADER_BYTES).set(samples);
  return file;
}

/**
 * Reads a WAV header.
 *
 * @param bytes the file or its beginning. @param fileBytes length of the file.
 * @returns undefined if it is not a WAV file, or its samples begin later.
 */
export function readWavHeader(bytes: ArrayBuffer, fileBytes: number): WavHeader | undefined {
  const view = new DataView(bytes);
  const textAt = (at: number): string => String.fromCharCode(...new Uint8Array(bytes, at, 4));
  if (bytes.byteLength < 12 || textAt(0) !== 'RIFF' || textAt(8) !== 'WAVE') return undefined;
  let format: WavFormat | undefined;
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const name = textAt(at);
    const chunkBytes = view.getUint32(at + 4, true);
    at += 8;
    if (name === 'fmt ' && at + 16 <= bytes.byteLength) format = readFormat(view, at, chunkBytes);
    if (name === 'data') {
      if (!format) return undefined;
      const { bytesPerSecond, ...told } = format;
      const seconds = Math.min(chunkBytes, fileBytes - at) / bytesPerSecond;
      const durationSeconds = Number.isFinite(seconds) ? seconds : undefined;
      return { ...told, dataStart: at, dataBytes: chunkBytes, durationSeconds };
    }
    // Chunks begin at even offsets.
    at += chunkBytes + (chunkBytes % 2);
  }
  return undefined;
}

type WavFormat = Pick<WavHeader, 'pcm' | 'channels' | 'sampleRateHz' | 'bitsPerSample'> & { bytesPerSecond: number };

function readFormat(view: DataView, at: number, chunkBytes: number): WavFormat {
  const tag = view.getUint16(at, true);
  // The second half of the extensible format names the sample format, starting with the plain format's number.
  const extended = tag === EXTENSIBLE && chunkBytes >= 26 && at + 26 <= view.byteLength;
  const pcm = (extended ? view.getUint16(at + 24, true) : tag) === PCM;
  const channels = view.getUint16(at + 2, true);
  const sampleRateHz = view.getUint32(at + 4, true);
  const bitsPerSample = view.getUint16(at + 14, true);
  // The header's own figure is used only if it cannot be computed.
  const bytesPerSecond = pcm ? (channels * bitsPerSample * sampleRateHz) / 8 : view.getUint32(at + 8, true);
  return { pcm, channels, sampleRateHz, bitsPerSample, bytesPerSecond };
}

/** The exact samples of a complete 16-bit mono WAV file; undefined for everything else. */
export function decodeWav(bytes: ArrayBuffer): { samples: Int16Array<ArrayBuffer>; sampleRateHz: number } | undefined {
  const header = readMonoHeader(bytes);
  if (!header) return undefined;
  const { dataStart, dataBytes, sampleRateHz } = header;
  return { samples: new Int16Array(bytes.slice(dataStart, dataStart + dataBytes)), sampleRateHz };
}

/** Whether stored data is a complete 16-bit mono WAV file with at least one sample. */
export function isSound(stored: unknown): stored is ArrayBuffer {
  return stored instanceof ArrayBuffer && (readMonoHeader(stored)?.dataBytes ?? 0) > 0;
}

/** The header of a complete 16-bit mono WAV file; undefined for everything else. */
function readMonoHeader(bytes: ArrayBuffer): WavHeader | undefined {
  const header = readWavHeader(bytes, bytes.byteLength);
  if (!header?.pcm || header.channels !== 1 || header.bitsPerSample !== 16) return undefined;
  const { dataStart, dataBytes } = header;
  return dataBytes % 2 === 0 && dataStart + dataBytes <= bytes.byteLength ? header : undefined;
}
