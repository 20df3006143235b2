import { describe, expect, it } from 'vitest';
import type { Head } from '../../../../src/shared/contracts/model/head';
import type { ModelInfo } from '../../../../src/shared/contracts/tagger-api';
import { coursePath } from '../../../../src/ui/listen/meters/course-path';
import { metersOf } from '../../../../src/ui/listen/meters/meter-labels';
import { binOf, inTen } from '../../../../src/ui/listen/meters/trust/trust';

const dog = { id: 'dog', name: 'Dog', group: 'animals' };
const rain = { id: 'rain', name: 'Rain', group: 'nature' };
const bin = { from: 0.7, to: 0.8, meanProbability: 0.74, share: 0.71, count: 42 };
const model = {
  labels: [dog, rain],
  thresholds: { default: [0.4, null], precision95: [0.8, null] },
  figures: {
    measuredOn: 'a test set',
    date: '2026-11-25',
    clips: 400,
    reliability: [bin],
    labels: [
      { id: 'dog', auc: 0.9, aucLow: 0.8, aucHigh: 0.95, averagePrecision: 0.7, positives: 40 },
      { id: 'rain', auc: null, aucLow: null, aucHigh: null, averagePrecision: null, positives: 0 },
    ],
  },
} as unknown as ModelInfo;
const head = {
  labels: [dog, rain, { id: 'kettle', name: 'Kettle', group: 'taught' }],
  proof: {
    clips: 30,
    labels: [
      {
        id: 'kettle',
        positives: 9,
        threshold: 0.35,
        auc: { value: 0.97, low: 0.9, high: 1 },
        averagePrecision: 0.93,
        reliability: [
          { meanProbability: 0.04, share: 0, count: 20 },
          { meanProbability: 1, share: 0.9, count: 10 },
        ],
      },
    ],
  },
} as unknown as Head;

describe('what a meter knows of its label', () => {
  it('is the model’s thresholds and figures', () => {
    const [ofDog, ofRain] = metersOf(model);
    expect(ofDog).toMatchObject({
      name: 'Dog',
      group: 'animals',
      threshold: 0.4,
      sureThreshold: 0.8,
      trust: { measuredOn: { testSet: 'a test set', date: '2026-11-25' }, auc: { value: 0.9, low: 0.8, high: 0.95 } },
    });
    expect(ofRain).not.toHaveProperty('threshold');
    expect(ofRain?.trust).toMatchObject({ auc: null, positives: 0 });
  });

  it('is the proof of a head for what it was taught, and the model’s for the rest', () => {
    const [ofDog, , kettle] = metersOf(model, head);
    expect(ofDog).toMatchObject({ threshold: 0.4, trust: { positives: 40 } });
    expect(kettle).toMatchObject({
      group: 'taught',
      threshold: 0.35,
      trust: {
        measuredOn: { ownClips: 30 },
        positives: 9,
        reliability: [
          { from: 0, to: 0.1 },
          { from: 0.9, to: 1 },
        ],
      },
    });
    expect(kettle).not.toHaveProperty('sureThreshold');
  });

  it('is what moments have meant, where scenes with known times showed it', () => {
    const ofMoments = { ...bin, share: 0.6, count: 900 };
    const moments = { date: '2026-11-28', hours: 2, reliability: [ofMoments] };
    const measured = { ...model, figures: { ...model.figures, moments } } as unknown as ModelInfo;
    expect(metersOf(measured)[0]?.trust).toMatchObject({
      measuredOn: { sceneHours: 2, date: '2026-11-28' },
      reliability: [ofMoments],
      auc: { value: 0.9, low: 0.8, high: 0.95 },
      positives: 40,
    });
    expect(metersOf(model)[0]?.trust).toMatchObject({ measuredOn: { testSet: 'a test set' }, reliability: [bin] });
  });

  it('is undefined if nothing was measured', () => {
    const { thresholds: _, figures: __, ...bare } = model;
    expect(metersOf(bare)[0]).toEqual({ id: 'dog', name: 'Dog', group: 'animals' });
    expect(metersOf(undefined)).toEqual([]);
  });
});

describe('a bin of the reliability diagram', () => {
  const last = { ...bin, from: 0.9, to: 1 };
  it('is found by a probability; the last one holds 1 as well', () => {
    expect(binOf(0.7, [bin, last])).toBe(bin);
    expect(binOf(0.8, [bin, last])).toBeUndefined();
    expect(binOf(1, [bin, last])).toBe(last);
    expect(binOf(0.75, [{ ...bin, count: 0 }])).toBeUndefined();
  });

  it('is given in tens, and in hundreds near the ends', () => {
    expect(inTen(0.71)).toEqual({ part: 7, whole: 10 });
    expect(inTen(0.02)).toEqual({ part: 2, whole: 100 });
    expect(inTen(0.97)).toEqual({ part: 97, whole: 100 });
    expect(inTen(0)).toEqual({ part: 0, whole: 100 });
  });
});

describe('coursePath', () => {
  it('draws a line and the area below it', () => {
    expect(coursePath([0, 0.5, 1])).toEqual({ line: 'M0 100L1 50L2 0', area: 'M0 100L1 50L2 0L2 100L0 100Z' });
  });

  it('leaves gaps for missing values', () => {
    expect(coursePath([Number.NaN, 0.25, Number.NaN, 1, 1])).toEqual({
      line: 'M1 75M3 0L4 0',
      area: 'M1 75L1 100L1 100ZM3 0L4 0L4 100L3 100Z',
    });
    expect(coursePath([Number.NaN])).toEqual({ line: '', area: '' });
  });
});
