import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canKeepScreenOn, ScreenWakeLock } from '../../../../src/app/listening/wake-lock';

class FakeSentinel {
  released = false;
  async release(): Promise<void> {
    this.released = true;
  }
}

let page: EventTarget & { hidden: boolean };
let sentinels: FakeSentinel[];
const request = vi.fn(async () => {
  const sentinel = new FakeSentinel();
  sentinels.push(sentinel);
  return sentinel;
});

/** The browser lets go of the screen when the page is hidden. */
function show(seen: boolean): void {
  page.hidden = !seen;
  if (!seen) for (const sentinel of sentinels) sentinel.released = true;
  page.dispatchEvent(new Event('visibilitychange'));
}

const held = (): number => sentinels.filter(({ released }) => !released).length;

beforeEach(() => {
  page = Object.assign(new EventTarget(), { hidden: false });
  sentinels = [];
  request.mockClear();
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { wakeLock: { request } });
});
afterEach(() => void vi.unstubAllGlobals());

describe('ScreenWakeLock', () => {
  it('holds the lock once, however often it is asked to, and releases it', async () => {
    const screen = new ScreenWakeLock();
    screen.hold();
    screen.hold();
    await vi.waitFor(() => expect(held()).toBe(1));
    screen.hold();
    screen.release();
    await vi.waitFor(() => expect(held()).toBe(0));
    expect(request).toHaveBeenCalledTimes(1);
  });

  it('asks again when the page is shown again, and only while it is wanted', async () => {
    const screen = new ScreenWakeLock();
    screen.hold();
    await vi.waitFor(() => expect(held()).toBe(1));
    show(false);
    show(true);
    await vi.waitFor(() => expect(held()).toBe(1));
    expect(request).toHaveBeenCalledTimes(2);
    screen.release();
    show(false);
    show(true);
    expect(request).toHaveBeenCalledTimes(2);
  });

  it('releases a lock that arrives after it is no longer wanted', async () => {
    const screen = new ScreenWakeLock();
    screen.hold();
    screen.release();
    await vi.waitFor(() => expect(sentinels).toHaveLength(1));
    await vi.waitFor(() => expect(held()).toBe(0));
  });

  it('continues without it if the browser refuses, and asks again the next time', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    request.mockRejectedValueOnce(new DOMException('low battery', 'NotAllowedError'));
    const screen = new ScreenWakeLock();
    screen.hold();
    await vi.waitFor(() => expect(warn).toHaveBeenCalled());
    screen.hold();
    await vi.waitFor(() => expect(held()).toBe(1));
  });

  it('is not offered if the browser has none', () => {
    expect(canKeepScreenOn()).toBe(true);
    vi.stubGlobal('navigator', {});
    expect(canKeepScreenOn()).toBe(false);
    new ScreenWakeLock().hold();
    expect(request).not.toHaveBeenCalled();
  });
});
