import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { MonoReader, readWholeMono } from '../../../src/sound/mono';
import { openSound } from '../../../src/sound/open-sound';
import { largestDifference } from '../support/arrays';
import { bytesSource } from '../support/byte-source';

const folder = mkdtempSync(join(tmpdir(), 'earmark-cut-off-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

it.for([
  ['Vorbis in Matroska', 'vorbis.mkv', 'libvorbis'],
  ['FLAC in Matroska', 'flac.mkv', 'flac'],
  ['Opus in WebM', 'opus.webm', 'libopus'],
] as const)('most of a file of a single cluster that is cut off is heard: %s', async ([, name, codec], context) => {
  context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
  const path = join(folder, name);
  spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=d=3:r=48000', '-c:a', codec, path]);
  const whole = readFileSync(path);
  const source = bytesSource(whole.subarray(0, Math.round((2 / 3) * whole.length)));
  const samples = await readWholeMono(new MonoReader(await openSound(source), 32_000));
  expect(samples.length / 32_000).toBeGreaterThan(1.4);
  expect(samples.length / 32_000).toBeLessThan(2.5);
});

it('what follows damaged frames of a FLAC file keeps its time: they are silent', async (context) => {
  context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
  const path = join(folder, 'damaged.flac');
  spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'anoisesrc=d=4:r=32000:a=0.3:seed=4', path]);
  const whole = new Uint8Array(readFileSync(path));
  const samplesOf = async (bytes: Uint8Array) =>
    readWholeMono(new MonoReader(await openSound(bytesSource(bytes)), 32_000));
  const expected = await samplesOf(whole);
  const heard = await samplesOf(whole.slice().fill(0, 0.3 * whole.length, 0.6 * whole.length));
  expect(heard.length).toBe(expected.length);
  expect(largestDifference(heard.subarray(0, 32_000), expected.subarray(0, 32_000))).toBe(0);
  expect(heard[64_000]).toBe(0);
  expect(largestDifference(heard.subarray(96_000), expected.subarray(96_000))).toBe(0);
});

it('FLAC files put end to end are heard to their ends, and from any place on', async (context) => {
  context.skip(!hasFfmpeg, 'ffmpeg, which makes the files, is not installed');
  // Their last frames are shorter than the others.
  const [first, second, third] = [1.03, 9.03, 9.03].map((seconds, seed) => {
    const path = join(folder, `joined-${seed}.flac`);
    const noise = `anoisesrc=d=${seconds}:r=32000:a=0.3:seed=${seed}`;
    spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', noise, path]);
    return new Uint8Array(readFileSync(path));
  }) as [Uint8Array, Uint8Array, Uint8Array];
  const samplesOf = async (bytes: Uint8Array) =>
    readWholeMono(new MonoReader(await openSound(bytesSource(bytes)), 32_000));
  for (const files of [
    [first, second],
    [second, first],
    [second, third],
    [first, second, third],
  ]) {
    const alone = await Promise.all(files.map(samplesOf));
    const expected = Float32Array.from(alone.flatMap((samples) => [...samples]));
    const joined = Buffer.concat(files);
    const heard = await samplesOf(joined);
    expect(heard.length).toBe(expected.length);
    expect(largestDifference(heard, expected)).toBe(0);
    for (const seconds of [0.5, 3, 9.5]) {
      const { value } = await new MonoReader(await openSound(bytesSource(joined)), 32_000).read(seconds).next();
      const piece = (value as Float32Array).subarray(0, 1000);
      expect(piece.length).toBeGreaterThan(100);
      expect(largestDifference(piece, expected.subarray(32_000 * seconds, 32_000 * seconds + piece.length))).toBe(0);
    }
  }
});
