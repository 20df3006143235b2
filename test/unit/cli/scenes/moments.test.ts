import { describe, expect, it } from 'vitest';
import { fitMoments } from '../../../../cli/scenes/fit-moments';
import { type KnownWindows, windowsOfClips, windowsOfScenes } from '../../../../cli/scenes/known-windows';
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

/** Labels with as many windows each, as one set; where a label has fewer, the truth of the rest is unknown. */
function together(labels: readonly ScoredOutputs[], weight: number): KnownWindows {
  const count = Math.max(...labels.map(({ truth }) => truth.length));
  const logits = new Float32Array(count * labels.length);
  const truth = new Int8Array(logits.length).fill(-1);
  for (const [label, own] of labels.entries()) {
    for (const [window, sounds] of own.truth.entries()) {
      logits[window * labels.length + label] = own.scores[window] as number;
      truth[window * labels.length + label] = sounds;
    }
  }
  return { logits, truth, weight };
}

function pooledLogits(labels: readonly ScoredOutputs[]) {
  const { scores, truth } = pooledMoments(labels);
  return { logits: scores, truth };
}

const fitted = (labels: readonly ScoredOutputs[], weight: number) =>
  fitMoments([together(labels, weight)], labels.length);

describe('windows whose truth is known', () => {
  it('of scenes are every so many, each standing for the share of its sound that is new', () => {
    const windows = { firstEndSeconds: 1, stepSeconds: 0.5, levelsDb: new Float32Array(5) };
    const truth = [
      { sounding: [stretch(1.5, 2.5)], unknown: [] },
      { sounding: [], unknown: [stretch(2.5, 9)] },
    ];
    const values = Float32Array.of(1, 11, 2, 12, 3, 13, 4, 14, 5, 15);
    expect(windowsOfScenes([{ windows, truth, values }], 2, 2, 2)).toEqual({
      logits: Float32Array.of(1, 11, 3, 13, 5, 15),
      truth: Int8Array.of(0, 0, 1, 0, 1, -1),
      weight: 0.5,
    });
  });

  it('of clips are all: what is above a clip’s label sounds as well, and of what is below it nothing is known', () => {
    const file = {
      labels: ['animal', 'dog', 'bark', 'rain'],
      parents: { dog: ['animal'], bark: ['dog'] },
      clips: [
        {
          file: 'a.wav',
          labels: ['dog'],
          logits: [
            [1, 2, 3, 4],
            [5, 6, 7, 8],
          ],
        }, // prettier-ignore
        { file: 'b.wav', labels: ['rain'], logits: [[9, 8, 7, 6]] },
      ],
    };
    expect(windowsOfClips(file, 0.2)).toEqual({
      logits: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6),
      truth: Int8Array.of(1, 1, -1, 0, 1, 1, -1, 0, 0, 0, 0, 1),
      weight: 0.2,
    });
  });
});

describe('the calibration of moments', () => {
  it('finds the line of a label with many moments', () => {
    const { scale, offset } = fitted([drawn(160_000, 1.5, -1, 1), drawn(160_000, 1.5, 0.5, 2)], 1);
    // Three standard errors of 160,000 draws are 0.04, and the labels are held together.
    expect(Math.abs((scale[0] as number) - 1.5)).toBeLessThan(0.1);
    expect(Math.abs((offset[0] as number) + 1)).toBeLessThan(0.1);
    expect(Math.abs((offset[1] as number) - 0.5)).toBeLessThan(0.1);
  });

  it('keeps a label with few moments, or with one answer alone, close to all others', () => {
    const many = Array.from({ length: 4 }, (_, seed) => drawn(8_000, 1.5, -1, seed));
    const few = { scores: Float32Array.of(-3, 2), truth: Uint8Array.of(1, 0) };
    const never = { scores: Float32Array.of(-3, 2), truth: Uint8Array.of(0, 0) };
    const { scale, offset } = fitted([...many, few, never], 1);
    expect(Math.abs((scale[4] as number) - 1.5)).toBeLessThan(0.15);
    expect(Math.abs((offset[4] as number) + 1)).toBeLessThan(0.5);
    const common = fitted(many, 1);
    expect(Math.abs((scale[5] as number) - (common.scale[0] as number))).toBeLessThan(0.1);
    expect(Math.abs((offset[5] as number) - (common.offset[0] as number))).toBeLessThan(0.1);
  });

  it('trusts a label less if its windows share their sound', () => {
    const others = Array.from({ length: 4 }, (_, seed) => drawn(8_000, 1, -1, seed));
    const own = drawn(1_600, 1, 1, 9);
    const alone = fitted([...others, own], 1).offset[4] as number;
    const shared = fitted([...others, own], 1 / 16).offset[4] as number;
    expect(shared).toBeLessThan(alone - 0.1);
  });

  it('takes as the common line the middle of the labels’, not that of all windows together', () => {
    // Three labels are often there; the fourth, with most of the windows, hardly ever.
    const often = [1, 2, 3].map((seed) => drawn(2_000, 1, 1, seed));
    const labels = [...often, drawn(60_000, 1, -3, 4)];
    const ofAllWindows = fitPlatt({
      ...pooledLogits(labels),
      weights: Array(66_000).fill(1),
    });
    const { offset } = fitted([...labels, drawn(1, 1, 0, 5)], 1);
    expect(offset[4]).toBeGreaterThan(ofAllWindows.offset + 0.5);
  });

  it('weighs clips as told', () => {
    const scenes = together([drawn(20_000, 1, -3, 1), drawn(20_000, 1, -3, 2)], 1);
    const clips = (weight: number) => together([drawn(4_000, 1, 1, 3), drawn(4_000, 1, 1, 4)], weight);
    const offsetWith = (weight: number) => fitMoments([scenes, clips(weight)], 2).offset[0] as number;
    expect(offsetWith(1)).toBeGreaterThan(offsetWith(0.1) + 0.2);
    expect(offsetWith(0.1)).toBeGreaterThan(fitMoments([scenes], 2).offset[0] as number);
  });

  it('needs a label that sounds and does not', () => {
    expect(() => fitted([{ scores: Float32Array.of(1, 2), truth: Uint8Array.of(0, 0) }], 1)).toThrow(RangeError);
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
