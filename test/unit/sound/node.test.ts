import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSoundFile } from '../../../src/sound/node';
import { SoundError } from '../../../src/sound/sound-error';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earmark-sound-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('a file on disk is read to its end', async () => {
  const { sound, close } = await openSoundFile('test/cases/09-broadcast.bwf');
  expect(sound).toMatchObject({ container: 'WAV', codec: 'PCM', bitsPerSample: 16, channels: 1, sampleRateHz: 32_000 });
  let frames = 0;
  for await (const piece of sound.readPieces()) frames += piece[0]?.length ?? 0;
  await close();
  expect(frames).toBe(32_000);
});

it('pieces from the middle of a file are the same as those of the whole', async () => {
  const { sound, close } = await openSoundFile('test/cases/07-rf64.wav');
  const first = async (startSeconds: number) => (await sound.readPieces(startSeconds).next()).value?.[0];
  const whole = await first(0);
  expect(await first(0.25)).toEqual(whole?.subarray(8000));
  await close();
});

it.each([
  ['a missing file', 'missing.wav', 'out-of-reach', 'ENOENT'],
  ['a folder', 'a.wav', 'out-of-reach', 'a folder'],
  ['an empty file', 'empty.wav', 'empty', ''],
  ['half a header', 'half.wav', 'undecodable', 'no format'],
])('%s says so', async (_, name, fault, detail) => {
  await mkdir(join(folder, 'a.wav'), { recursive: true });
  await writeFile(join(folder, 'empty.wav'), '');
  await writeFile(join(folder, 'half.wav'), 'RIFF\0\0\0\0WAVE');
  const failure = await openSoundFile(join(folder, name)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SoundError);
  expect(failure).toMatchObject({ fault, detail });
});
