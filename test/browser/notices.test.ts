import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { TeachState } from '../../src/app/teach/teach-state';
import { loadAllTexts } from '../../src/ui/messages/messages';
import '../../src/ui/after-first-paint';
import { deepAll, openPage, settled } from './fake-app';

beforeEach(loadAllTexts);

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
  history.replaceState(null, '', location.pathname + location.search);
});

/** Opens the page with what came of a command, and holds the clock from then on. */
async function open(teach: Partial<TeachState>) {
  const { app, element } = await openPage();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  app.teach.change(teach);
  await element.updateComplete;
  await deepAll<HTMLElement & { updateComplete: Promise<boolean> }>('earmark-notices')[0]?.updateComplete;
  return { app, element };
}

const exported = { code: 'clips-exported', clips: 3, leftOut: 0, file: 'a.zip' } as const;
const incomplete = { code: 'imported', clips: 3, heads: [], alreadyThere: 0, leftOut: 2, others: 0 } as const;

describe('a notice', () => {
  it('of a success goes by itself after a while', async () => {
    const { app } = await open({ notice: exported });
    vi.advanceTimersByTime(9000);
    expect(app.teach.calls).toEqual([]);
    vi.advanceTimersByTime(1500);
    expect(app.teach.calls).toEqual([['dismissNotice']]);
  });

  it('stays while the focus is in it', async () => {
    const { app } = await open({ notice: exported });
    const [close] = deepAll<HTMLElement>('earmark-notices')[0]?.shadowRoot?.querySelectorAll('button') ?? [];
    close?.focus();
    vi.advanceTimersByTime(60_000);
    expect(app.teach.calls).toEqual([]);
    close?.blur();
    vi.advanceTimersByTime(10_500);
    expect(app.teach.calls).toEqual([['dismissNotice']]);
  });

  it('stays while the pointer is on it', async () => {
    const { app } = await open({ notice: exported });
    const box = deepAll<HTMLElement>('earmark-notices')[0]?.shadowRoot?.querySelector('div');
    box?.dispatchEvent(new PointerEvent('pointerenter'));
    vi.advanceTimersByTime(60_000);
    expect(app.teach.calls).toEqual([]);
    box?.dispatchEvent(new PointerEvent('pointerleave'));
    vi.advanceTimersByTime(10_500);
    expect(app.teach.calls).toEqual([['dismissNotice']]);
  });

  it('of what did not all succeed stays, and so do problems', async () => {
    const { app } = await open({ notice: incomplete, problems: [{ code: 'storage-full' }] });
    vi.advanceTimersByTime(600_000);
    expect(app.teach.calls).toEqual([]);
  });

  it('is one of two at most; the others come when there is room', async () => {
    const { app, element } = await open({
      notice: incomplete,
      undo: { code: 'clips-deleted', clips: 2 },
      undoSteps: 1,
      elsewhere: true,
      problems: [{ code: 'storage-full' }],
    });
    vi.useRealTimers();
    app.change({ recovery: 'worker' });
    await settled(element);
    const shown = () => deepAll('.notice, [role=alert]').length;
    expect(shown()).toBe(2);
    app.teach.change({ problems: [], notice: undefined });
    await settled(element);
    expect(shown()).toBe(2);
    expect(deepAll('.notice')[0]?.textContent).toContain('Undo');
  });

  it('of a training links to the proof', async () => {
    await open({ notice: { code: 'head-trained', head: 'Kitchen' } });
    vi.useRealTimers();
    await userEvent.click(page.getByRole('link', { name: 'See the proof' }));
    await expect
      .poll(() => document.activeElement && deepAll('earmark-proof:focus').length, { timeout: 10_000 })
      .toBe(1);
    expect(location.hash).toBe('#/teach');
  });
});
