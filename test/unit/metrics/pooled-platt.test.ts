import { describe, expect, test } from 'vitest';
import { type ClipLogits, fitPooledPlatt } from '../../../src/metrics/calibration/pooled-platt';

/** Clips of one window each, whose logits 2 and −2 are right three times in four. */
function threeInFour(): ClipLogits[] {
  return [2, 2, 2, 2, -2, -2, -2, -2].map((logit, i) => ({
    logits: Float32Array.of(logit),
    truth: logit > 0 === (i % 4 !== 0) ? 1 : 0,
  }));
}

describe('Platt scaling of pooled scores', () => {
  test('gives clips of one window the share of them that is right', () => {
    // sigmoid(2 · scale + offset) = 3/4 and sigmoid(−2 · scale + offset) = 1/4.
    const { scale, offset } = fitPooledPlatt(threeInFour());
    expect(scale).toBeCloseTo(Math.log(3) / 2, 4);
    expect(offset).toBeCloseTo(0, 4);
  });

  test('makes the pooled score, not the single window, the share that is right', () => {
    // Windows of 0 and 4 logits; half of the clips hold the label. By hand: ¾ σ(4 s + o) + ¼ σ(o) = ½ and, from the clips
    // of one window at −4 of which none does, σ(−4 s + o) small.
    const clips: ClipLogits[] = [1, 0, 1, 0].map((truth) => ({ logits: Float32Array.of(0, 4), truth }));
    clips.push(...[0, 0, 0, 1].map((truth) => ({ logits: Float32Array.of(-4), truth })));
    const { scale, offset } = fitPooledPlatt(clips);
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    expect(0.75 * sigmoid(4 * scale + offset) + 0.25 * sigmoid(offset)).toBeCloseTo(0.5, 4);
    expect(sigmoid(-4 * scale + offset)).toBeCloseTo(0.25, 4);
  });

  test('keeps a label with few clips close to the line of all', () => {
    const prior = { scale: 1, offset: -1 };
    const one = [{ logits: Float32Array.of(3), truth: 0 }];
    const near = fitPooledPlatt(one, prior);
    expect(Math.abs(near.offset + 1)).toBeLessThan(0.5);
    const many = Array.from({ length: 400 }, () => one).flat();
    expect(fitPooledPlatt(many, prior).offset).toBeLessThan(-3);
  });

  test('never inverts a label', () => {
    const reversed = [4, 4, -4, -4].map((logit) => ({ logits: Float32Array.of(logit), truth: logit > 0 ? 0 : 1 }));
    expect(fitPooledPlatt(reversed).scale).toBeGreaterThan(0);
  });

  test('rejects data that it cannot be fitted to', () => {
    expect(() => fitPooledPlatt([])).toThrow(RangeError);
    expect(() => fitPooledPlatt([{ logits: Float32Array.of(Number.NaN), truth: 1 }])).toThrow(RangeError);
  });
});
