import { describe, expect, test } from 'vitest';
import { clipAccuracy } from '../../../src/metrics/clip-accuracy';
import { clipAnswers } from '../../../src/metrics/clip-answers';
import { clipProbabilities, poolWindows } from '../../../src/metrics/pooling';
import { outputsOfLabel, type Predictions, pooledOutputs, selectPredictions } from '../../../src/metrics/predictions';

function predictions(labelCount: number, probabilities: readonly number[], truth: readonly number[]): Predictions {
  return { labelCount, probabilities: Float32Array.from(probabilities), truth: Uint8Array.from(truth) };
}

/** Accuracy among all labels, or these candidates. @param above the labels above each; none by default. */
function accuracyOf(
  of: Predictions,
  candidates = [...Array(of.labelCount).keys()],
  above: readonly (readonly number[])[] = [],
): number | null {
  const sets = Array.from({ length: of.labelCount }, (_, label) => new Set(above[label]));
  return clipAccuracy(clipAnswers(of, candidates, sets));
}

describe('clip accuracy', () => {
  test('is over the clips with exactly one label', () => {
    const five = predictions(
      3,
      [0.1, 0.9, 0.3, 0.8, 0.2, 0.1, 0.7, 0.6, 0.1, 0.2, 0.3, 0.1, 0.1, 0.2, 0.9],
      // Right, wrong, two labels, none, right.
      [0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1],
    );
    expect(accuracyOf(five)).toBeCloseTo(2 / 3, 12);
  });

  test('takes the first of equal probabilities', () => {
    expect(accuracyOf(predictions(2, [0.5, 0.5], [1, 0]))).toBe(1);
    expect(accuracyOf(predictions(2, [0.5, 0.5], [0, 1]))).toBe(0);
  });

  test('is null if no clip has exactly one label', () => {
    expect(accuracyOf(predictions(2, [0.5, 0.1, 0.2, 0.3], [1, 1, 0, 0]))).toBeNull();
    expect(accuracyOf(predictions(2, [], []))).toBeNull();
  });
});

describe('clip accuracy in a hierarchy', () => {
  // Animal, dog, bark, cat: a bark is a dog, and both dog and cat are animals.
  const above = [[], [0], [1, 0], [0]];
  const accuracy = (scores: number[], truth: number[], candidates = [0, 1, 2, 3]) =>
    accuracyOf(predictions(4, scores, truth), candidates, above);

  test('leaves out the labels above the clip’s own', () => {
    expect(accuracy([0.9, 0.5, 0.1, 0.4], [1, 1, 0, 0])).toBe(1);
    expect(accuracy([0.9, 0.8, 0.7, 0.6], [1, 1, 1, 0])).toBe(1);
    expect(accuracy([0.9, 0.5, 0.1, 0.6], [1, 1, 0, 0])).toBe(0);
  });

  test('counts a label below the clip’s own as right', () => {
    expect(accuracy([0.9, 0.5, 0.8, 0.4], [1, 1, 0, 0])).toBe(1);
    expect(accuracy([0.5, 0.2, 0.1, 0.9], [1, 0, 0, 0])).toBe(1);
    expect(accuracy([0.9, 0.8, 0.1, 0.4], [1, 1, 1, 0])).toBe(0);
  });

  test('takes a clip with two labels side by side for two sounds', () => {
    expect(accuracy([0.9, 0.8, 0.1, 0.7], [1, 1, 0, 1])).toBeNull();
  });

  test('is among the candidates alone', () => {
    expect(accuracy([0.9, 0.5, 0.1, 0.6], [1, 1, 0, 0], [0, 1, 2])).toBe(1);
  });
});

describe('pooling over windows', () => {
  test('is half the mean, half the maximum of each label', () => {
    const pooled = poolWindows(Float32Array.of(0.25, 1, 0.75, 0, 0.5, 0.5), 2);
    expect([...pooled]).toEqual([(0.5 + 0.75) / 2, (0.5 + 1) / 2]);
  });

  test('of one window is that window', () => {
    const window = Float32Array.of(0.1, 0.2, 0.9);
    expect(poolWindows(window, 3)).toEqual(window);
  });

  test('rejects no windows, partial ones, and no labels', () => {
    expect(() => poolWindows(new Float32Array(0), 3)).toThrow(RangeError);
    expect(() => poolWindows(new Float32Array(4), 3)).toThrow(RangeError);
    expect(() => poolWindows(new Float32Array(4), 0)).toThrow(RangeError);
  });
});

describe('the probability of a clip', () => {
  const windows = Float32Array.of(0.5, 0, 1, 0.5, 0, 1);

  test('is the pooled score where windows are calibrated for clips', () => {
    expect(clipProbabilities(windows, { scale: [1, 1, 1] })).toEqual(poolWindows(windows, 3));
  });

  test('is moved by the line for clips: even odds become three to one; what is certain stays', () => {
    const moved = clipProbabilities(windows, { scale: [1, 1, 1], clip: { scale: 1.5, offset: Math.log(3) } });
    expect([...moved]).toEqual([expect.closeTo(0.75, 6), 0, 1]);
  });
});

describe('predictions', () => {
  const threeClips = predictions(2, [0.5, 0.25, 0.75, 1, 0, 0.125], [1, 0, 0, 1, 1, 1]);

  test('give one label’s outputs, and all of them pooled', () => {
    expect(outputsOfLabel(threeClips, 1)).toEqual({
      scores: Float32Array.of(0.25, 1, 0.125),
      truth: Uint8Array.of(0, 1, 1),
    });
    expect(pooledOutputs(threeClips).scores).toHaveLength(6);
  });

  test('can be narrowed to some clips and labels', () => {
    expect(selectPredictions(threeClips, [2, 0], [1])).toEqual(predictions(1, [0.125, 0.25], [1, 0]));
    expect(selectPredictions(threeClips, [0, 1, 2], [0, 1])).toEqual(threeClips);
    expect(selectPredictions(threeClips, [], []).truth).toHaveLength(0);
  });

  test('refuse clips and labels that are not there', () => {
    expect(() => selectPredictions(threeClips, [3], [0])).toThrow(RangeError);
    expect(() => selectPredictions(threeClips, [0], [2])).toThrow(RangeError);
    expect(() => selectPredictions(threeClips, [-1], [0])).toThrow(RangeError);
  });
});
