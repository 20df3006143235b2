import { describe, expect, test } from 'vitest';
import { type FeatureSpec, parseFeatureSpec, windowSamples } from '../../../src/shared/contracts/feature-spec';
import { exampleSpec } from '../../support/feature-spec';

const wrong: [string, Partial<Record<keyof FeatureSpec, unknown>>, RegExp][] = [
  ['a missing rate', { sampleRateHz: undefined }, /"sampleRateHz" must be a positive whole number, not undefined/],
  ['a fractional hop', { hopSamples: 512.5 }, /"hopSamples" must be a positive whole number, not 512.5/],
  ['no bands', { melBands: 0 }, /"melBands" must be a positive whole number, not 0/],
  ['negative frames', { frames: -120 }, /"frames" must be a positive whole number/],
  ['a number as text', { fftSize: '1024' }, /"fftSize" must be a positive whole number/],
  ['an FFT of another size', { fftSize: 1000, hopSamples: 500 }, /"fftSize" must be a power of two, not 1000/],
  ['an FFT that is too small', { fftSize: 2, hopSamples: 1 }, /"fftSize" must be a power of two/],
  ['a hop that skips samples', { hopSamples: 1025 }, /"hopSamples" is larger than its "fftSize"/],
  ['an endless range', { maxHz: Number.POSITIVE_INFINITY }, /"maxHz" must be a number, not Infinity/],
  ['a range below zero', { minHz: -1 }, /0 ≤ minHz < maxHz/],
  ['an empty range', { minHz: 14_000 }, /0 ≤ minHz < maxHz/],
  ['a range past half the rate', { maxHz: 16_001 }, /maxHz ≤ sampleRateHz \/ 2/],
  ['a mean that is no number', { logMean: Number.NaN }, /"logMean" must be a number, not NaN/],
  ['a floor of zero', { powerFloor: 0 }, /"powerFloor" and "logStandardDeviation" must be above 0/],
  ['no spread', { logStandardDeviation: 0 }, /"powerFloor" and "logStandardDeviation" must be above 0/],
];

describe('the feature spec', () => {
  test('is taken as it is when it can be used', () => {
    expect(parseFeatureSpec({ ...exampleSpec })).toEqual(exampleSpec);
  });

  test.each(wrong)('is refused with %s', (_, change, message) => {
    expect(() => parseFeatureSpec({ ...exampleSpec, ...change })).toThrow(TypeError);
    expect(() => parseFeatureSpec({ ...exampleSpec, ...change })).toThrow(message);
  });

  test.each([null, undefined, 'spec', 3])('is refused when it is %s', (value) => {
    expect(() => parseFeatureSpec(value)).toThrow('the feature spec is not an object');
  });

  test('says how many samples a window spans', () => {
    expect(windowSamples(exampleSpec)).toBe(119 * 512 + 1024);
  });
});
