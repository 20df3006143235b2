import { afterEach, describe, expect, it, vi } from 'vitest';
import { Glide } from '../../src/ui/listen/meters/glide';

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

/** A box of 100 × 20 pixels at this place of the window. */
function boxAt(left: number, top: number): HTMLElement {
  const box = document.createElement('div');
  Object.assign(box.style, { position: 'fixed', width: '100px', height: '20px' });
  document.body.append(box);
  put(box, left, top);
  return box;
}

function put(box: HTMLElement, left: number, top: number): void {
  Object.assign(box.style, { left: `${left}px`, top: `${top}px` });
}

/** What a box's one animation does to it, from its first to its last moment. */
function wayOf(box: HTMLElement) {
  const [animation, ...others] = box.getAnimations();
  expect(others).toEqual([]);
  const frames = (animation?.effect as KeyframeEffect | undefined)?.getKeyframes() ?? [];
  return frames.map(({ transform, opacity }) => ({ transform, opacity }));
}

describe('a gliding element', () => {
  it('moves from its old place, within its column', () => {
    const box = boxAt(10, 50);
    new Glide().play([box], () => put(box, 10, 130));
    expect(box.getBoundingClientRect().top).toBeCloseTo(50, 0);
    expect(wayOf(box)).toEqual([
      { transform: 'translateY(-80px)', opacity: undefined },
      { transform: 'none', opacity: undefined },
    ]);
  });

  it('fades in from nearby if it changes columns', () => {
    const box = boxAt(310, 450);
    new Glide().play([box], () => put(box, 10, 50));
    // 300 to the left and 400 up are 500 pixels; a part of 20 of them is 12 and 16.
    expect(wayOf(box)).toEqual([
      { transform: 'translate(12px, 16px)', opacity: '0.3' },
      { transform: 'none', opacity: '1' },
    ]);
  });

  it('fades in from no further away than it was', () => {
    const box = boxAt(16, 58);
    new Glide().play([box], () => put(box, 10, 50));
    expect(wayOf(box)[0]?.transform).toBe('translate(6px, 8px)');
  });

  it('is only one that moves, and is visible', () => {
    const [still, moved, below] = [boxAt(10, 10), boxAt(10, 50), boxAt(10, innerHeight + 100)];
    new Glide().play([still, moved, below], () => {
      put(moved, 10, 90);
      put(below, 10, innerHeight + 300);
    });
    expect([still, moved, below].map((box) => box.getAnimations().length)).toEqual([0, 1, 0]);
  });

  it('starts from its current place when it moves again', () => {
    const glide = new Glide();
    const box = boxAt(10, 50);
    glide.play([box], () => put(box, 10, 130));
    glide.play([box], () => put(box, 10, 90));
    // Its first way had just begun, at 50.
    expect(wayOf(box)[0]?.transform).toBe('translateY(-40px)');
  });

  it('moves at once if reduced motion is preferred', () => {
    vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: true } as MediaQueryList);
    const box = boxAt(10, 50);
    new Glide().play([box], () => put(box, 10, 130));
    expect(box.getBoundingClientRect().top).toBe(130);
    expect(box.getAnimations()).toEqual([]);
  });

  it('is measured before and after, all elements at once', () => {
    const boxes = [boxAt(10, 10), boxAt(10, 50)];
    const order: string[] = [];
    for (const [i, box] of boxes.entries()) {
      const measure = box.getBoundingClientRect.bind(box);
      vi.spyOn(box, 'getBoundingClientRect').mockImplementation(() => {
        order.push(`measure ${i}`);
        return measure();
      });
      const animate = box.animate.bind(box);
      vi.spyOn(box, 'animate').mockImplementation((...how) => {
        order.push(`animate ${i}`);
        return animate(...how);
      });
    }
    new Glide().play(boxes, () => {
      order.push('move');
      for (const [i, box] of boxes.entries()) put(box, 10, i === 0 ? 50 : 10);
    });
    expect(order).toEqual(['measure 0', 'measure 1', 'move', 'measure 0', 'measure 1', 'animate 0', 'animate 1']);
  });
});
