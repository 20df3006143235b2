import { describe, expect, test } from 'vitest';
import { clipWindows } from '../../../src/dsp/clip-windows';
import { logMelColumns } from '../../../src/dsp/log-mel';
import { windowSamples } from '../../../src/shared/contracts/model/feature-spec';
import { silenceValue } from '../../../src/shared/lib/math/silence-value';
import { exampleSpec } from '../../support/feature-spec';
import { largestDifference } from '../support/arrays';
import { whiteNoise } from '../support/random';

const spec = exampleSpec;
const windowLength = spec.frames * spec.melBands;

/** A clip that has exactly so many columns. */
function clipOfColumns(columns: number): Float32Array {
  return whiteNoise((columns - 1) * spec.hopSamples + spec.fftSize, columns);
}

/** Where each window starts, in columns, found by looking it up in all columns of the clip. */
function startsOf(windows: Float32Array, samples: Float32Array): number[] {
  const columns = logMelColumns(samples, spec);
  return Array.from({ length: windows.length / windowLength }, (_, i) => {
    const window = windows.subarray(i * windowLength, (i + 1) * windowLength);
    const start = columns.indexOf(window[0] as number) / spec.melBands;
    const found = columns.subarray(start * spec.melBands, (start + spec.frames) * spec.melBands);
    expect(largestDifference(found, window)).toBe(0);
    return start;
  });
}

describe('windows of a clip', () => {
  test('are evenly spaced from the first column to the last', () => {
    const clip = clipOfColumns(190);
    expect(startsOf(clipWindows(clip, spec, 8), clip)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
    expect(startsOf(clipWindows(clip, spec, 3), clip)).toEqual([0, 35, 70]);
    // A seventh of 66 is 9.43.
    const odd = clipOfColumns(186);
    expect(startsOf(clipWindows(odd, spec, 8), odd)).toEqual([0, 9, 19, 28, 38, 47, 57, 66]);
  });

  test('are each taken once if a clip is short', () => {
    const clip = clipOfColumns(122);
    expect(startsOf(clipWindows(clip, spec, 8), clip)).toEqual([0, 1, 2]);
    expect(startsOf(clipWindows(clipOfColumns(120), spec, 8), clipOfColumns(120))).toEqual([0]);
  });

  test('are one at the start if one is requested', () => {
    const clip = clipOfColumns(300);
    expect(startsOf(clipWindows(clip, spec, 1), clip)).toEqual([0]);
  });

  test('of a clip shorter than one window is that clip followed by silence', () => {
    const clip = whiteNoise(10_000, 31);
    const padded = new Float32Array(windowSamples(spec));
    padded.set(clip);
    const windows = clipWindows(clip, spec, 8);
    expect(largestDifference(windows, logMelColumns(padded, spec))).toBe(0);
    expect(windows.at(-1)).toBe(Math.fround(silenceValue(spec)));
  });

  test('of no samples is one window of silence', () => {
    const windows = clipWindows(new Float32Array(0), spec, 8);
    expect(largestDifference(windows, new Float32Array(windowLength).fill(silenceValue(spec)))).toBe(0);
  });

  test.each([0, -1, 2.5, Number.NaN])('refuse to be %d', (count) => {
    expect(() => clipWindows(clipOfColumns(130), spec, count)).toThrow(RangeError);
  });
});
