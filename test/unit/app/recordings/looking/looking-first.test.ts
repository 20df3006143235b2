import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LookingFirst } from '../../../../../src/app/recordings/looking/looking-first';
import { LOOKING_LOCK } from '../../../../../src/shared/contracts/recordings/recordings-api';

/** What was asked of the locks, in order. */
let log: string[];

const locks = {
  request: async (name: string, { mode }: LockOptions, callback: () => Promise<void>) => {
    log.push(`${mode} ${name}`);
    await callback();
    log.push('released');
  },
} as unknown as LockManager;

beforeEach(() => {
  log = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('holds the lock once for tiles that are made at once and soon after one another', async () => {
  const first = new LookingFirst(locks);
  let end: (tile: string) => void = () => undefined;
  const slow = first.during(() => new Promise<string>((resolve) => (end = resolve)));
  expect(await first.during(async () => 'quick')).toBe('quick');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(log).toEqual([`shared ${LOOKING_LOCK}`]);
  end('slow');
  expect(await slow).toBe('slow');
  await vi.advanceTimersByTimeAsync(499);
  await first.during(async () => undefined);
  await vi.advanceTimersByTimeAsync(499);
  expect(log).toEqual([`shared ${LOOKING_LOCK}`]);
  await vi.advanceTimersByTimeAsync(1);
  expect(log).toEqual([`shared ${LOOKING_LOCK}`, 'released']);
  await first.during(async () => undefined);
  expect(log).toHaveLength(3);
});

it('gives the lock back after a failure, and at once when nobody looks any more', async () => {
  const first = new LookingFirst(locks);
  await expect(first.during(() => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
  await vi.advanceTimersByTimeAsync(500);
  expect(log.at(-1)).toBe('released');
  // Its worker ends with the view: no answer comes any more.
  void first.during(() => new Promise(() => undefined));
  first.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual([`shared ${LOOKING_LOCK}`, 'released', `shared ${LOOKING_LOCK}`, 'released']);
});

it('works where there are no locks', async () => {
  const first = new LookingFirst(undefined);
  expect(await first.during(async () => 1)).toBe(1);
  first.end();
});
