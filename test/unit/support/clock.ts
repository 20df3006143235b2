import { type MockInstance, vi } from 'vitest';

/**
 * Lets a second pass between any two looks at the clock, so that work which pauses when it has held the thread for long does
 * so each time it asks: how often then depends on the work alone, not on the machine. Call `mockRestore` on what it returns.
 */
export function everyLookIsLate(): MockInstance<() => number> {
  let nowMs = performance.now();
  return vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 1000));
}
