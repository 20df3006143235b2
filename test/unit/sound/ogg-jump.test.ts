import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openSound } from '../../../src/sound/open-sound';
import { bytesSource } from '../support/byte-source';

const folder = mkdtempSync(join(tmpdir(), 'earmark-ogg-jump-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

it.for([
  ['Vorbis', 'a.ogg', 'libvorbis'],
  ['Opus', 'a.opus', 'libopus'],
] as const)('a jump in %s reads nothing of what lies before, and is exact', async ([, name, codec], context) => {
  context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
  const path = join(folder, name);
  const noise = 'anoisesrc=d=100:r=48000:seed=3:a=0.3';
  spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', noise, '-c:a', codec, '-b:a', '96k', path]);
  const whole = new Uint8Array(readFileSync(path));
  const sound = await openSound(bytesSource(whole));
  const first: number[] = [];
  for await (const [channel] of sound.readPieces()) for (const sample of channel as Float32Array) first.push(sample);
  // Whoever reads these pages loses sound, and with it the place.
  const damaged = whole.slice().fill(0, 0.15 * whole.length, 0.35 * whole.length);
  const jumped = await openSound(bytesSource(damaged));
  for (const seconds of [80.123, 95]) {
    const { value } = await jumped.readPieces(seconds).next();
    const [samples] = value as [Float32Array];
    const at = Math.round(seconds * 48_000);
    expect(samples.length).toBeGreaterThan(100);
    const expected = first.slice(at, at + samples.length);
    expect(Math.max(...expected.map((sample, i) => Math.abs(sample - (samples[i] as number))))).toBeLessThan(1e-3);
  }
});

it.for(['libvorbis', 'libopus'])('a jump into the second stream of a chain is exact (%s)', async (codec, context) => {
  context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
  const streams = ['d=30:seed=1', 'd=4:seed=2'].map((noise, i) => {
    const path = join(folder, `${codec}-${i}.ogg`);
    const source = `anoisesrc=r=48000:a=0.3:${noise}`;
    spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-c:a', codec, '-b:a', '96k', path]);
    return new Uint8Array(readFileSync(path));
  });
  const sound = await openSound(bytesSource(Buffer.concat(streams)));
  // The second stream is short, and the end of the first one near.
  expect(sound.claimedSeconds).toBeUndefined();
  const all: number[] = [];
  for await (const [channel] of sound.readPieces()) for (const sample of channel as Float32Array) all.push(sample);
  expect(all.length / 48_000).toBeCloseTo(34, 2);
  for (const seconds of [20.5, 30.001, 32.5]) {
    const rest: number[] = [];
    for await (const [channel] of sound.readPieces(seconds)) rest.push(...(channel as Float32Array));
    const expected = all.slice(Math.round(seconds * 48_000));
    expect(rest.length).toBe(expected.length);
    expect(rest.some((sample, i) => Math.abs(sample - (expected[i] as number)) > 1e-3)).toBe(false);
  }
});
