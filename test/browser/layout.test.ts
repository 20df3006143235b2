import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { t, useLanguage } from '../../src/ui/messages/messages';
import { deepAll, meters, milliseconds, openPage, settings, settled, shownNames, spec } from './fake-app';

afterEach(() => {
  document.body.replaceChildren();
  location.hash = '';
});

/** Where everything stands that a person looks at, apart from which label is where. */
function places(): string[] {
  const others = deepAll('header, earmark-spectrogram, earmark-status, earmark-keep, earmark-filter, section');
  const place = (element: Element): string => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).join(' ');
  };
  return [...meters().map(place).sort(), ...others.map(place), String(document.documentElement.scrollHeight)];
}

describe('the layout', () => {
  it('stays where it is when labels change order, and when listening starts and stops', async () => {
    const { app, element } = await openPage({ phase: 'listening' });
    app.tag({});
    app.change({ phase: 'ready' });
    await settled(element);
    const before = places();
    app.change({ phase: 'listening' });
    await settled(element);
    app.tag({ wind: 0.9, dog: 0.6, siren: 0.4, train: 0.3, cow: 0.2, rain: 0.15, hen: 0.1 });
    await expect.poll(() => shownNames().slice(0, 3)).toEqual(['Wind', 'Dog', 'Siren']);
    // The meters glide to their places.
    await milliseconds(1000);
    expect(places()).toEqual(before);
    app.tag({ speech: 1, music: 0.8, wind: 0.1 });
    await expect.poll(() => shownNames().slice(0, 2)).toEqual(['Speech', 'Music']);
    app.change({ phase: 'ready' });
    await milliseconds(1000);
    expect(places()).toEqual(before);
  });

  it('shows three meters and the stop button on the first screen of a phone', async () => {
    await page.viewport(360, 740);
    const { app, element } = await openPage({ phase: 'listening' });
    app.tag({ wind: 0.9, dog: 0.6, siren: 0.4 });
    await settled(element);
    const [primary] = deepAll('.primary');
    const screenEnd = primary?.getBoundingClientRect().top ?? 0;
    expect(primary?.getBoundingClientRect().bottom).toBe(740);
    // The meters glide to their places.
    await expect
      .poll(() => meters().filter((meter) => meter.getBoundingClientRect().bottom <= screenEnd).length)
      .toBe(3);
  });

  it.each([
    ['a telephone on its side', 740, 360],
    ['a small telephone on its side', 568, 320],
    ['a page at twice its size', 640, 400],
  ])('shows the strongest sounds first, and two of them on the first screen, on %s', async (_, width, height) => {
    await page.viewport(width, height);
    const { app, element } = await openPage({ phase: 'listening' });
    app.tag({ wind: 0.9, dog: 0.6, siren: 0.4 });
    await settled(element);
    await expect.poll(() => shownNames().slice(0, 3)).toEqual(['Wind', 'Dog', 'Siren']);
    const whole = () => meters().filter((meter) => meter.getBoundingClientRect().bottom <= height).length;
    await expect.poll(whole).toBeGreaterThanOrEqual(2);
    const [display, strongest] = ['earmark-spectrogram', '.strongest'].map((part) => deepAll(part)[0]);
    const end = strongest?.getBoundingClientRect().bottom ?? Number.NaN;
    expect(display?.getBoundingClientRect().top).toBeGreaterThanOrEqual(end);
  });

  it.each([
    [360, 740],
    [740, 360],
    [320, 256],
  ])('keeps the tabs within reach at the end of a page, %d × %d', async (width, height) => {
    await page.viewport(width, height);
    const { element } = await openPage({ phase: 'listening' });
    await settled(element);
    scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
    expect(scrollY).toBeGreaterThan(height);
    for (const link of deepAll<HTMLElement>('nav a')) {
      // On a narrow screen the strip scrolls sideways.
      link.scrollIntoView({ behavior: 'instant', block: 'nearest', inline: 'center' });
      const { left, top, width: wide, height: high } = link.getBoundingClientRect();
      expect(top).toBeGreaterThanOrEqual(0);
      const hit = deepAll('earmark-tabs')[0]?.shadowRoot?.elementFromPoint(left + wide / 2, top + high / 2);
      expect(hit?.closest('a')).toBe(link);
    }
    scrollTo({ top: 0, behavior: 'instant' });
  });

  it.each([
    ['de', 320, 640],
    ['de', 390, 844],
    ['de', 640, 400],
    ['de', 640, 900],
    ['de', 740, 360],
    ['de', 844, 390],
    ['en', 320, 640],
    ['en', 390, 844],
    ['en', 640, 400],
  ] as const)('shows all tabs without scrolling, in %s, %d × %d', async (language, width, height) => {
    await page.viewport(width, height);
    const { app, element } = await openPage({ phase: 'listening' });
    app.change({ demo: true, settings: { ...settings, language } });
    await expect.poll(() => document.documentElement.lang, { timeout: 20_000 }).toBe(language);
    await settled(element);
    const [strip] = deepAll('nav');
    expect(strip?.scrollWidth).toBe(strip?.clientWidth);
    const links = deepAll<HTMLElement>('nav a');
    // Each is in the window, and its word or drawing within its own area.
    for (const link of links) {
      const { left, right, width: wide, height: high } = link.getBoundingClientRect();
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
      expect(wide).toBeGreaterThanOrEqual(24);
      expect(high).toBeGreaterThanOrEqual(40);
    }
    const names = links.map((link) => link.textContent?.trim());
    expect(names.at(-1)).toBe(language === 'de' ? 'Einstellungen' : 'Settings');
    app.change({ settings });
    await expect.poll(() => document.documentElement.lang, { timeout: 20_000 }).toBe('en');
  });

  it.each([360, 320])('brings the current tab into sight in German, %d pixels wide', async (width) => {
    await page.viewport(width, 740);
    const { app, element } = await openPage({ phase: 'ready' });
    app.change({ settings: { ...settings, language: 'de' } });
    await expect.poll(() => document.documentElement.lang).toBe('de');
    for (const view of ['settings', 'listen']) {
      location.hash = `#/${view}`;
      await settled(element);
      const { left = Number.NaN, right = Number.NaN } =
        deepAll('nav [aria-current="page"]')[0]?.getBoundingClientRect() ?? {};
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
    }
    expect(scrollX).toBe(0);
    app.change({ settings });
    await expect.poll(() => document.documentElement.lang).toBe('en');
  });

  it.each([640, 1024, 1248])('shows all tabs while it listens, %d pixels wide', async (width) => {
    await page.viewport(width, 740);
    const { element } = await openPage({ phase: 'listening' });
    await settled(element);
    const [strip] = deepAll('nav');
    expect(strip?.scrollWidth).toBe(strip?.clientWidth);
  });

  it.each([360, 1280])(
    'has the bar of the last minutes below the times of the display, %d pixels wide',
    async (width) => {
      await page.viewport(width, 740);
      const { element } = await openPage({ phase: 'listening' });
      await settled(element);
      const [times, bar] = ['.time', 'earmark-rewind'].map((name) => deepAll(name)[0]?.getBoundingClientRect());
      expect(times?.height).toBeGreaterThan(0);
      expect(bar?.top).toBeGreaterThanOrEqual(times?.bottom ?? Number.NaN);
    },
  );
});

describe('the editor of a snippet on a telephone', () => {
  const size = { width: innerWidth, height: innerHeight };
  afterEach(async () => {
    await page.viewport(size.width, size.height);
    await useLanguage('en');
  });

  const draft = {
    name: 'Snippet',
    keptAtMs: 1_700_000_000_000,
    heardLive: true,
    labels: [],
    samples: new Int16Array(2 * spec.sampleRateHz),
    sampleRateHz: spec.sampleRateHz,
  };

  /** Whether all of a button can be seen and pressed. */
  function isWhole(button: HTMLElement): boolean {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return false;
    const root = button.getRootNode() as ShadowRoot;
    const corners = [
      [left + 16, top + 2],
      [right - 16, top + 2],
      [left + 16, bottom - 2],
      [right - 16, bottom - 2],
    ];
    return corners.every(([x, y]) => root.elementFromPoint(x as number, y as number)?.closest('button') === button);
  }

  it.each([
    [320, 568, 'en'],
    [320, 640, 'de'],
    [360, 640, 'en'],
    [360, 740, 'de'],
    [390, 844, 'en'],
    [390, 844, 'de'],
    [400, 740, 'en'],
    [400, 860, 'de'],
  ] as const)('shows Save and “None of these” whole, %d × %d, in %s', async (width, height, language) => {
    await page.viewport(width, height);
    await useLanguage(language);
    location.hash = '#/teach';
    const { app, element } = await openPage({ phase: 'listening' });
    await expect.poll(() => deepAll('earmark-teach'), { timeout: 20_000 }).toHaveLength(1);
    app.teach.change({ draft });
    await settled(element);
    const [snippet] = deepAll<HTMLElement>('earmark-snippet');
    snippet?.scrollIntoView({ block: 'start' });
    const find = (selector: string) => snippet?.shadowRoot?.querySelector<HTMLElement>(selector) as HTMLElement;
    const [none, save] = [find('.none'), find('.decide .primary')];
    expect(none.textContent?.trim()).toBe(t.teach.noneOfThese);
    expect([isWhole(save), isWhole(none)]).toEqual([true, true]);
    const stop = deepAll('.primary').find((part) => part.querySelector('earmark-listen-button'));
    // Under one thumb, from the top: no label, Save, Stop.
    expect(none.getBoundingClientRect().bottom).toBeLessThanOrEqual(save.getBoundingClientRect().top);
    expect(save.getBoundingClientRect().bottom).toBeLessThanOrEqual(stop?.getBoundingClientRect().top ?? 0);
  });
});
