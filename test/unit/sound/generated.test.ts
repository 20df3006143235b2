import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSoundFile } from '../../../src/sound/node';
import { generatedSounds } from '../../support/generated-sounds';

const run = promisify(execFile);
const isThere = (program: string): Promise<boolean> =>
  run(program, ['--version']).then(
    () => true,
    (error: { code?: unknown }) => error.code !== 'ENOENT',
  );
const [ffmpeg, sox] = await Promise.all([isThere('ffmpeg'), isThere('sox')]);

/** In seconds. */
const LENGTH_TOLERANCE = 0.005;
const ERROR_DB = -50;

describe('120 generated files', () => {
  beforeEach((context) => {
    context.skip(!ffmpeg, 'ffmpeg is not installed');
    context.skip(!sox, 'sox is not installed');
  });

  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earmark-generated-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are as many', () => {
    expect(generatedSounds).toHaveLength(120);
  });

  it.each(generatedSounds)(
    '$name has the length and the samples that ffmpeg decodes',
    async ({ name, program, args }) => {
      const path = join(folder, name);
      const options =
        program === 'ffmpeg'
          ? ['-v', 'error', '-y', ...args, path]
          : [...args.map((arg) => (arg === 'OUT' ? path : arg))];
      await run(program, options);
      const { sound, close } = await openSoundFile(path);
      const pieces = [];
      for await (const piece of sound.readPieces()) pieces.push(piece);
      await close();
      // ffmpeg's own decoder of Opus differs from the reference, which it can use as well.
      const reference = name.startsWith('libopus') ? ['-c:a', 'libopus'] : [];
      const decode = [
        '-v',
        'error',
        ...reference,
        '-i',
        path,
        '-map',
        '0:a:0',
        '-f',
        'f32le',
        '-c:a',
        'pcm_f32le',
        '-',
      ];
      const { stdout } = await run('ffmpeg', decode, { encoding: 'buffer', maxBuffer: 1e8 });
      const expected = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
      const frames = pieces.reduce((sum, [channel]) => sum + (channel?.length ?? 0), 0);
      const { channels, sampleRateHz } = sound;
      expect(Math.abs(frames - expected.length / channels) / sampleRateHz).toBeLessThanOrEqual(LENGTH_TOLERANCE);
      expect(errorDb(pieces, expected, channels)).toBeLessThan(ERROR_DB);
    },
  );
});

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
