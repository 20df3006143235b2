import { describe, expect, it } from 'vitest';
import { RecentHistory } from '../../../../src/app/rewind/recent-history';
import type { Tags } from '../../../../src/shared/contracts/tagger-api';
import { symmetricSpec } from '../../../support/feature-spec';

/** 4 columns of 2 bands a second, so that two minutes are 480 columns. */
const spec = { ...symmetricSpec, sampleRateHz: 8000, hopSamples: 2000, melBands: 2 };
const silence = -2.5;

/** A result every half second: its two columns hold their place in the stream and its negative. */
function tags(number: number, more: Partial<Tags> = {}): Tags {
  const columns = Float32Array.of(2 * number, -2 * number, 2 * number + 1, -2 * number - 1);
  return {
    columns,
    windowEndSeconds: (number + 1) / 2,
    head: 'shipped',
    probabilities: Float32Array.of(number / 1000, 1 - number / 1000),
    heardAtMs: 0,
    levelDb: 0,
    isResting: false,
    modelMs: 0,
    tagsPerSecond: 2,
    droppedPieces: 0,
    ...more,
  };
}

function heard(results: number): RecentHistory {
  const history = new RecentHistory(spec);
  for (let number = 0; number < results; number++) history.push(tags(number));
  return history;
}

const inPairs = (places: readonly number[]) => Float32Array.from(places.flatMap((place) => [place, -place]));

describe('the columns of the last two minutes', () => {
  it.each([
    ['before the ring is full', 30],
    ['when it has just become full', 240],
    ['after many turns', 1234],
  ])('are those that arrived, %s', (_, results) => {
    const end = 2 * results;
    expect(heard(results).columns(end - 7, end)).toEqual(inPairs([-7, -6, -5, -4, -3, -2, -1].map((i) => end + i)));
  });

  it('are silent if nothing is remembered', () => {
    const history = heard(300);
    const columns = history.columns(118, 122);
    expect([...columns]).toEqual([silence, silence, silence, silence, 120, -120, 121, -121]);
    expect([...history.columns(599, 601)]).toEqual([599, -599, silence, silence]);
    expect(history.columns(-2, 0)).toEqual(new Float32Array(4).fill(silence));
  });
});

describe('a moment', () => {
  it('is that of the newest window that had ended by then', () => {
    const history = heard(30);
    expect(history.tagAt(7)?.windowEndSeconds).toBe(7);
    expect(history.tagAt(7.49)?.windowEndSeconds).toBe(7);
    expect(history.tagAt(7.5)?.windowEndSeconds).toBe(7.5);
    expect(history.tagAt(99)?.windowEndSeconds).toBe(15);
    expect(history.tagAt(0)?.windowEndSeconds).toBe(0.5);
    expect(new RecentHistory(spec).tagAt(1)).toBeUndefined();
  });

  it('has its place among the columns, even after lost sound', () => {
    const history = heard(4);
    history.push(tags(4, { windowEndSeconds: 60 }));
    expect(history.columnsAt(2)).toBe(8);
    expect(history.columnsAt(1.75)).toBe(7);
    expect(history.columnsAt(60)).toBe(10);
  });

  it('is remembered for two minutes', () => {
    const history = heard(500);
    expect(history.newestSeconds).toBe(250);
    expect(history.oldestSeconds).toBe(130);
  });
});

describe('the course of a label', () => {
  it('is the highest of each part of the time', () => {
    const history = heard(20);
    const [first, second] = history.course('shipped', [1, 0], 10, 4, 2);
    // Parts of two seconds: results 12 to 15, and 16 to 19.
    expect(first?.map((value) => Math.round(value * 1000))).toEqual(Float32Array.of(988, 984));
    expect(second?.map((value) => Math.round(value * 1000))).toEqual(Float32Array.of(15, 19));
  });

  it('is unknown before listening began, and while another head was active', () => {
    const history = heard(4);
    history.push(tags(4, { head: 'mine' }));
    const [course] = history.course('shipped', [0], 2.5, 5, 10);
    expect([...(course as Float32Array)].map((value) => Number.isNaN(value))).toEqual([
      ...Array(5).fill(true),
      ...Array(4).fill(false),
      true,
    ]);
  });
});

describe('a copy', () => {
  it('stays fixed while the history grows', () => {
    const history = heard(300);
    const copy = history.copy();
    for (let number = 300; number < 700; number++) history.push(tags(number));
    expect(copy.newestSeconds).toBe(150);
    expect(copy.columns(598, 600)).toEqual(inPairs([598, 599]));
    expect(copy.columns(121, 122)).toEqual(inPairs([121]));
    expect(copy.tagAt(40)?.windowEndSeconds).toBe(40);
  });
});
