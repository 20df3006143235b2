import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { FineTiles, samplesOfTile, tileSeconds } from '../../../src/recordings/picture/fine-tile';
import { exampleSpec } from '../../support/feature-spec';
import { whiteNoise } from '../support/random';

const rate = exampleSpec.sampleRateHz;
const noise = whiteNoise(10 * rate, 1);

function samplesOf(level: number, index: number): Float32Array {
  const from = index * tileSeconds(level) * rate;
  return noise.subarray(from, from + samplesOfTile(level, exampleSpec));
}

it('a tile of a finer level covers two seconds, so that little is decoded that a view does not show', () => {
  expect([0, 1].map(tileSeconds)).toEqual([2, 2]);
});

it('a tile is the same whatever was made before it', () => {
  const tiles = new FineTiles(exampleSpec);
  for (const [level, index] of [
    [1, 0],
    [1, 1],
    [0, 3],
    // The recording ends in it.
    [1, 4],
    [1, 2],
  ] as const) {
    const samples = samplesOf(level, index);
    const fresh = new FineTiles(exampleSpec).tile(samples, level, index);
    // A difference of so many bytes would take minutes to print.
    expect(isDeepStrictEqual(tiles.tile(samples, level, index), fresh)).toBe(true);
  }
});
