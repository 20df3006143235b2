import { describe, expect, test } from 'vitest';
import { fillWindow, RollingSpectrogram } from '../../../src/dsp/rolling-spectrogram';
import { silenceValue } from '../../../src/shared/lib/math/silence-value';
import { exampleSpec } from '../../support/feature-spec';

const spec = { ...exampleSpec, frames: 4, melBands: 3 };
const silence = Math.fround(silenceValue(spec));

/** The n-th column of a stream: n, n + 0.25, n + 0.5. */
function column(n: number): Float32Array {
  return Float32Array.of(n, n + 0.25, n + 0.5);
}

function windowOf(spectrogram: RollingSpectrogram): number[] {
  const out = new Float32Array(spec.frames * spec.melBands).fill(Number.NaN);
  spectrogram.copyWindow(out);
  return [...out];
}

describe('the rolling spectrogram', () => {
  test('is digital silence at first, and before the first columns', () => {
    const spectrogram = new RollingSpectrogram(spec);
    expect(windowOf(spectrogram)).toEqual(Array(12).fill(silence));
    spectrogram.push(column(1));
    spectrogram.push(column(2));
    expect(windowOf(spectrogram)).toEqual([...Array(6).fill(silence), ...column(1), ...column(2)]);
  });

  test('holds the newest columns, oldest first, at every turn of the ring', () => {
    const spectrogram = new RollingSpectrogram(spec);
    for (let n = 1; n <= 13; n++) {
      spectrogram.push(column(n));
      if (n < spec.frames) continue;
      const newest = [n - 3, n - 2, n - 1, n].flatMap((m) => [...column(m)]);
      expect(windowOf(spectrogram)).toEqual(newest);
    }
  });

  test('copies: neither a reused column nor the returned window changes it', () => {
    const spectrogram = new RollingSpectrogram(spec);
    const reused = column(1);
    spectrogram.push(reused);
    reused.fill(99);
    const taken = new Float32Array(12);
    spectrogram.copyWindow(taken);
    taken.fill(77);
    expect(windowOf(spectrogram)).toEqual([...Array(9).fill(silence), ...column(1)]);
  });
});

/** Two bands: the second one tells the first one's negative. */
const columns = (...values: number[]): Float32Array => Float32Array.from(values.flatMap((value) => [value, -value]));

test('a window is filled with its newest columns, backwards and forwards in turn', () => {
  const window = columns(1, 2, 3, 4, 5, 6, 7, 8, 9);
  fillWindow(window, 3, 2);
  expect(window).toEqual(columns(7, 8, 9, 9, 8, 7, 7, 8, 9));
});

test('a window of nothing but the sound stays as it is', () => {
  const window = columns(1, 2, 3);
  fillWindow(window, 3, 2);
  expect(window).toEqual(columns(1, 2, 3));
  fillWindow(window, 1, 2);
  expect(window).toEqual(columns(3, 3, 3));
});
