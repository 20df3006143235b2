import { describe, expect, it } from 'vitest';
import { bentLogit, calibrate } from '../../../../src/model/folder/calibration';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe('a bent logit', () => {
  it('is the logit itself with a bend of 1', () => {
    for (const logit of [-90, -0.1, 0, 1 / 3, 700]) expect(bentLogit(logit, 1)).toBe(logit);
  });

  it('is bend · −ln(1 − p) + ln p', () => {
    for (const logit of [-3, -0.5, 0, 0.5, 3]) {
      const p = sigmoid(logit);
      expect(bentLogit(logit, 2.5)).toBeCloseTo(Math.log(p) - 2.5 * Math.log(1 - p), 10);
    }
  });

  it('has a slope of 1 far below 0 and of the bend far above, and stays finite', () => {
    expect(bentLogit(-1000, 2.5)).toBeCloseTo(-1000, 9);
    expect(bentLogit(1000, 2.5)).toBeCloseTo(2500, 9);
  });
});

describe('calibration', () => {
  const logits = Float32Array.of(-2, 1, 3, 0.5);

  it('applies scale, offset and bend label by label', () => {
    const probabilities = calibrate(logits, { scale: [1, 2], offset: [0, -1], bend: [1, 3] });
    const expected = [sigmoid(-2), sigmoid(2 * bentLogit(1, 3) - 1), sigmoid(3), sigmoid(2 * bentLogit(0.5, 3) - 1)];
    for (const [i, probability] of probabilities.entries()) expect(probability).toBeCloseTo(expected[i] as number, 6);
  });

  it('is Platt scaling without a bend', () => {
    const lines = { scale: [1, 2], offset: [0, -1] };
    expect(calibrate(logits, lines)).toEqual(calibrate(logits, { ...lines, bend: [1, 1] }));
  });
});
