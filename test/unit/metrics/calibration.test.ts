import { describe, expect, test } from 'vitest';
import { expectedCalibrationError } from '../../../src/metrics/calibration/calibration-error';
import { reliabilityBins } from '../../../src/metrics/calibration/reliability';
import type { ScoredOutputs } from '../../../src/metrics/predictions';
import { seededRandom } from '../support/random';

function outputs(scores: readonly number[], truth: readonly number[]): ScoredOutputs {
  return { scores: Float32Array.from(scores), truth: Uint8Array.from(truth) };
}

describe('reliability bins', () => {
  test('hold the lower edge and not the upper one; the last holds 1', () => {
    const bins = reliabilityBins(outputs([0, 0.125, 0.25, 0.5, 0.75, 0.9, 1], [0, 0, 0, 0, 1, 1, 1]), { bins: 4 });
    expect(bins.map((bin) => bin.count)).toEqual([2, 1, 1, 3]);
    expect(bins.map((bin) => bin.share)).toEqual([0, 0, 0, 1]);
    expect(bins[0]?.meanProbability).toBe(0.0625);
  });

  test('are 10 by default, and empty ones are 0', () => {
    const bins = reliabilityBins(outputs([0.55], [1]));
    expect(bins).toHaveLength(10);
    expect(bins[0]).toEqual({ count: 0, meanProbability: 0, share: 0 });
    expect(bins[5]?.count).toBe(1);
  });

  test('reject values that are not probabilities, and different lengths', () => {
    for (const score of [-0.1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => reliabilityBins(outputs([score], [1]))).toThrow(RangeError);
    }
    expect(() => reliabilityBins(outputs([0.5], [1, 0]))).toThrow(RangeError);
  });
});

describe('expected calibration error', () => {
  test('is 0 if every bin is right as often as it predicts', () => {
    expect(expectedCalibrationError(outputs([0.25, 0.25, 0.25, 0.25, 0, 1], [1, 0, 0, 0, 0, 1]))).toBe(0);
  });

  test('weighs the gaps of the bins by their outputs', () => {
    // Bin 2: four outputs of 0.25, half of them true, gap 0.25. Bin 7: one output of 0.75, true, gap 0.25.
    // Bin 0: three outputs of 0.0625, none true, gap 0.0625.
    const mixed = outputs([0.25, 0.25, 0.25, 0.25, 0.75, 0.0625, 0.0625, 0.0625], [1, 1, 0, 0, 1, 0, 0, 0]);
    expect(expectedCalibrationError(mixed)).toBeCloseTo((4 * 0.25 + 1 * 0.25 + 3 * 0.0625) / 8, 12);
  });

  test('is larger if the many small, correct outputs are ignored', () => {
    const mostlySmall = outputs([0.75, 0.75, ...Array(98).fill(0)], [1, 0, ...Array(98).fill(0)]);
    expect(expectedCalibrationError(mostlySmall)).toBeCloseTo(0.005, 12);
    expect(expectedCalibrationError(mostlySmall, { minimum: 0.05 })).toBeCloseTo(0.25, 12);
  });

  test('is small for calibrated outputs, and near 0.3 for ones that are 0.3 too high', () => {
    const random = seededRandom(11);
    const said = Float32Array.from({ length: 40_000 }, () => 0.3 + 0.7 * random());
    const honest = said.map((p) => Number(random() < p));
    const boastful = said.map((p) => Number(random() < p - 0.3));
    expect(expectedCalibrationError({ scores: said, truth: Uint8Array.from(honest) })).toBeLessThan(0.01);
    expect(expectedCalibrationError({ scores: said, truth: Uint8Array.from(boastful) })).toBeCloseTo(0.3, 1);
  });

  test('is null if no output reaches the minimum', () => {
    expect(expectedCalibrationError(outputs([0.01, 0.02], [0, 1]), { minimum: 0.05 })).toBeNull();
    expect(expectedCalibrationError(outputs([], []))).toBeNull();
  });
});
