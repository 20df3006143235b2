import { describe, expect, it } from 'vitest';
import { around, levelFor, moved, showing, timeMarks, zoomed } from '../../../../src/ui/recordings/picture/view-range';

const HOUR = 3600;

describe('a view', () => {
  it('keeps the anchor where it is while it zooms', () => {
    expect(zoomed({ fromSeconds: 100, toSeconds: 200 }, 0.5, 125, HOUR)).toEqual({
      fromSeconds: 112.5,
      toSeconds: 162.5,
    });
  });

  it('never leaves the recording, and is never closer than half a second', () => {
    expect(zoomed({ fromSeconds: 0, toSeconds: 100 }, 100, 50, HOUR)).toEqual({ fromSeconds: 0, toSeconds: HOUR });
    expect(zoomed({ fromSeconds: 0, toSeconds: 1 }, 0.01, 0, HOUR)).toEqual({ fromSeconds: 0, toSeconds: 0.5 });
    expect(moved({ fromSeconds: 3500, toSeconds: 3560 }, 1000, HOUR)).toEqual({ fromSeconds: 3540, toSeconds: HOUR });
    expect(around({ fromSeconds: 1, toSeconds: 2 }, HOUR)).toEqual({ fromSeconds: 0, toSeconds: 8 });
  });

  it('follows a moment only if that is out of sight', () => {
    const view = { fromSeconds: 10, toSeconds: 20 };
    expect(showing(view, 15, HOUR)).toBe(view);
    expect(showing(view, 30, HOUR)).toEqual({ fromSeconds: 29, toSeconds: 39 });
  });
});

it('takes the level whose columns are a few pixels wide at most', () => {
  // A thousand pixels for ten hours, one hour, ten minutes, half a minute, two seconds.
  expect([36_000, 3600, 600, 30, 2].map((seconds) => levelFor(1000 / seconds))).toEqual([4, 4, 3, 1, 0]);
});

it('marks round times that have room', () => {
  expect(timeMarks({ fromSeconds: 0, toSeconds: 60 }, 600, 90)).toEqual({
    marks: [0, 10, 20, 30, 40, 50, 60],
    stepSeconds: 10,
  });
  expect(timeMarks({ fromSeconds: 3599.5, toSeconds: 3601.5 }, 1000, 90).marks).toEqual([
    3599.6, 3599.8, 3600, 3600.2, 3600.4, 3600.6, 3600.8, 3601, 3601.2, 3601.4,
  ]);
});
