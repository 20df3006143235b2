import { describe, expect, it } from 'vitest';
import { LiveWindow } from '../../../../src/tagger/live/live-window';
import { exampleSpec } from '../../../support/feature-spec';

describe('the level of what arrived', () => {
  it('is that of all samples, and of the loudest hop: a click is short, and a piece is long', () => {
    const live = new LiveWindow(exampleSpec);
    const { hopSamples } = exampleSpec;
    const piece = new Float32Array(4 * hopSamples);
    piece.fill(0.5, hopSamples, 2 * hopSamples);
    live.push(piece);
    const { levelDb, loudestDb } = live.takeArrival(1);
    expect(loudestDb).toBeCloseTo(20 * Math.log10(0.5), 5);
    expect(levelDb).toBeCloseTo(20 * Math.log10(0.5) - 10 * Math.log10(4), 5);
  });

  it('is that of a resampled piece, whose length is no multiple of a hop, without a loud end of few samples', () => {
    const live = new LiveWindow(exampleSpec);
    const { hopSamples } = exampleSpec;
    const piece = new Float32Array(4 * hopSamples + 3);
    piece.fill(0.5, 4 * hopSamples);
    live.push(piece);
    expect(live.takeArrival(1).loudestDb).toBeLessThan(20 * Math.log10(0.5) - 15);
  });
});
