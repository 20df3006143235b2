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
