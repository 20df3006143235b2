import { describe, expect, it } from 'vitest';
import { placeBeside } from '../../../../src/ui/listen/meters/trust/place-beside';

const page = { width: 1366, height: 768 };

/** A rectangle as the browser gives it. */
const at = (left: number, top: number, width: number, height: number) =>
  ({ left, top, right: left + width, bottom: top + height, width, height }) as DOMRect;

describe('a popover', () => {
  it('is below, or above if there is no room below', () => {
    expect(placeBeside(at(40, 100, 400, 80), { width: 360, height: 500 }, page)).toEqual({ left: 40, top: 186 });
    expect(placeBeside(at(40, 600, 400, 80), { width: 360, height: 500 }, page)).toEqual({ left: 40, top: 94 });
  });

  it('is at the side if neither has room, and covers nothing of what it explains', () => {
    expect(placeBeside(at(40, 300, 400, 80), { width: 360, height: 500 }, page)).toEqual({ left: 446, top: 268 });
    expect(placeBeside(at(900, 300, 400, 80), { width: 360, height: 500 }, page)).toEqual({ left: 534, top: 268 });
  });

  it('stays within a page that has no room for it', () => {
    expect(placeBeside(at(10, 300, 340, 80), { width: 350, height: 500 }, { width: 390, height: 600 })).toEqual({
      left: 10,
      top: 100,
    });
  });
});
