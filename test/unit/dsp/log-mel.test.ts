import { describe, expect, test } from 'vitest';
import { LogMelExtractor, logMelColumns } from '../../../src/dsp/log-mel';
import { createMelFilterbank } from '../../../src/dsp/mel-filterbank';
import type { FeatureSpec } from '../../../src/shared/contracts/model/feature-spec';
import { silenceValue } from '../../../src/shared/lib/math/silence-value';
import { exampleSpec, plainSpec } from '../../support/feature-spec';
import { largestDifference } from '../support/arrays';
import { seededRandom, whiteNoise } from '../support/random';
import { sine } from '../support/wav';

const binHz = plainSpec.sampleRateHz / plainSpec.fftSize;

/** Mean power of each band, [melBands], for given powers of some bins. */
function bandPowers(spec: FeatureSpec, binPowers: ReadonlyMap<number, number>): number[] {
  const { firstBin, weights } = createMelFilterbank(spec);
  return weights.map((row, band) =>
    row.reduce((sum, weight, i) => sum + weight * (binPowers.get((firstBin[band] as number) + i) ?? 0), 0),
  );
}

/** Columns of a stream that arrives in the given pieces. */
function streamedColumns(samples: Float32Array, spec: FeatureSpec, pieces: () => number): Float32Array {
  const extractor = new LogMelExtractor(spec);
  const out: number[] = [];
  for (let start = 0; start < samples.length; ) {
    const end = start + pieces();
    extractor.push(samples.subarray(start, end), (column) => out.push(...column));
    start = end;
  }
  return Float32Array.from(out);
}

/** One column by the definition: a Hann window and a discrete Fourier transform that is summed term by term. */
function slowColumn(frame: Float32Array, spec: FeatureSpec): number[] {
  const { fftSize } = spec;
  const windowed = Array.from(frame, (x, n) => x * Math.sin((Math.PI * n) / fftSize) ** 2);
  const powers = new Map<number, number>();
  for (let bin = 0; bin <= fftSize / 2; bin++) {
    let real = 0;
    let imaginary = 0;
    for (const [n, x] of windowed.entries()) {
      const angle = (-2 * Math.PI * ((bin * n) % fftSize)) / fftSize;
      real += x * Math.cos(angle);
      imaginary += x * Math.sin(angle);
    }
    powers.set(bin, (real ** 2 + imaginary ** 2) * (4 / fftSize) ** 2);
  }
  return bandPowers(spec, powers).map(
    (power) => (Math.log10(power + spec.powerFloor) - spec.logMean) / spec.logStandardDeviation,
  );
}

describe('log-mel columns of known sounds', () => {
  test.each([
    { amplitude: 1, bin: 40 },
    { amplitude: 0.01, bin: 200 },
  ])('a sine of amplitude $amplitude in bin $bin has its power there and a quarter in the bins beside', (example) => {
    const { amplitude, bin } = example;
    // Of a Hann window's spectrum only the neighbours differ from 0, by half the amplitude.
    const power = amplitude ** 2;
    const expected = bandPowers(
      plainSpec,
      new Map([
        [bin - 1, power / 4],
        [bin, power],
        [bin + 1, power / 4],
      ]),
    );
    const columns = logMelColumns(sine(bin * binHz, amplitude, 4096, plainSpec.sampleRateHz), plainSpec);
    for (const [band, power] of expected.entries()) {
      if (power === 0) expect(10 ** (columns[band] as number)).toBeLessThan(1e-12);
      else expect(columns[band]).toBeCloseTo(Math.log10(power), 4);
    }
    expect(expected.filter((power) => power > 0).length).toBeGreaterThanOrEqual(2);
  });

  test('ten times the amplitude is 2 more in log10 power', () => {
    const noise = whiteNoise(2048, 21);
    const quiet = logMelColumns(
      noise.map((x) => x / 10),
      plainSpec,
    );
    const loud = logMelColumns(noise, plainSpec);
    expect(
      largestDifference(
        loud,
        quiet.map((x) => x + 2),
      ),
    ).toBeLessThan(1e-5);
  });

  test('white noise has the same power in every band: 4 · 1.5 · variance / fftSize', () => {
    const columns = logMelColumns(whiteNoise(32_000 * 20, 22), plainSpec);
    const count = columns.length / plainSpec.melBands;
    const means = Array.from({ length: plainSpec.melBands }, (_, band) => {
      let sum = 0;
      for (let i = band; i < columns.length; i += plainSpec.melBands) sum += 10 ** (columns[i] as number);
      return sum / count;
    });
    // E|X|² is the variance times the sum of the squared window, 3/8 of fftSize; times (4 / fftSize)².
    const expected = (6 * (1 / 3)) / plainSpec.fftSize;
    const overall = means.reduce((sum, mean) => sum + mean, 0) / means.length;
    expect(Math.abs(overall / expected - 1)).toBeLessThan(0.02);
    // No band is off by more than chance: its narrowest holds one bin, seen about 625 times.
    expect(Math.max(...means.map((mean) => Math.abs(mean / expected - 1)))).toBeLessThan(0.2);
  });

  test('equals a Fourier transform that is summed term by term', () => {
    const noise = whiteNoise(1024, 23);
    expect(largestDifference(logMelColumns(noise, exampleSpec), slowColumn(noise, exampleSpec))).toBeLessThan(1e-5);
  });
});

describe('log-mel columns of a stream', () => {
  const noise = whiteNoise(40_000, 24);
  const offline = logMelColumns(noise, exampleSpec);

  test('are one per hop once the FFT is full', () => {
    const count = (samples: number): number =>
      logMelColumns(noise.subarray(0, samples), exampleSpec).length / exampleSpec.melBands;
    expect([0, 1023, 1024, 1535, 1536, 40_000].map(count)).toEqual([0, 0, 1, 1, 2, 77]);
  });

  test.each([1, 2, 3])('are the offline ones, bit for bit, in chunks of random lengths (%d)', (seed) => {
    const random = seededRandom(seed);
    expect(
      largestDifference(
        streamedColumns(noise, exampleSpec, () => Math.ceil(3000 * random() ** 3)),
        offline,
      ),
    ).toBe(0);
  });

  test.each([1, 128, 512, 40_000])('are the offline ones in chunks of %d samples', (length) => {
    expect(
      largestDifference(
        streamedColumns(noise, exampleSpec, () => length),
        offline,
      ),
    ).toBe(0);
  });

  test.each([256, 512, 1024])('at a hop of %d samples start one hop apart', (hopSamples) => {
    const spec = { ...exampleSpec, hopSamples };
    const columns = logMelColumns(noise.subarray(0, 4096), spec);
    const third = logMelColumns(noise.subarray(2 * hopSamples, 2 * hopSamples + 1024), spec);
    expect(columns.subarray(2 * spec.melBands, 3 * spec.melBands)).toEqual(third);
  });
});

describe('log-mel columns of extreme sounds', () => {
  test('digital silence is the silence value in every band', () => {
    const columns = logMelColumns(new Float32Array(4096), exampleSpec);
    expect(silenceValue(exampleSpec)).toBeCloseTo((-11 + 6.5) / 2.5, 12);
    expect(columns).toEqual(new Float32Array(columns.length).fill(silenceValue(exampleSpec)));
  });

  test('DC stays out of every band above the first bins', () => {
    const columns = logMelColumns(new Float32Array(4096).fill(1), exampleSpec);
    expect(columns.every(Number.isFinite)).toBe(true);
    // A Hann window spreads DC into bins 0 and 1 alone; from bin 2 on there is rounding noise.
    const { firstBin } = createMelFilterbank(exampleSpec);
    const clear = [...firstBin.keys()].filter((band) => (firstBin[band] as number) >= 2);
    expect(clear.length).toBeGreaterThan(100);
    for (const band of clear) expect(columns[band]).toBeCloseTo(silenceValue(exampleSpec), 3);
  });

  test('a full-scale square wave, as clipping makes, has the power of its harmonics', () => {
    const periodSamples = 64;
    const square = Float32Array.from({ length: 4096 }, (_, i) => (i % periodSamples < periodSamples / 2 ? 1 : -1));
    const columns = logMelColumns(square, plainSpec);
    expect(columns.every(Number.isFinite)).toBe(true);
    // The fundamental lies in bin 16 with the discrete amplitude 4 / (64 · sin(π / 64)).
    const amplitude = 4 / (periodSamples * Math.sin(Math.PI / periodSamples));
    const expected = bandPowers(
      plainSpec,
      new Map([
        [15, amplitude ** 2 / 4],
        [16, amplitude ** 2],
        [17, amplitude ** 2 / 4],
      ]),
    );
    const strongest = expected.indexOf(Math.max(...expected));
    expect(columns[strongest]).toBeCloseTo(Math.log10(expected[strongest] as number), 4);
    // Even harmonics have no power.
    expect(10 ** (columns[bandOfBin(2 * 16)] as number)).toBeLessThan(1e-6);
  });

  test('non-finite samples count as 0', () => {
    const broken = whiteNoise(8192, 26);
    const mended = broken.slice();
    for (const [at, value] of [
      [0, Number.NaN],
      [700, Number.POSITIVE_INFINITY],
      [701, Number.NEGATIVE_INFINITY],
      [8191, Number.NaN],
    ] as const) {
      broken[at] = value;
      mended[at] = 0;
    }
    expect(logMelColumns(broken, exampleSpec)).toEqual(logMelColumns(mended, exampleSpec));
    const nothing = new Float32Array(4096).fill(Number.NaN);
    expect(logMelColumns(nothing, exampleSpec)).toEqual(logMelColumns(new Float32Array(4096), exampleSpec));
  });

  test.each([1e-38, 1e6, 3.4e38])('samples of ±%d give finite columns', (size) => {
    const extreme = Float32Array.from({ length: 4096 }, (_, i) => (i % 3 === 0 ? size : -size));
    expect(logMelColumns(extreme, exampleSpec).every(Number.isFinite)).toBe(true);
  });
});

/** The band that weighs a bin most. */
function bandOfBin(bin: number): number {
  const alone = bandPowers(plainSpec, new Map([[bin, 1]]));
  return alone.indexOf(Math.max(...alone));
}
