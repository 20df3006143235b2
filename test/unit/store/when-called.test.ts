import { describe, expect, it, vi } from 'vitest';
import { whenCalled } from '../../../src/store/when-called';

const adder = { add: async (a: number, b: number) => a + b };

describe('an object that is created when it is called', () => {
  it('is created once, by the first call', async () => {
    const make = vi.fn(async () => adder);
    const later = whenCalled(make);
    expect(make).not.toHaveBeenCalled();
    expect(await Promise.all([later.add(1, 2), later.add(3, 4)])).toEqual([3, 7]);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('is retried if it could not be created', async () => {
    const make = vi.fn(async () => adder).mockRejectedValueOnce(new Error('no connection'));
    const later = whenCalled(make);
    await expect(later.add(1, 2)).rejects.toThrow('no connection');
    expect(await later.add(1, 2)).toBe(3);
  });
});
