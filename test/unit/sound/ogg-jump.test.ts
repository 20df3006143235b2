import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openSound } from '../../../src/sound/open-sound';
import type { SoundFile } from '../../../src/sound/sound-file';
import { largestDifference } from '../support/arrays';
import { bytesSource } from '../support/byte-source';

const folder = mkdtempSync(join(tmpdir(), 'earmark-ogg-jump-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first channel from a place on. */
async function samplesFrom(sound: SoundFile, seconds = 0): Promise<Float32Array> {
  const pieces: Buffer[] = [];
  for await (const [channel] of sound.readPieces(seconds)) {
    const { buffer, byteOffset, byteLength } = channel as Float32Array<ArrayBuffer>;
    pieces.push(Buffer.from(buffer.slice(byteOffset, byteOffset + byteLength)));
  }
  return new Float32Array(Uint8Array.from(Buffer.concat(pieces)).buffer);
}

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
  const first = await samplesFrom(sound);
  // Whoever reads these pages loses sound, and with it the place.
  const damaged = whole.slice().fill(0, 0.15 * whole.length, 0.35 * whole.length);
  const jumped = await openSound(bytesSource(damaged));
  for (const seconds of [80.123, 95]) {
    const { value } = await jumped.readPieces(seconds).next();
    const [samples] = value as [Float32Array];
    const at = Math.round(seconds * 48_000);
    expect(samples.length).toBeGreaterThan(100);
    const expected = first.slice(at, at + samples.length);
    expect(largestDifference(expected, samples)).toBe(0);
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
  const all = await samplesFrom(sound);
  expect(all.length / 48_000).toBeCloseTo(34, 2);
  for (const seconds of [20.5, 30.001, 32.5]) {
    const rest = await samplesFrom(sound, seconds);
    const expected = all.slice(Math.round(seconds * 48_000));
    expect(rest.length).toBe(expected.length);
    expect(largestDifference(rest, expected)).toBeLessThan(1e-3);
  }
});

it.for(['libvorbis', 'libopus', 'flac'])(
  'a recorder that was switched on again is read whole (%s)',
  async (codec, context) => {
    context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
    const [short, long] = ['d=4:seed=1', 'd=30:seed=2'].map((noise, i) => {
      const path = join(folder, `again-${codec}-${i}.ogg`);
      const source = `anoisesrc=r=48000:a=0.3:${noise}`;
      // Both streams have the same serial number.
      const options = ['-c:a', codec, '-ac', '1', '-fflags', '+bitexact', '-serial_offset', '7', '-b:a', '96k'];
      spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...options, path]);
      return new Uint8Array(readFileSync(path));
    }) as [Uint8Array, Uint8Array];
    const opened = (bytes: Uint8Array, places?: readonly number[]) => openSound(bytesSource(bytes), places);
    const [first, second] = [await samplesFrom(await opened(short)), await samplesFrom(await opened(long))];
    const chain = await opened(Buffer.concat([short, long]));
    const whole = await samplesFrom(chain);
    expect(whole.length).toBe(first.length + second.length);
    expect(largestDifference(whole.subarray(0, first.length), first)).toBe(0);
    expect(largestDifference(whole.subarray(first.length), second)).toBe(0);
    expect(chain.places).toEqual([0, short.length]);
    for (const places of [undefined, chain.places]) {
      const rest = await samplesFrom(await opened(Buffer.concat([short, long]), places), first.length / 48_000 + 10);
      expect(rest.length).toBe(second.length - 480_000);
      expect(largestDifference(rest, second.subarray(480_000))).toBe(0);
    }
    // Power was lost in the middle of a page.
    const cutOff = await samplesFrom(await opened(Buffer.concat([short.subarray(0, 0.8 * short.length), long])));
    expect(cutOff.length).toBeGreaterThan(second.length + 2 * 48_000);
    expect(largestDifference(cutOff.subarray(cutOff.length - second.length), second)).toBe(0);
  },
);

it('a jump into a large file that was not read looks at few of its pages', async (context) => {
  context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
  // FLAC is large and quickly made.
  const [short, long] = [20, 120].map((seconds) => {
    const path = join(folder, `large-${seconds}.ogg`);
    const source = `anoisesrc=r=48000:a=0.3:seed=${seconds}:d=${seconds}`;
    const options = ['-c:a', 'flac', '-ac', '1', '-fflags', '+bitexact', '-serial_offset', '7'];
    spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...options, path]);
    return new Uint8Array(readFileSync(path));
  }) as [Uint8Array, Uint8Array];
  const jumped = async (bytes: Uint8Array, seconds: number) => {
    const source = bytesSource(bytes);
    let [read, reads] = [0, 0];
    const counted = {
      size: source.size,
      read: (start: number, end: number) => {
        read += Math.min(end, source.size) - start;
        reads++;
        return source.read(start, end);
      },
    };
    const sound = await openSound(counted);
    const { value } = await sound.readPieces(seconds).next();
    const samples = (value as [Float32Array])[0].slice(0, 1000);
    const before = reads;
    await sound.readPieces(seconds + 20).next();
    return { samples, read, readsOfAnother: reads - before };
  };
  const whole = await samplesFrom(await openSound(bytesSource(long)));
  const from = (seconds: number) => whole.subarray(Math.round(48_000 * seconds), Math.round(48_000 * seconds) + 1000);
  for (const seconds of [33.3, 65]) {
    const { samples, read, readsOfAnother } = await jumped(long, seconds);
    expect(largestDifference(samples, from(seconds))).toBe(0);
    expect(read).toBeLessThan(long.length / 2);
    // A few where the place must be about, and from the place on.
    expect(readsOfAnother).toBeLessThan(6);
  }
  // A recorder that was switched on again: the second stream has the same serial number.
  for (const [first, second, secondBegins] of [
    [short, long, 20],
    [long, short, undefined],
  ] as const) {
    const { samples, read } = await jumped(Buffer.concat([first, second]), 55);
    expect(largestDifference(samples, from(55 - (secondBegins ?? 0)))).toBe(0);
    expect(read).toBeGreaterThan(first.length + second.length);
  }
});
