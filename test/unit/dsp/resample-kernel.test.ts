import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import wabt from 'wabt';
import { kernelBase64, ResampleKernel } from '../../../src/dsp/resample-kernel';
import { Resampler } from '../../../src/dsp/resampler';
import { whiteNoise } from '../support/random';

it('the bytes are what wabt makes of resample-kernel.wat', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../src/dsp/resample-kernel.wat'), 'utf8');
  const module = (await wabt()).parseWat('resample-kernel.wat', text, { simd: true });
  expect(kernelBase64).toBe(Buffer.from(module.toBinary({}).buffer).toString('base64'));
});

it.each([
  [44_100, 32_000],
  [48_000, 32_000],
  [22_050, 32_000],
  [384_000, 32_000],
  [500_000, 2000],
])('from %i to %i Hz it gives what JavaScript gives, in chunks of any length', (fromHz, toHz) => {
  const noise = whiteNoise(Math.round(fromHz / 3), 7);
  const converted = (): number[] => {
    const resampler = new Resampler(fromHz, toHz);
    const output: number[] = [];
    for (let at = 0, length = 1; at < noise.length; at += length, length = (length * 7) % 9973) {
      output.push(...resampler.push(noise.subarray(at, at + length)));
    }
    return [...output, ...resampler.end()];
  };
  const fast = converted();
  const create = vi.spyOn(ResampleKernel, 'create').mockReturnValue(undefined);
  const slow = converted();
  create.mockRestore();
  expect(fast).toHaveLength(slow.length);
  const worst = fast.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (slow[i] as number))), 0);
  expect(worst).toBeGreaterThan(0);
  expect(worst).toBeLessThan(2e-6);
});
