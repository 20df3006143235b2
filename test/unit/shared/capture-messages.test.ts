import { expect, it } from 'vitest';
import { piecesFor } from '../../../src/shared/contracts/capture-messages';

const spec = { sampleRateHz: 32_000, hopSamples: 500, frames: 120 };

it.each([
  // 64 columns a second, and at most eight in a piece.
  [1, 8],
  [8, 8],
  [9, 7],
  [15, 4],
  [20, 3],
])(
  'for %i tags a second, a piece has %i columns: one comes for each tag, and not more often than needed',
  (rate, columns) => {
    const { pieceSamples, backlogPieces, sampleRateHz } = piecesFor(spec, rate);
    expect(pieceSamples).toBe(columns * spec.hopSamples);
    expect(sampleRateHz / pieceSamples).toBeGreaterThanOrEqual(rate);
    // A window waits at most.
    expect(backlogPieces * pieceSamples).toBeGreaterThanOrEqual(spec.frames * spec.hopSamples);
  },
);

it('a piece has one hop at least', () => {
  expect(piecesFor({ ...spec, hopSamples: 8000 }, 20).pieceSamples).toBe(8000);
});
