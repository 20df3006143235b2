import { describe, expect, it } from 'vitest';
import { fitMoments } from '../../../../cli/scenes/fit-moments';
import { momentsByLabel, pooledMoments } from '../../../../cli/scenes/moments';
import { fitPlatt } from '../../../../src/metrics/calibration/platt';
import type { ScoredOutputs } from '../../../../src/metrics/predictions';
import { seededRandom } from '../../../../src/shared/lib/math/random';
import { sigmoid } from '../../../../src/shared/lib/math/sigmoid';

const stretch = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });

describe('moments', () => {
  it('are the windows with a known truth, label by label', () => {
    // Windows of 2 s that end at 1, 2, …, 6 s; the second label's values are 10 more.
    const windows = { firstEndSeconds: 1, stepSeconds: 1, levelsDb: new Float32Array(6) };
    const values = Float32Array.of(1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16);
    const truth = [
      { sounding: [stretch(2.5, 3.5)], unknown: [] },
      { sounding: [], unknown: [stretch(5.5, 9)] },
    ];
    const [first, second] = momentsByLabel([{ windows, truth, values }], 2, 2, 1);
    expect(first).toEqual({ scores: Float32Array.of(1, 2, 3, 4, 5, 6), truth: Uint8Array.of(0, 0, 1, 1, 1, 0) });
    expect(second).toEqual({ scores: Float32Array.of(11, 12, 13, 14, 15), truth: new Uint8Array(5) });
    const [everyOther] = momentsByLabel([{ windows, truth, values }], 2, 2, 2);
    expect(everyOther?.scores).toEqual(Float32Array.of(1, 3, 5));
    expect(pooledMoments([first, second] as ScoredOutputs[])).toEqual({
      scores: Float32Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15),
      truth: Uint8Array.of(0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0),
    });
  });
});

/** Moments that are true as often as a line says. */
function drawn(count: number, scale: number, offset: number, seed: number): ScoredOutputs {
  const random = seededRandom(seed);
  const scores = Float32Array.from({ length: count }, () => 8 * random() - 6);
  return { scores, truth: Uint8Array.from(scores, (logit) => (random() < sigmoid(scale * logit + offset) ? 1 : 0)) };
}

describe('the calibration of moments', () => {
  it('finds the line of a label with many moments', () => {
    const { scale, offset } = fitMoments([drawn(80_000, 1.5, -1, 1), drawn(80_000, 1.5, 0.5, 2)], 1);
    // Three standard errors of 80,000 draws are 0.05, and the labels are held together.
    expect(Math.abs((scale[0] as number) - 1.5)).toBeLessThan(0.1);
    expect(Math.abs((offset[0] as number) + 1)).toBeLessThan(0.1);
    expect(Math.abs((offset[1] as number) - 0.5)).toBeLessThan(0.1);
  });

  it('keeps a label with few moments, or with one answer alone, close to all others', () => {
    const many = Array.from({ length: 4 }, (_, seed) => drawn(8_000, 1.5, -1, seed));
    const few = { scores: Float32Array.of(-3, 2), truth: Uint8Array.of(1, 0) };
    const never = { scores: Float32Array.of(-3, 2), truth: Uint8Array.of(0, 0) };
    const { scale, offset } = fitMoments([...many, few, never], 1);
    expect(Math.abs((scale[4] as number) - 1.5)).toBeLessThan(0.15);
    expect(Math.abs((offset[4] as number) + 1)).toBeLessThan(0.5);
    const common = fitMoments(many, 1);
    expect(Math.abs((scale[5] as number) - (common.scale[0] as number))).toBeLessThan(0.1);
    expect(Math.abs((offset[5] as number) - (common.offset[0] as number))).toBeLessThan(0.1);
  });

  it('trusts a label less if its windows share their sound', () => {
    const others = Array.from({ length: 4 }, (_, seed) => drawn(8_000, 1, -1, seed));
    const own = drawn(400, 1, 1, 9);
    const alone = fitMoments([...others, own], 1).offset[4] as number;
    const shared = fitMoments([...others, own], 1 / 16).offset[4] as number;
    expect(shared).toBeLessThan(alone - 0.1);
  });
});

describe('Platt scaling with a prior', () => {
  const data = {
    logits: [-2, -1, -0.5, 0.2, 0.4, 1, 2, -0.3],
    truth: [0, 0, 0, 0, 1, 1, 1, 1],
    weights: Array(8).fill(1),
  };
  const line = { scale: 2, offset: -1 };

  it('is the prior if that is strong, and the data’s line if it weighs nothing', () => {
    const strong = fitPlatt(data, { line, scaleStrength: 1e9, offsetStrength: 1e9 });
    expect(strong.scale).toBeCloseTo(2, 5);
    expect(strong.offset).toBeCloseTo(-1, 5);
    const none = fitPlatt(data, { line, scaleStrength: 0, offsetStrength: 0 });
    expect(none.scale).toBeCloseTo(fitPlatt(data).scale, 4);
    expect(none.offset).toBeCloseTo(fitPlatt(data).offset, 4);
  });

  it('minimises the cross-entropy and the penalty together', () => {
    const prior = { line, scaleStrength: 3, offsetStrength: 2 };
    const found = fitPlatt(data, prior);
    // Platt's targets for 4 of each: 5/6 and 1/6.
    const loss = (scale: number, offset: number): number =>
      data.logits.reduce(
        (sum, logit, i) => {
          const p = 1 / (1 + Math.exp(-(scale * logit + offset)));
          const target = data.truth[i] === 1 ? 5 / 6 : 1 / 6;
          return sum - target * Math.log(p) - (1 - target) * Math.log(1 - p);
        },
        1.5 * (scale / 2 - 1) ** 2 + (offset + 1) ** 2,
      );
    const least = loss(found.scale, found.offset);
    for (const [byScale, byOffset] of [
      [0.02, 0],
      [-0.02, 0],
      [0, 0.02],
      [0, -0.02],
    ] as const) {
      expect(loss(found.scale + byScale, found.offset + byOffset)).toBeGreaterThan(least);
    }
  });
});
