import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import wabt from 'wabt';
import { logMelColumns } from '../../../src/dsp/log-mel';
import { createMelFilterbank } from '../../../src/dsp/mel-filterbank';
import { kernelBase64, MelKernel } from '../../../src/dsp/mel-kernel';
import { silenceValue } from '../../../src/shared/lib/math/silence-value';
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

it('a floor that 32-bit floats hold only in part is left to JavaScript', () => {
  const spec = { ...exampleSpec, powerFloor: 1e-40 };
  expect(MelKernel.create(spec, new Float64Array(spec.fftSize), createMelFilterbank(spec))).toBeUndefined();
  expect(logMelColumns(new Float32Array(spec.fftSize), spec)[0]).toBeCloseTo(silenceValue(spec), 5);
});
