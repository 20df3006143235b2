import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import wabt from 'wabt';
import { logMelColumns } from '../../../src/dsp/log-mel';
import { kernelBase64, MelKernel } from '../../../src/dsp/mel-kernel';
import { exampleSpec, plainSpec } from '../../support/feature-spec';
import { largestDifference } from '../support/arrays';
import { whiteNoise } from '../support/random';

it('the bytes are what wabt makes of mel-kernel.wat', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../src/dsp/mel-kernel.wat'), 'utf8');
  const module = (await wabt()).parseWat('mel-kernel.wat', text, { simd: true });
  expect(kernelBase64).toBe(Buffer.from(module.toBinary({}).buffer).toString('base64'));
});

it.each([
  ['the example’s spec', exampleSpec, 1e-3],
  ['a small transform and an odd hop', { ...exampleSpec, fftSize: 256, hopSamples: 77 }, 1e-3],
  // Power 140 dB below the tone is what 32 bits round away.
  ['no floor', plainSpec, 3e-3],
])('with %s it gives what JavaScript gives', (_, spec, tolerance) => {
  // Loud and quiet, with a tone that most bands are far below.
  const sound = whiteNoise(20_000, 9).map((x, i) => (i > 10_000 ? 1e-4 * x : 0.3 * x) + 0.5 * Math.sin(i));
  const fast = logMelColumns(sound, spec);
  const create = vi.spyOn(MelKernel, 'create').mockReturnValue(undefined);
  const slow = logMelColumns(sound, spec);
  create.mockRestore();
  expect(fast).toHaveLength(slow.length);
  expect(largestDifference(fast, slow)).toBeGreaterThan(0);
  expect(largestDifference(fast, slow)).toBeLessThan(tolerance);
});
