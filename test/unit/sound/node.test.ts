import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSoundFile } from '../../../src/sound/node';
import { SoundError } from '../../../src/sound/sound-error';
import { encodeWav } from '../support/wav';

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

it('two readings of a file at once do not disturb each other, although pieces share memory', async () => {
  const path = join(folder, 'long.wav');
  const ramp = Float32Array.from({ length: 200_000 }, (_, i) => (i % 30_000) / 32_768);
  await writeFile(path, encodeWav([ramp, ramp.map((x) => -x)], 32_000, 's16'));
  const { sound, close } = await openSoundFile(path);
  const [first, second] = [sound.readPieces(), sound.readPieces(1)];
  for (let at = 0; at < 131_072; at += 65_536) {
    const { value: one } = await first.next();
    await second.next();
    expect(one?.map((channel: Float32Array) => channel[5])).toEqual([ramp[at + 5], -(ramp[at + 5] as number)]);
  }
  await close();
});

it('a file that becomes shorter while it is read says so: it does not pass for heard', async () => {
  const path = join(folder, 'shorter.wav');
  await writeFile(path, encodeWav([new Float32Array(400_000)], 32_000, 's16'));
  const { sound, close } = await openSoundFile(path);
  const pieces = sound.readPieces();
  await pieces.next();
  await truncate(path, 200_000);
  const rest = (async () => {
    for await (const _ of pieces);
  })();
  await expect(rest).rejects.toMatchObject({ fault: 'out-of-reach', detail: 'it became shorter while it was read' });
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
