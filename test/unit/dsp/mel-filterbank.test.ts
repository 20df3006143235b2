import { describe, expect, test } from 'vitest';
import { createMelFilterbank } from '../../../src/dsp/mel-filterbank';
import type { FeatureSpec } from '../../../src/shared/contracts/model/feature-spec';
import { hzToMel, melToHz } from '../../../src/shared/lib/math/mel';
import { exampleSpec } from '../../support/feature-spec';

/** The filterbank as a full matrix, [melBands, bins]. */
function fullMatrix(spec: FeatureSpec): number[][] {
  const { firstBin, weights } = createMelFilterbank(spec);
  return weights.map((row, band) => {
    const full = Array<number>(spec.fftSize / 2 + 1).fill(0);
    for (const [i, weight] of row.entries()) full[(firstBin[band] as number) + i] = weight;
    return full;
  });
}

/** The same matrix by summing triangles, sampled on a fine grid of frequencies, into the bins they fall in. */
function integratedMatrix(spec: FeatureSpec): number[][] {
  const { melBands, fftSize, sampleRateHz, minHz, maxHz } = spec;
  const binHz = sampleRateHz / fftSize;
  const mel = (hz: number): number => 1127.01048 * Math.log(1 + hz / 700);
  const corners = Array.from({ length: melBands + 2 }, (_, i) => {
    const position = mel(minHz) + ((mel(maxHz) - mel(minHz)) * i) / (melBands + 1);
    return 700 * (Math.exp(position / 1127.01048) - 1);
  });
  return Array.from({ length: melBands }, (_, band) => {
    const [left, peak, right] = corners.slice(band, band + 3) as [number, number, number];
    const row = Array<number>(fftSize / 2 + 1).fill(0);
    const points = 40_000;
    for (let i = 0; i < points; i++) {
      const hz = left + ((right - left) * (i + 0.5)) / points;
      const height = hz < peak ? (hz - left) / (peak - left) : (right - hz) / (right - peak);
      const bin = Math.round(hz / binHz);
      row[bin] = (row[bin] as number) + height;
    }
    const total = row.reduce((sum, weight) => sum + weight, 0);
    return row.map((weight) => weight / total);
  });
}

function centreHz(row: readonly number[], spec: FeatureSpec): number {
  return row.reduce((sum, weight, bin) => sum + weight * bin, 0) * (spec.sampleRateHz / spec.fftSize);
}

const specs: [string, FeatureSpec][] = [
  ['the shipped one', exampleSpec],
  ['one down to 0 Hz and up to half the rate', { ...exampleSpec, minHz: 0, maxHz: 16_000 }],
  ['64 bands at 16 kHz', { ...exampleSpec, sampleRateHz: 16_000, fftSize: 512, melBands: 64, minHz: 125, maxHz: 7500 }],
];

describe('the mel scale', () => {
  test('puts 1000 Hz near 1000 mel, 0 Hz at 0 mel, and inverts exactly', () => {
    expect(hzToMel(0)).toBe(0);
    expect(hzToMel(1000)).toBeCloseTo(999.99, 1);
    for (const hz of [20, 440, 3000, 14_000]) expect(melToHz(hzToMel(hz))).toBeCloseTo(hz, 8);
  });
});

describe.each(specs)('the mel filterbank, %s', (_, spec) => {
  const matrix = fullMatrix(spec);

  test('agrees with triangles that are integrated numerically', () => {
    const reference = integratedMatrix(spec);
    const worst = Math.max(
      ...matrix.flatMap((row, band) => row.map((weight, bin) => Math.abs(weight - (reference[band]?.[bin] as number)))),
    );
    expect(worst).toBeLessThan(2e-4);
  });

  test('has bands that each sum to 1, hold no negative weight, and are never empty', () => {
    for (const row of matrix) {
      expect(row.every((weight) => weight >= 0)).toBe(true);
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
    }
  });

  test('has rising centres inside its range', () => {
    const centres = matrix.map((row) => centreHz(row, spec));
    // Narrow bands may lie inside one bin, whose frequency all of them then have.
    for (const [band, centre] of centres.slice(1).entries()) expect(centre).toBeGreaterThanOrEqual(centres[band] ?? 0);
    expect(new Set(centres).size).toBeGreaterThan(spec.melBands / 2);
    const binHz = spec.sampleRateHz / spec.fftSize;
    expect(centres[0]).toBeGreaterThan(spec.minHz - binHz);
    expect(centres.at(-1)).toBeLessThan(spec.maxHz + binHz);
  });

  test('gives nothing to bins outside its range', () => {
    const binHz = spec.sampleRateHz / spec.fftSize;
    const outside = (bin: number): boolean => (bin + 0.5) * binHz < spec.minHz || (bin - 0.5) * binHz > spec.maxHz;
    for (const row of matrix) expect(row.every((weight, bin) => !outside(bin) || weight === 0)).toBe(true);
  });
});
