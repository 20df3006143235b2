import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import wabt from 'wabt';
import { MonoMixer } from '../../../src/shared/lib/sound/mono-mixer';
import { kernelBase64, MixKernel } from '../../../src/sound/mix-kernel';
import { whiteNoise } from '../support/random';

it('the bytes are what wabt makes of mix-kernel.wat', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../src/sound/mix-kernel.wat'), 'utf8');
  const module = (await wabt()).parseWat('mix-kernel.wat', text, { simd: true });
  expect(kernelBase64).toBe(Buffer.from(module.toBinary({}).buffer).toString('base64'));
});

const LENGTH = 1001;
const left = whiteNoise(LENGTH, 1);
const right = whiteNoise(LENGTH, 2).map((sample) => 3 * sample);
left.set([Number.NaN, Number.POSITIVE_INFINITY, 3e38, -3e38], 500);
right.set([1, Number.NEGATIVE_INFINITY, 3e38, 1], 500);

it.each([
  ['one channel', [left]],
  ['two channels', [left, right]],
  ['channels that cancel', [right, right.map((sample) => -sample)]],
  ['three channels', [left, right, left]],
])('%s are mixed as JavaScript mixes them, also less of them than there is room for', (_, channels) => {
  const kernel = MixKernel.create(channels.length + 1, LENGTH) as MixKernel;
  const output = kernel.rooms[channels.length] as Float32Array;
  const [fast, slow] = [new MonoMixer(1000, 0, kernel), new MonoMixer(1000)];
  for (const length of [LENGTH, 998, 503, 2]) {
    for (const [c, channel] of channels.entries()) kernel.rooms[c]?.set(channel);
    const expected = new Float32Array(length);
    slow.mix(channels, length, expected);
    fast.mix(kernel.rooms.slice(0, channels.length), length, output);
    expect(output.slice(0, length)).toEqual(expected);
    expect([fast.channel, fast.reason]).toEqual([slow.channel, slow.reason]);
    expect(kernel.peak(output, length)).toBe(expected.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
  }
});

it('the energies are those of the samples, and no other', () => {
  const kernel = MixKernel.create(3, LENGTH) as MixKernel;
  const [first, second, mean] = kernel.rooms as [Float32Array, Float32Array, Float32Array];
  first.fill(0.5);
  second.fill(-0.25);
  const energies = Float64Array.of(100, 200);
  expect(kernel.mixTwo(first, second, 999, mean, energies)).toBe(999 * 0.125 ** 2);
  expect([...energies]).toEqual([100 + 999 * 0.25, 200 + 999 * 0.0625]);
});
