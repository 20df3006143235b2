import { describe, expect, test } from 'vitest';
import { sureAndWrong } from '../../../src/metrics/calibration/sure-and-wrong';
import { clipAnswers } from '../../../src/metrics/clip-answers';
import { confusions } from '../../../src/metrics/confusions';

describe('certain and wrong', () => {
  test('counts present labels below 0.001 and absent ones above 0.999', () => {
    const outputs = {
      scores: Float32Array.of(0.0005, 0.002, 0.9, 0.5, 0.9995, 0.998, 0.2, 0, 0.1995, 1),
      truth: Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0, 1),
    };
    expect(sureAndWrong(outputs)).toEqual({ present: 1 / 5, absent: 1 / 5 });
  });

  test('is undefined for missing labels', () => {
    const { present, absent } = sureAndWrong({ scores: Float32Array.of(1), truth: Uint8Array.of(0) });
    expect([present, absent]).toEqual([null, 1]);
  });
});

describe('confusions', () => {
  test('counts pairs of clips with one label, most frequent first', () => {
    const rows: [number[], number[]][] = [
      [
        [0.9, 0.1, 0.3],
        [1, 0, 0],
      ],
      [
        [0.2, 0.1, 0.3],
        [1, 0, 0],
      ],
      [
        [0.2, 0.1, 0.7],
        [1, 0, 0],
      ],
      [
        [0.9, 0.1, 0.7],
        [0, 1, 0],
      ],
      [
        [0.9, 0.1, 0.7],
        [0, 1, 1],
      ],
      [
        [0.9, 0.1, 0.7],
        [0, 0, 0],
      ],
    ];
    const predictions = {
      labelCount: 3,
      probabilities: Float32Array.from(rows.flatMap(([scores]) => scores)),
      truth: Uint8Array.from(rows.flatMap(([, truth]) => truth)),
    };
    const found = confusions(clipAnswers(predictions, [0, 1, 2], [new Set(), new Set(), new Set()]));
    expect(found).toEqual([
      { sounding: 0, heard: 2, clips: 2 },
      { sounding: 1, heard: 0, clips: 1 },
    ]);
  });
});
