import { describe, expect, it } from 'vitest';
import { alphabetical, MeterOrder, OVERTAKING_MARGIN, reorder } from '../../../../src/ui/listen/meters/meter-order';

describe('reorder', () => {
  it('sorts by falling strength if the differences are clear', () => {
    expect(reorder([0, 1, 2, 3], [0.1, 0.9, 0.5, 0.3])).toEqual([1, 2, 3, 0]);
  });

  it('leaves two of similar strength in place', () => {
    expect(reorder([0, 1], [0.5, 0.5 + OVERTAKING_MARGIN])).toEqual([0, 1]);
    expect(reorder([0, 1], [0.5, 0.5 + OVERTAKING_MARGIN + 0.001])).toEqual([1, 0]);
  });

  it('does not swap back and forth for strengths that cross by less than twice the margin', () => {
    const first = reorder([0, 1], [0.5, 0.56]);
    expect(first).toEqual([1, 0]);
    expect(reorder(first, [0.56, 0.53])).toEqual(first);
  });

  it('lets a label pass all that it clearly beats, even past ones that it does not', () => {
    expect(reorder([0, 1, 2], [0, 0.03, 0.06])).toEqual([2, 1, 0]);
  });

  it('swaps two without moving the quiet ones between them', () => {
    expect(reorder([0, 1, 2, 3, 4], [0, 0, 0, 0.9, 0])).toEqual([3, 1, 2, 0, 4]);
    expect(reorder([0, 1, 2, 3, 4], [0.7, 0.5, 0, 0.9, 0])).toEqual([3, 0, 1, 2, 4]);
  });

  it('never leaves a label below one that it clearly beats, and loses none', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < 200; round++) {
      const strengths = Array.from({ length: 20 }, random);
      const order = strengths.map((_, index) => index).sort(() => random() - 0.5);
      const sorted = reorder(order, strengths);
      expect([...sorted].sort((a, b) => a - b)).toEqual(strengths.map((_, index) => index));
      sorted.forEach((above, place) => {
        const strongestBelow = Math.max(0, ...sorted.slice(place + 1).map((below) => strengths[below] ?? 0));
        expect(strongestBelow).toBeLessThanOrEqual((strengths[above] ?? 0) + OVERTAKING_MARGIN);
      });
    }
  });
});

describe('the order of a board', () => {
  const names = ['dog', 'cat', 'bell', 'ant'];
  const shown = (order: MeterOrder): string[] => order.indices.map((index) => names[index] as string);

  it('puts what stands out first, by strength, and leaves the quiet ones in the order of their names', () => {
    const order = new MeterOrder(names);
    expect(shown(order)).toEqual(['ant', 'bell', 'cat', 'dog']);
    const noise = [0.09, 0.04, 0, 0.02];
    expect(order.update(noise, noise)).toBe(false);
    expect(shown(order)).toEqual(['ant', 'bell', 'cat', 'dog']);
    const loud = [0.5, 0.04, 0.9, 0.02];
    expect(order.update(loud, loud)).toBe(true);
    expect(shown(order)).toEqual(['bell', 'dog', 'ant', 'cat']);
  });

  it('lets a sound that was loud go back to its place only when it is quiet, and its peak is over', () => {
    const order = new MeterOrder(names);
    order.update([0.5, 0, 0, 0], [0.5, 0, 0, 0]);
    expect(order.update([0.07, 0, 0, 0], [0.07, 0, 0, 0])).toBe(false);
    expect(order.update([0.01, 0, 0, 0], [0.3, 0, 0, 0])).toBe(false);
    expect(shown(order)).toEqual(['dog', 'ant', 'bell', 'cat']);
    expect(order.update([0.01, 0, 0, 0], [0.04, 0, 0, 0])).toBe(true);
    expect(shown(order)).toEqual(['ant', 'bell', 'cat', 'dog']);
  });
});

describe('alphabetical', () => {
  it('sorts names like a dictionary', () => {
    const names = ['Zug', 'Über', 'uhr', 'Möwe', 'Motor', 'Äste', 'Car horn', 'Carillon', 'ami', 'Öl'];
    const sorted = alphabetical(names).map((index) => names[index]);
    expect(sorted).toEqual([...names].sort((a, b) => a.localeCompare(b, 'de')));
    expect(sorted.slice(0, 2)).toEqual(['ami', 'Äste']);
  });

  it('keeps the order of equal names', () => {
    expect(alphabetical(['b', 'a', 'A', 'á'])).toEqual([1, 2, 3, 0]);
  });
});
