import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readAudioFile } from '../../../cli/audio/audio-files';

const SAMPLE_RATE_HZ = 48_000;

/** The data set beside the repository, or where EARMARK_DATA says. Its clips are not part of the repository. */
const dataFolder = resolve(process.env.EARMARK_DATA ?? '../shared/data');

/** Why the tests that play clips of the data set cannot run here; undefined where they can. */
export const clipsMissing = existsSync(join(dataFolder, 'clips.csv'))
  ? undefined
  : `NO CLIPS: there is no data set at ${dataFolder} (set EARMARK_DATA to its folder), so the shipped model is not played to`;

/** Mono samples of a clip that no training has used: `training/lists/reserved-clips.txt` lists them. */
export async function reservedClip(file: string): Promise<Float32Array> {
  const reserved = (await readFile('training/lists/reserved-clips.txt', 'utf8')).split('\n');
  if (!reserved.includes(file)) throw new Error(`${file} may have been trained on: play a reserved clip`);
  return readAudioFile(join(dataFolder, 'clips', file), SAMPLE_RATE_HZ);
}

/** A recording in the public domain, see test/sounds/README.md. */
export function packagedSound(file: string): Promise<Float32Array> {
  return readAudioFile(join('test/sounds', file), SAMPLE_RATE_HZ);
}

export function silence(seconds: number): Float32Array {
  return new Float32Array(seconds * SAMPLE_RATE_HZ);
}

/** Pink noise (−3 dB an octave) at −20 dBFS, by the filter that P. Kellet published on music-dsp; seeded. */
export function pinkNoise(seconds: number): Float32Array {
  let seed = 2017;
  const white = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 31 - 1;
  };
  let [low, middle, high] = [0, 0, 0];
  const noise = new Float32Array(seconds * SAMPLE_RATE_HZ).map(() => {
    const input = white();
    low = 0.99765 * low + input * 0.099046;
    middle = 0.963 * middle + input * 0.2965164;
    high = 0.57 * high + input * 1.0526913;
    return low + middle + high + input * 0.1848;
  });
  const rms = Math.sqrt(noise.reduce((sum, x) => sum + x * x, 0) / noise.length);
  return noise.map((x) => (x / rms) * 0.1);
}

/** Writes samples to `path` as a 16-bit WAV, which Chromium plays as a microphone again and again. */
export async function writeMicrophoneFile(path: string, samples: Float32Array): Promise<void> {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length * 2, 40);
  const pcm = Int16Array.from(samples, (x) => Math.round(Math.max(-1, Math.min(1, x)) * 32_767));
  await writeFile(path, Buffer.concat([header, Buffer.from(pcm.buffer)]));
}
