import { describe, expect, it } from 'vitest';
import type { DiarySettings } from '../../../../src/shared/contracts/diary/diary-settings';
import type { Head } from '../../../../src/shared/contracts/model/head';
import type { ModelFigures } from '../../../../src/shared/contracts/model/model-figures';
import { withRule } from '../../../../src/ui/diary/diary-rules';
import { expectedPrecision } from '../../../../src/ui/diary/sounds/expected-precision';

const bin = (meanProbability: number, share: number, count: number) => ({ meanProbability, share, count });
const figures = {
  reliability: [bin(0.2, 0.1, 1000), bin(0.6, 0.5, 100), bin(0.9, 0.9, 300)],
} as unknown as ModelFigures;
const head = {
  proof: { labels: [{ id: 'bell', reliability: [bin(0.6, 1, 10), bin(0.9, 1, 30)] }] },
} as unknown as Head;

describe('the expected precision', () => {
  it('is the share of everything above the threshold that was right in the tests', () => {
    // (100 · 0.5 + 300 · 0.9) / 400
    expect(expectedPrecision('dog', 0.5, undefined, figures)).toEqual({ from: 'tests', precision: 0.8 });
    expect(expectedPrecision('dog', 0.7, head, figures)).toEqual({ from: 'tests', precision: 0.9 });
  });

  it('is that of moments, of which events are made, where scenes have shown it', () => {
    const measured = { ...figures, moments: { reliability: [bin(0.6, 0.2, 100), bin(0.9, 0.7, 400)] } } as unknown;
    // (100 · 0.2 + 400 · 0.7) / 500
    expect(expectedPrecision('dog', 0.5, undefined, measured as ModelFigures)?.precision).toBeCloseTo(0.6, 12);
  });

  it('is that of the proof for a taught label, as long as enough clips reach the threshold', () => {
    expect(expectedPrecision('bell', 0.7, head, figures)).toEqual({ from: 'proof', precision: 1 });
    expect(expectedPrecision('bell', 0.95, head, undefined)).toBeUndefined();
  });

  it('is unknown without figures, and where too little was measured', () => {
    expect(expectedPrecision('dog', 0.5, undefined, undefined)).toBeUndefined();
    expect(expectedPrecision('dog', 0.95, undefined, figures)).toBeUndefined();
  });
});

describe('withRule', () => {
  const diary = {
    keepDays: 7,
    rules: { labels: { cat: { ignored: true } }, speechThreshold: 0.3 },
  } as unknown as DiarySettings;

  it('changes one label, and forgets rules that say nothing', () => {
    const changed = withRule(diary, 'dog', { threshold: 0.7 });
    expect(changed).toEqual({
      ...diary,
      rules: { ...diary.rules, labels: { cat: { ignored: true }, dog: { threshold: 0.7 } } },
    });
    expect(withRule(changed, 'dog', { threshold: undefined })).toEqual(diary);
    expect(withRule(diary, 'cat', { threshold: 0.2 }).rules.labels).toEqual({ cat: { ignored: true, threshold: 0.2 } });
  });
});
