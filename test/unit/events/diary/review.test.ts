import { describe, expect, it } from 'vitest';
import { precisionTable, proposedThreshold } from '../../../../src/events/diary/precision';
import { reviewOrder } from '../../../../src/events/diary/review-order';
import { wilsonInterval } from '../../../../src/events/diary/wilson';
import type { Verdict } from '../../../../src/shared/contracts/sound-event';
import { seededRandom } from '../../../../src/shared/lib/math/random';
import { SimilarityIndex } from '../../../../src/shared/lib/math/similarity';

describe('wilsonInterval', () => {
  it.each([
    // Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<857), table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.value).toBe(successes / trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('knows nothing without a trial', () => {
    expect(wilsonInterval(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
  });
});

const judged = (peakProbability: number, answer: 'right' | 'wrong' | 'unsure' | 'other') => ({
  label: 'dog',
  peakProbability,
  verdict: (answer === 'other' ? { answer, label: 'fox' } : { answer }) as Verdict,
});

describe('precision', () => {
  it('counts what reaches a threshold; another label is as wrong as none, and unsure counts for nothing', () => {
    const events = [
      judged(0.9, 'right'),
      judged(0.6, 'right'),
      judged(0.6, 'wrong'),
      judged(0.7, 'other'),
      judged(0.95, 'unsure'),
    ];
    const table = precisionTable(events, [0.5, 0.65, 0.8, 0.99]);
    expect(table.map(({ right, judged: count }) => [right, count])).toEqual([
      [2, 4],
      [1, 2],
      [1, 1],
      [0, 0],
    ]);
    expect(table[0]?.precision).toEqual(wilsonInterval(2, 4));
  });

  it('proposes the lowest threshold from which nine in ten are right', () => {
    // Above 0.5: 18 right and 2 wrong. With the wrong one at 0.45 it is 18 of 21.
    const events = [
      judged(0.456, 'wrong'),
      judged(0.511, 'wrong'),
      judged(0.52, 'wrong'),
      ...Array.from({ length: 18 }, (_, i) => judged(0.6 + i / 100, 'right')),
    ];
    expect(proposedThreshold(events)).toMatchObject({ threshold: 0.51, right: 18, judged: 20 });
  });

  it('proposes none from few verdicts, or if none is right often enough', () => {
    expect(proposedThreshold(Array.from({ length: 9 }, () => judged(0.8, 'right')))).toBeUndefined();
    const half = Array.from({ length: 40 }, (_, i) => judged(0.5 + i / 100, i % 2 ? 'right' : 'wrong'));
    expect(proposedThreshold(half)).toBeUndefined();
  });
});

describe('reviewOrder', () => {
  const event = (id: string, peakProbability: number, threshold: number, verdict?: Verdict) => ({
    id,
    peakProbability,
    threshold,
    ...(verdict && { verdict }),
  });
  const events = [
    event('a', 0.9, 0.5),
    event('b', 0.52, 0.5),
    event('c', 0.7, 0.65),
    event('d', 0.5, 0.5, { answer: 'right' }),
  ];
  const ids = (order: Parameters<typeof reviewOrder>[1]) => reviewOrder(events, order).map(({ id }) => id);

  it('begins nearest the threshold, or with the strongest, and leaves out what has a verdict', () => {
    expect(ids('teaching')).toEqual(['b', 'c', 'a']);
    expect(ids('strength')).toEqual(['a', 'c', 'b']);
  });

  it('draws at random the same way at every visit, whatever came first', () => {
    const many = Array.from({ length: 1000 }, (_, i) => event(`event-${i}`, i / 1000, 0.5));
    const drawn = reviewOrder(many, 'random');
    expect(drawn).toEqual(reviewOrder(many.toReversed(), 'random'));
    // The mean of 100 draws of 0 … 1 is 0.5 ± 0.03 (one standard error).
    const mean = drawn.slice(0, 100).reduce((sum, { peakProbability }) => sum + peakProbability, 0) / 100;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
  });
});

describe('SimilarityIndex', () => {
  /** 1, −2, 0.5, and the smallest float16 as bits. */
  const bits = (values: number[]): Uint16Array => {
    const known = new Map([
      [0, 0],
      [1, 0x3c00],
      [-2, 0xc000],
      [0.5, 0x3800],
    ]);
    return Uint16Array.from(values, (value) => known.get(value) ?? Number.NaN);
  };

  it('ranks by the angle, whatever the length', () => {
    const index = new SimilarityIndex(3, 4);
    for (const values of [
      [0, 1, 0],
      [0.5, 0.5, 0],
      [-2, 0, 0],
      [0.5, 0, 0],
    ])
      index.add(bits(values));
    const nearest = index.nearest(bits([1, 0, 0]), 4);
    expect(nearest.map(({ row }) => row)).toEqual([3, 1, 0, 2]);
    [1, Math.SQRT1_2, 0, -1].forEach((cosine, i) => {
      expect(nearest[i]?.cosine).toBeCloseTo(cosine, 5);
    });
    expect(index.nearest(bits([1, 0, 0]), 2).map(({ row }) => row)).toEqual([3, 1]);
  });

  it('finds among thousands what a sum over float64 finds', () => {
    const random = seededRandom(1);
    // Positive float16s from 0.5 to 2, as a network with rectified outputs gives.
    const rows = Array.from({ length: 2000 }, () =>
      Uint16Array.from({ length: 64 }, () => 0x3800 + Math.floor(random() * 0x800)),
    );
    const index = new SimilarityIndex(64, rows.length);
    for (const row of rows) index.add(row);
    const value = (half: number): number => 2 ** ((half >> 10) - 15) * (1 + (half & 0x3ff) / 1024);
    const exact = (a: Uint16Array, b: Uint16Array): number => {
      const [x, y] = [a, b].map((row) => [...row].map(value)) as [number[], number[]];
      const dot = (u: number[], v: number[]) => u.reduce((sum, ui, i) => sum + ui * (v[i] as number), 0);
      return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    };
    const wanted = rows[7] as Uint16Array;
    const nearest = index.nearest(wanted, 5);
    expect(nearest[0]?.row).toBe(7);
    for (const { row, cosine } of nearest) expect(cosine).toBeCloseTo(exact(rows[row] as Uint16Array, wanted), 2);
    const best = rows.map((row) => exact(row, wanted)).toSorted((a, b) => b - a);
    expect(exact(rows[nearest[4]?.row ?? 0] as Uint16Array, wanted)).toBeGreaterThan((best[4] as number) - 0.01);
  });

  it('refuses an embedding of another length, and more than it has room for', () => {
    const index = new SimilarityIndex(2, 1);
    expect(() => index.add(bits([1]))).toThrow(RangeError);
    index.add(bits([1, 0]));
    expect(() => index.add(bits([1, 0]))).toThrow(RangeError);
    expect(() => index.nearest(bits([1]), 1)).toThrow(RangeError);
  });
});
