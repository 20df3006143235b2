import { describe, expect, test } from 'vitest';
import { fitPlatt } from '../../../src/metrics/calibration/platt';

describe('Platt scaling', () => {
  // Found with plain gradient descent in numpy, to a gradient of 1e-13.
  test('fits weighted logits that overlap', () => {
    const line = fitPlatt({
      logits: [-2, -1, -0.5, 0.2, 0.4, 1, 2, -0.3],
      truth: [0, 0, 0, 0, 1, 1, 1, 1],
      weights: [1, 1, 0.5, 0.5, 1, 1, 1, 0.5],
    });
    expect(line.scale).toBeCloseTo(0.93423775, 4);
    expect(line.offset).toBeCloseTo(0.1532242, 4);
  });

  test('stays finite and moderate if two clips each are separated', () => {
    const line = fitPlatt({ logits: [-3, -2, 2, 3], truth: [0, 0, 1, 1], weights: [1, 1, 1, 1] });
    expect(line.scale).toBeCloseTo(0.426716811, 4);
    expect(line.offset).toBeCloseTo(0, 6);
    // Platt's target for two positives is 3/4.
    const surest = 1 / (1 + Math.exp(-(3 * line.scale + line.offset)));
    expect(surest).toBeLessThan(0.85);
  });

  test('gives Laplace’s share of the positives if the logits are uninformative or inverted', () => {
    // One positive and two negatives: (1 + 1) / (3 + 2), which is odds of 2 to 3.
    const share = { scale: 0, offset: Math.log(2 / 3) };
    expect(fitPlatt({ logits: [1, 1, 1], truth: [1, 0, 0], weights: [1, 1, 1] })).toEqual(share);
    expect(fitPlatt({ logits: [-1, 1, 2], truth: [1, 0, 0], weights: [1, 1, 1] })).toEqual(share);
  });

  test('rejects logits that are not numbers, and empty data', () => {
    expect(() => fitPlatt({ logits: [Number.NaN], truth: [1], weights: [1] })).toThrow(RangeError);
    expect(() => fitPlatt({ logits: [], truth: [], weights: [] })).toThrow(RangeError);
  });
});
