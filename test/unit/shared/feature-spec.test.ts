import { describe, expect, test } from 'vitest';
import { type FeatureSpec, parseFeatureSpec, windowSamples } from '../../../src/shared/contracts/model/feature-spec';
import type { BadValue } from '../../../src/shared/lib/validate';
import { exampleSpec } from '../../support/feature-spec';

const wrong: [string, Partial<Record<keyof FeatureSpec, unknown>>, string, string][] = [
  ['a missing rate', { sampleRateHz: undefined }, 'sampleRateHz', 'missing'],
  ['a fractional hop', { hopSamples: 512.5 }, 'hopSamples', 'out-of-range'],
  ['no bands', { melBands: 0 }, 'melBands', 'out-of-range'],
  ['bands without end', { melBands: 1e9 }, 'melBands', 'out-of-range'],
  ['negative frames', { frames: -120 }, 'frames', 'out-of-range'],
  ['a number as text', { fftSize: '1024' }, 'fftSize', 'wrong-type'],
  ['an FFT of another size', { fftSize: 1000, hopSamples: 500 }, 'fftSize', 'not-power-of-two'],
  ['an FFT that is too small', { fftSize: 2, hopSamples: 1 }, 'fftSize', 'not-power-of-two'],
  ['a hop that skips samples', { hopSamples: 1025 }, 'hopSamples', 'hop-beyond-fft'],
  ['an endless range', { maxHz: Number.POSITIVE_INFINITY }, 'maxHz', 'out-of-range'],
  ['a range below zero', { minHz: -1 }, 'minHz', 'out-of-range'],
  ['an empty range', { minHz: 14_000 }, 'minHz', 'empty-range'],
  ['a range past half the rate', { maxHz: 16_001 }, 'maxHz', 'beyond-half-rate'],
  ['a mean that is no number', { logMean: Number.NaN }, 'logMean', 'wrong-type'],
  ['a floor of zero', { powerFloor: 0 }, 'powerFloor', 'out-of-range'],
  ['no spread', { logStandardDeviation: 0 }, 'logStandardDeviation', 'out-of-range'],
];

/** What a spec is refused with. */
function refusalOf(value: unknown): BadValue {
  try {
    parseFeatureSpec(value);
  } catch (error) {
    return error as BadValue;
  }
  throw new Error('it was taken');
}

describe('the feature spec', () => {
  test('is accepted unchanged if it is usable', () => {
    expect(parseFeatureSpec({ ...exampleSpec })).toEqual(exampleSpec);
  });

  test.each(wrong)('is refused with %s', (_, change, where, why) => {
    const refusal = refusalOf({ ...exampleSpec, ...change });
    expect(refusal).toBeInstanceOf(TypeError);
    expect(refusal).toMatchObject({ where, why });
  });

  test.each([null, 'spec', 3])('is refused when it is %s', (value) => {
    expect(refusalOf(value)).toMatchObject({ where: '', why: 'wrong-type', expected: 'Object' });
  });

  test('says how many samples a window spans', () => {
    expect(windowSamples(exampleSpec)).toBe(119 * 512 + 1024);
  });
});
