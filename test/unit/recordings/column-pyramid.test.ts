import { expect, it } from 'vitest';
import { ColumnPyramid } from '../../../src/recordings/picture/column-pyramid';
import type { FeatureSpec } from '../../../src/shared/contracts/model/feature-spec';
import type { Tile } from '../../../src/shared/contracts/recordings/recording';

/** Two bands, 64 columns a second. Digital silence is −5, full scale 0. */
const spec: FeatureSpec = {
  sampleRateHz: 640,
  fftSize: 16,
  hopSamples: 10,
  melBands: 2,
  minHz: 10,
  maxHz: 300,
  frames: 10,
  powerFloor: 1e-5,
  logMean: 0,
  logStandardDeviation: 1,
};
const COLUMN_BYTES = 4;

/** Pushes so many seconds of a constant sample, and of columns whose first band is `level`. */
function push(pyramid: ColumnPyramid, seconds: number, sample: number, level: number): void {
  pyramid.pushSamples(new Float32Array(640 * seconds).fill(sample));
  const columns = new Float32Array(64 * seconds * 2);
  for (let i = 0; i < columns.length; i += 2) [columns[i], columns[i + 1]] = [level, -5];
  pyramid.pushColumns(columns);
}

function column({ bytes }: Tile, at: number): number[] {
  return [...bytes.subarray(at * COLUMN_BYTES, (at + 1) * COLUMN_BYTES)];
}

function tile(tiles: readonly Tile[], level: number, index = 0): Tile {
  const found = tiles.find((other) => other.level === level && other.index === index);
  if (!found) throw new Error(`there is no tile ${index} of level ${level}`);
  return found;
}

it('keeps eight columns a second with the lowest and highest sample and the bands of their time', () => {
  const pyramid = new ColumnPyramid(spec, 0, []);
  push(pyramid, 1, 0.5, 0);
  push(pyramid, 1, -1, -5);
  pyramid.finish();
  const tiles = pyramid.take();
  const finest = tile(tiles, 2);
  expect(finest.bytes.length).toBe(16 * COLUMN_BYTES);
  // 128 + 127 × 0.5, and full scale; then digital silence.
  expect(column(finest, 0)).toEqual([192, 192, 255, 0]);
  expect(column(finest, 8)).toEqual([1, 1, 0, 0]);
  // A second each, and an eighth of one.
  expect(tile(tiles, 3).bytes.length).toBe(2 * COLUMN_BYTES);
  const coarsest = tile(tiles, 4);
  expect(coarsest.bytes.length).toBe(COLUMN_BYTES);
  // The extremes of both; the first band between its mean and its highest.
  expect(column(coarsest, 0)).toEqual([1, 192, 191, 0]);
});

it('goes on in the middle as if it had never stopped', () => {
  const whole = new ColumnPyramid(spec, 0, []);
  const first = new ColumnPyramid(spec, 0, []);
  for (const pyramid of [whole, first]) push(pyramid, 64, 0.25, -1);
  const begun = first.take();
  const second = new ColumnPyramid(spec, 64, begun);
  for (const pyramid of [whole, second]) push(pyramid, 30, -0.75, -2);
  for (const pyramid of [whole, second]) pyramid.finish();
  const [expected, continued] = [whole.take(), second.take()];
  for (const [level, index] of [
    [2, 1],
    [3, 0],
    [4, 0],
  ] as const) {
    expect(tile(continued, level, index).bytes).toEqual(tile(expected, level, index).bytes);
  }
});

it('leaves out the silence that only the network hears behind the end', () => {
  const pyramid = new ColumnPyramid(spec, 0, []);
  push(pyramid, 1, 0.5, 0);
  pyramid.pushColumns(new Float32Array(64 * 2).fill(-5));
  pyramid.finish();
  expect(tile(pyramid.take(), 2).bytes.length).toBe(8 * COLUMN_BYTES);
});
