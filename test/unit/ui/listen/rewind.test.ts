import { describe, expect, it } from 'vitest';
import { followStretch } from '../../../../src/ui/listen/display/follow-stretch';
import { ColumnShrinker } from '../../../../src/ui/listen/display/shrink-columns';

describe('followStretch', () => {
  const bounds = { oldest: 100, newest: 220 };

  it('stays in place if the moment is well inside', () => {
    expect(followStretch(150, 160, 16, bounds)).toBe(160);
    expect(followStretch(158, 160, 16, bounds)).toBe(160);
    expect(followStretch(146, 160, 16, bounds)).toBe(160);
  });

  it('follows a moment near an edge, and no further', () => {
    expect(followStretch(159, 160, 16, bounds)).toBe(161);
    expect(followStretch(145, 160, 16, bounds)).toBe(159);
    expect(followStretch(190, 160, 16, bounds)).toBe(192);
  });

  it('ends at the ends of what is remembered', () => {
    expect(followStretch(220, 160, 16, bounds)).toBe(220);
    expect(followStretch(100, 160, 16, bounds)).toBe(116);
  });

  it('ends at the newest moment if there is less than one display', () => {
    expect(followStretch(101, 105, 16, { oldest: 100, newest: 105 })).toBe(105);
  });
});

describe('ColumnShrinker', () => {
  it('takes the mean of whole blocks, and waits for the rest', () => {
    const shrinker = new ColumnShrinker(5, 2, 2);
    expect(shrinker.shrunkBands).toBe(2);
    // Columns of five bands; the fifth makes no whole block.
    expect(shrinker.push(Float32Array.of(1, 3, 10, 20, 99))).toEqual(new Float32Array(0));
    const blocks = shrinker.push(Float32Array.of(5, 7, 30, 40, 99, 0, 0, 0, 8, 99, 0, 0, 0, 0, 99, 1, 1, 1, 1, 99));
    expect([...blocks]).toEqual([4, 25, 0, 2]);
    expect([...shrinker.push(Float32Array.of(1, 1, 3, 3, 99))]).toEqual([1, 2]);
  });
});
