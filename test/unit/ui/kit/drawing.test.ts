import { describe, expect, it } from 'vitest';
import { hzToMel, melToHz } from '../../../../src/shared/lib/math/mel';
import { COLOURS, createColourMap } from '../../../../src/ui/kit/chart/colour-map';
import { bandHeight, tickFrequencies } from '../../../../src/ui/kit/chart/frequency-axis';
import { decibels, frequency, percent, plainNumber, seconds } from '../../../../src/ui/kit/format';
import { de } from '../../../../src/ui/messages/de';
import { symmetricSpec as spec } from '../../../support/feature-spec';

/** CIE 1976 lightness of an sRGB colour with channels from 0 to 255. */
function lightness(red: number, green: number, blue: number): number {
  const linear = (channel: number) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const y = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  return y > 216 / 24_389 ? 116 * Math.cbrt(y) - 16 : (24_389 / 27) * y;
}

describe('the colour map', () => {
  const bytes = createColourMap();
  const colour = (index: number) => [...bytes.subarray(4 * index, 4 * index + 4)];

  it('has the ends of magma, fully opaque', () => {
    expect(colour(0)).toEqual([0, 0, 4, 255]);
    expect(colour(COLOURS - 1)).toEqual([252, 253, 191, 255]);
    expect(bytes.length).toBe(4 * COLOURS);
    expect(bytes.filter((_, index) => index % 4 === 3).every((opacity) => opacity === 255)).toBe(true);
  });

  it('grows lighter evenly', () => {
    const all = Array.from({ length: COLOURS }, (_, index) => {
      const [red = 0, green = 0, blue = 0] = colour(index);
      return lightness(red, green, blue);
    });
    const span = (all[COLOURS - 1] ?? 0) - (all[0] ?? 0);
    expect(span).toBeGreaterThan(95);
    all.forEach((value, index) => {
      const even = (all[0] ?? 0) + (span * index) / (COLOURS - 1);
      // Magma is even in CAM02-UCS, from which CIE lightness strays by up to 5.7 in the original.
      expect(Math.abs(value - even)).toBeLessThan(5.7);
      if (index >= 8) expect(value).toBeGreaterThan(all[index - 8] ?? 0);
    });
  });
});

describe('the frequency axis', () => {
  it('has a band’s centre in the middle of its pixel row', () => {
    const stepMel = (hzToMel(spec.maxHz) - hzToMel(spec.minHz)) / (spec.melBands + 1);
    const centreHz = (band: number) => melToHz(hzToMel(spec.minHz) + (band + 1) * stepMel);
    expect(bandHeight(centreHz(0), spec)).toBeCloseTo(0.5 / 120, 12);
    expect(bandHeight(centreHz(119), spec)).toBeCloseTo(119.5 / 120, 12);
    expect(bandHeight(centreHz(60), spec)).toBeCloseTo(60.5 / 120, 12);
  });

  it('marks only what the model hears', () => {
    expect(tickFrequencies(spec)).toEqual([200, 500, 1000, 2000, 5000, 10_000]);
    expect(tickFrequencies({ ...spec, minHz: 300, maxHz: 8000 })).toEqual([500, 1000, 2000, 5000]);
  });
});

describe('numbers in words', () => {
  it('formats probabilities, levels, frequencies and times', () => {
    expect(percent(0.716)).toBe('72%');
    expect(percent(0)).toBe('0%');
    expect(percent(1)).toBe('100%');
    expect(de.percentSign).toBe('\u00a0%');
    expect([0.1 + 0.2, 5, -1.5].map(plainNumber)).toEqual(['0.3', '5', '-1.5']);
    expect(decibels(-33.6)).toBe('−34 dBFS');
    expect(decibels(-0.2)).toBe('0 dBFS');
    expect(decibels(2.6)).toBe('3 dBFS');
    expect(decibels(Number.NEGATIVE_INFINITY)).toBe('silence');
    expect(frequency(200)).toBe('200 Hz');
    expect(frequency(14_000)).toBe('14 kHz');
    expect(seconds(1.92)).toBe('1.92 s');
    expect(seconds(8)).toBe('8 s');
  });
});
