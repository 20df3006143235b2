import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { TeachState } from '../../src/app/teach/teach-state';
import type { ClipInfo } from '../../src/shared/contracts/clip';
import { loadAllTexts } from '../../src/ui/messages/messages';
import '../../src/ui/after-first-paint';
import { deepAll, openPage, settled, spec } from './fake-app';

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

function clip(i: number): ClipInfo {
  return {
    id: `clip-${i}`,
    name: `Sound ${i}`,
    keptAtMs: 1_700_000_000_000 - i,
    sampleRateHz: spec.sampleRateHz,
    sampleCount: spec.sampleRateHz,
    labels: [],
    reviewed: true,
    hash: String(i),
  };
}

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

  it('stays while the focus is in a problem beside it, and while the pointer only passes', async () => {
    const { app } = await open({ notice: exported, problems: [{ code: 'storage-full' }] });
    const [notices] = deepAll<HTMLElement>('earmark-notices');
    const problem = notices?.shadowRoot?.querySelector('earmark-problem');
    await problem?.updateComplete;
    const close = problem?.shadowRoot?.querySelector('button');
    expect(close).toBeTruthy();
    close?.focus();
    const box = notices?.shadowRoot?.querySelector('div');
    box?.dispatchEvent(new PointerEvent('pointerenter'));
    box?.dispatchEvent(new PointerEvent('pointerleave'));
    // A notice that takes the place of another one meanwhile.
    app.teach.change({ notice: { ...exported, clips: 4 } });
    await Promise.resolve();
    vi.advanceTimersByTime(60_000);
    expect(app.teach.calls).toEqual([]);
    close?.blur();
    vi.advanceTimersByTime(10_500);
    expect(app.teach.calls).toEqual([['dismissNotice']]);
  });

  it('goes in time once a button that had the focus is gone', async () => {
    const { app, element } = await open({
      notice: incomplete,
      undo: { code: 'clips-deleted', clips: 2 },
      undoSteps: 1,
    });
    const shadow = deepAll<HTMLElement>('earmark-notices')[0]?.shadowRoot;
    shadow?.querySelector<HTMLElement>('.notice .plain')?.focus();
    app.teach.change({ notice: undefined });
    await element.updateComplete;
    await deepAll<HTMLElement & { updateComplete: Promise<boolean> }>('earmark-notices')[0]?.updateComplete;
    vi.advanceTimersByTime(10_500);
    await Promise.resolve();
    await deepAll<HTMLElement & { updateComplete: Promise<boolean> }>('earmark-notices')[0]?.updateComplete;
    expect(shadow?.querySelector('.small')).not.toBeNull();
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

  it('that offers to undo keeps only its buttons after a while, and says all again when it is used', async () => {
    const { app, element } = await open({ undo: { code: 'clips-deleted', clips: 2 }, undoSteps: 2 });
    const [notices] = deepAll<HTMLElement & { updateComplete: Promise<boolean> }>('earmark-notices');
    const [words] = notices?.shadowRoot?.querySelectorAll('p') ?? [];
    const wide = () => deepAll('.notice')[0]?.getBoundingClientRect().width ?? 0;
    const before = wide();
    vi.advanceTimersByTime(10_500);
    await notices?.updateComplete;
    expect(words?.getBoundingClientRect().width).toBeLessThanOrEqual(1);
    expect(wide()).toBeLessThan(before / 2);
    expect(page.getByRole('button', { name: 'Undo', exact: true }).query()).not.toBeNull();
    notices?.shadowRoot?.querySelector('button')?.focus();
    await notices?.updateComplete;
    expect(wide()).toBe(before);
    (document.activeElement as HTMLElement).blur();
    vi.advanceTimersByTime(10_500);
    await notices?.updateComplete;
    expect(wide()).toBeLessThan(before / 2);
    app.teach.change({ undo: { code: 'clips-deleted', clips: 3 } });
    await element.updateComplete;
    await notices?.updateComplete;
    expect(wide()).toBe(before);
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

const screens = [
  ['a telephone', 390, 844],
  ['a small telephone', 320, 640],
  ['a telephone on its side', 844, 390],
  ['a desk', 1280, 800],
] as const;

const both = { notice: incomplete, undo: { code: 'clips-deleted', clips: 2 }, undoSteps: 3 } as const;

describe.each(screens)('on %s, notices', (_, width, height) => {
  const size = { width: innerWidth, height: innerHeight };
  beforeEach(() => page.viewport(width, height));
  afterEach(() => page.viewport(size.width, size.height));

  const noticesTop = () => deepAll('.notice')[0]?.getBoundingClientRect().top ?? 0;

  it.each(['listen', 'teach', 'models', 'settings'])('end below the last line of the view “%s”', async (view) => {
    location.hash = `#/${view}`;
    const { app, element } = await openPage({ phase: 'listening' });
    app.teach.change(both);
    await expect.poll(() => deepAll(`earmark-${view}`)).toHaveLength(1);
    await settled(element);
    scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
    expect(deepAll('.notice')).toHaveLength(2);
    expect(deepAll(`earmark-${view}`)[0]?.getBoundingClientRect().bottom).toBeLessThanOrEqual(noticesTop());
    const stop = deepAll('.primary').find((part) => part.querySelector('earmark-listen-button'));
    const [low] = deepAll('.notice').slice(-1);
    const stopBox = stop?.getBoundingClientRect();
    if ((stopBox?.top ?? 0) > height / 2)
      expect(low?.getBoundingClientRect().bottom).toBeLessThanOrEqual(stopBox?.top ?? 0);
  });

  it('do not cover what has the focus when they appear, nor what gets it later', async () => {
    location.hash = '#/settings';
    const { app, element } = await openPage({ phase: 'listening' });
    await expect.poll(() => deepAll('earmark-settings')).toHaveLength(1);
    await settled(element);
    const controls = deepAll<HTMLElement>('select, input', deepAll('earmark-settings')[0]?.shadowRoot as ShadowRoot);
    const field = controls[4] as HTMLElement;
    field.focus();
    // To the lower edge of what can be seen, where notices appear.
    const edge = deepAll('.primary').at(0)?.getBoundingClientRect().top ?? 0;
    const seen = edge > height / 2 ? edge : height;
    scrollBy({ top: field.getBoundingClientRect().bottom - seen + 2, behavior: 'instant' });
    app.teach.change(both);
    await settled(element);
    await expect.poll(() => field.getBoundingClientRect().bottom <= noticesTop()).toBe(true);
    for (const control of controls) {
      control.focus();
      expect(control.getBoundingClientRect().bottom, control.id).toBeLessThanOrEqual(noticesTop());
    }
  });

  it.each([
    ['labelled', { code: 'clip-changed', clip: { name: 'Sound 9', keptAtMs: 0 } } as const],
    ['brought back', undefined],
  ])('do not cover a row of the library that they speak of: it was %s', async (what, undo) => {
    location.hash = '#/teach';
    const { app, element } = await openPage({ phase: 'listening' });
    await expect.poll(() => deepAll('earmark-teach'), { timeout: 20_000 }).toHaveLength(1);
    const all = Array.from({ length: 20 }, (_, i) => clip(i));
    const earlier = undo ? all : all.filter(({ id }) => id !== 'clip-9');
    app.teach.change({ clips: earlier, undo: undefined });
    await settled(element);
    const row = () => deepAll<HTMLElement>('.rows > li').find((li) => li.textContent?.includes('Sound 9'));
    // The row that is brought back takes the place of the one after it.
    const next = deepAll<HTMLElement>('.rows > li').find((li) => li.textContent?.includes('Sound 8'));
    // To the lower edge of what can be seen, where notices appear.
    const edge = deepAll('.primary').at(0)?.getBoundingClientRect().top ?? 0;
    const seen = edge > height / 2 ? edge : height;
    const place = (row() ?? next)?.getBoundingClientRect();
    scrollBy({ top: (place?.bottom ?? 0) - seen + 2, behavior: 'instant' });
    const clips = all.map((sound) => (sound.id === 'clip-9' && undo ? { ...sound, labels: ['dog'] } : sound));
    app.teach.change(undo ? { clips, undo, undoSteps: 1 } : { clips, notice: incomplete });
    await settled(element);
    expect(deepAll('.notice')).toHaveLength(1);
    await expect
      .poll(() => (row()?.getBoundingClientRect().bottom ?? Infinity) <= noticesTop(), { message: what })
      .toBe(true);
    expect(row()?.getBoundingClientRect().top).toBeGreaterThanOrEqual(0);
  });

  it('do not cover the button that saves a snippet', async () => {
    location.hash = '#/teach';
    const { app, element } = await openPage({ phase: 'listening' });
    await expect.poll(() => deepAll('earmark-teach')).toHaveLength(1);
    const draft = {
      name: 'Snippet',
      keptAtMs: 1_700_000_000_000,
      heardLive: true,
      labels: [],
      samples: new Int16Array(2 * spec.sampleRateHz),
      sampleRateHz: spec.sampleRateHz,
    };
    app.teach.change({ ...both, draft });
    await settled(element);
    const [snippet] = deepAll<HTMLElement>('earmark-snippet');
    const save = snippet?.shadowRoot?.querySelector<HTMLElement>('.primary') as HTMLElement;
    snippet?.scrollIntoView({ block: 'start' });
    // On a telephone it is in reach from the start of the editor on; elsewhere the page is moved to it.
    if (width >= 640) save.focus();
    await expect.poll(() => save.getBoundingClientRect().bottom <= noticesTop()).toBe(true);
    const { left, top, width: wide, height: high } = save.getBoundingClientRect();
    expect(snippet?.shadowRoot?.elementFromPoint(left + wide / 2, top + high / 2)?.closest('button')).toBe(save);
  });
});
