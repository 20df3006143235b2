import { expect } from 'vitest';
import type { SoundFile } from '../../src/sound/sound-file';

/** In seconds. */
const LENGTH_TOLERANCE = 0.005;
const ERROR_DB = -50;

/** Expects a file to have the length and the samples that another decoder found: the channels in turn. */
export async function expectDecoded(sound: SoundFile, expected: Float32Array): Promise<void> {
  const pieces: Float32Array[][] = [];
  for await (const piece of sound.readPieces()) pieces.push(piece.map((channel) => channel.slice()));
  const frames = pieces.reduce((sum, [channel]) => sum + (channel?.length ?? 0), 0);
  const { channels, sampleRateHz } = sound;
  expect(Math.abs(frames - expected.length / channels) / sampleRateHz).toBeLessThanOrEqual(LENGTH_TOLERANCE);
  expect(errorDb(pieces, expected, channels)).toBeLessThan(ERROR_DB);
}

/** Energy of the difference, relative to that of what is expected. */
function errorDb(pieces: readonly (readonly Float32Array[])[], expected: Float32Array, channels: number): number {
  let [error, energy, frame] = [0, 0, 0];
  for (const piece of pieces) {
    const length = piece[0]?.length ?? 0;
    for (let i = 0; i < length && (frame + i + 1) * channels <= expected.length; i++) {
      for (let c = 0; c < channels; c++) {
        const right = expected[(frame + i) * channels + c] as number;
        error += ((piece[c]?.[i] as number) - right) ** 2;
        energy += right ** 2;
      }
    }
    frame += length;
  }
  return 10 * Math.log10(error / energy);
}
