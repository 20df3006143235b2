import { describe, expect, it } from 'vitest';
import { ListeningWindows } from '../../../../src/app/listening/listening-windows';

type Held = Required<Pick<LockInfo, 'name' | 'clientId'>>;

/** The locks of a browser, as far as shared ones go. */
function browser(held: Held[]) {
  const locksOf = (clientId: string): LockManager => ({
    request: async (name: string, ...rest: unknown[]) => {
      const lock = { name, clientId };
      held.push(lock);
      await (rest.at(-1) as () => Promise<void>)();
      held.splice(held.indexOf(lock), 1);
    },
    query: async () => ({ held }),
  });
  return (clientId: string) => new ListeningWindows(locksOf(clientId));
}

describe('windows that listen', () => {
  it('know whether the one that writes does', async () => {
    const windowOf = browser([{ name: 'earmark.store', clientId: 'first' }]);
    const [first, second] = [windowOf('first'), windowOf('second')];
    expect(await second.hasWriter()).toBe(false);
    second.follow({ phase: 'listening' });
    expect(await second.hasWriter()).toBe(false);
    first.follow({ phase: 'starting' });
    expect(await second.hasWriter()).toBe(false);
    first.follow({ phase: 'listening' });
    first.follow({ phase: 'listening' });
    expect(await second.hasWriter()).toBe(true);
    first.follow({ phase: 'ready' });
    await Promise.resolve();
    expect(await second.hasWriter()).toBe(false);
  });

  it('do without locks', async () => {
    const windows = new ListeningWindows(undefined);
    windows.follow({ phase: 'listening' });
    expect(await windows.hasWriter()).toBe(false);
  });
});
