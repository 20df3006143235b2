import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { pageDrawn } from '../../src/ui/kit/page-drawn';
import {
  deepAll,
  headOf,
  labels,
  meters,
  milliseconds,
  model,
  openPage,
  settings,
  settled,
  shownNames,
} from './fake-app';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  document.body.replaceChildren();
});

/** From here on frames come, and the clock goes on, as far as the test advances them. */
function holdClock(): void {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance'] });
}

const meterOf = (name: string) => page.getByRole('meter', { name, exact: true });

describe('the meters', () => {
  it('are one per label, each with its name and bounds, at 0 before the first tag', async () => {
    await openPage({ phase: 'listening' });
    const all = meters();
    expect(all.map((meter) => meter.ariaLabel).sort()).toEqual(labels.map(({ name }) => name).sort());
    for (const meter of all) {
      expect(meter.getAttribute('role')).toBe('meter');
      expect(meter.getAttribute('aria-valuemin')).toBe('0');
      expect(meter.getAttribute('aria-valuemax')).toBe('1');
      expect(meter.getAttribute('aria-valuenow')).toBe('0');
      expect(meter.getAttribute('aria-valuetext')).toBe('0%');
    }
  });

  it('report the newest probability at once, whatever is drawn', async () => {
    const { app } = await openPage({ phase: 'listening' });
    app.tag({ dog: 0.71649, speech: 1 });
    await expect.element(meterOf('Dog')).toHaveAttribute('aria-valuenow', '0.716');
    await expect.element(meterOf('Dog')).toHaveAttribute('aria-valuetext', '72%');
    await expect.element(meterOf('Speech')).toHaveAttribute('aria-valuenow', '1');
    app.tag({ dog: 0.2 });
    expect(meterOf('Dog').element().getAttribute('aria-valuenow')).toBe('0.2');
    expect(meterOf('Speech').element().getAttribute('aria-valuenow')).toBe('0');
  });

  it('draw a bar as long as the probability, with the percentage next to it', async () => {
    const { app } = await openPage({ phase: 'listening' });
    holdClock();
    app.tag({ cat: 0.75 });
    vi.advanceTimersByTime(1000);
    const cat = meterOf('Cat').element();
    const [bar] = deepAll<HTMLElement>('.bar', cat.shadowRoot as ShadowRoot);
    const [track] = deepAll<HTMLElement>('.track', cat.shadowRoot as ShadowRoot);
    const share = () => (bar?.getBoundingClientRect().width ?? 0) / (track?.getBoundingClientRect().width ?? 1);
    await expect.poll(share).toBeCloseTo(0.75, 2);
    expect(cat.shadowRoot?.textContent).toContain('75%');
  });

  it('are placed eight times a second, and move evenly in between', async () => {
    const { app } = await openPage({ phase: 'listening' });
    holdClock();
    app.tag({ cat: 0.8 });
    const [bar] = deepAll<HTMLElement>('.bar', meterOf('Cat').element().shadowRoot as ShadowRoot);
    const places: string[] = [];
    for (let frame = 0; frame < 30; frame++) {
      vi.advanceTimersToNextFrame();
      const place = bar?.style.transform ?? '';
      if (place !== places.at(-1)) places.push(place);
    }
    // Half a second: at once, and after each eighth. It rises by 1 − exp(−125 / 70) of the way to the next drawing, and first
    // moves for a frame.
    expect(places.length).toBeLessThanOrEqual(5);
    expect(Number(places[0]?.slice('scaleX('.length, -1))).toBeCloseTo(
      0.8 * (1 - Math.exp(-(125 + 1000 / 60) / 70)),
      1,
    );
    expect(getComputedStyle(bar as HTMLElement).transition).toBe('transform 0.125s linear');
  });

  it('fall to 0 when listening ends', async () => {
    const { app } = await openPage({ phase: 'listening' });
    app.tag({ cat: 0.9 });
    await milliseconds(300);
    app.change({ phase: 'ready' });
    await expect.element(meterOf('Cat')).toHaveAttribute('aria-valuenow', '0');
    await expect.poll(() => meterOf('Cat').element().shadowRoot?.textContent, { timeout: 4000 }).toContain('Cat0%');
  });

  it('put the strongest first and large', async () => {
    const { app } = await openPage({ phase: 'listening' });
    app.tag({ wind: 0.9, dog: 0.6, siren: 0.3 });
    await expect.poll(() => shownNames().slice(0, 3)).toEqual(['Wind', 'Dog', 'Siren']);
    expect(meters().map((meter) => meter.large)).toEqual(labels.map((_, place) => place < 6));
    const [first, , , , , , seventh] = meters();
    expect(first?.offsetHeight).toBeGreaterThan(seventh?.offsetHeight ?? 0);
  });

  it('leave quiet sounds in the order of their names', async () => {
    const { app } = await openPage({ phase: 'listening' });
    holdClock();
    const names = [...shownNames()].sort((a, b) => a.localeCompare(b, 'en'));
    for (let round = 0; round < 40; round++) {
      app.tag(Object.fromEntries(labels.map(({ id }, i) => [id, ((i * 7 + round * 3) % 10) / 110])));
      vi.advanceTimersByTime(125);
      expect(shownNames()).toEqual(names);
    }
    app.tag({ wind: 0.9, dog: 0.05, siren: 0.4 });
    vi.advanceTimersByTime(3000);
    const quiet = names.filter((name) => name !== 'Wind' && name !== 'Siren');
    expect(shownNames()).toEqual(['Wind', 'Siren', ...quiet]);
    // A sound that is over goes back to its place.
    app.tag({ siren: 0.4 });
    vi.advanceTimersByTime(2000);
    app.tag({ siren: 0.4 });
    vi.advanceTimersByTime(2000);
    app.tag({ siren: 0.4 });
    vi.advanceTimersByTime(2000);
    expect(shownNames()).toEqual(['Siren', ...names.filter((name) => name !== 'Siren')]);
  });

  it('change places only for a clear lead', async () => {
    const { app } = await openPage({ phase: 'listening' });
    holdClock();
    app.tag({ wind: 0.7, dog: 0.5 });
    vi.advanceTimersByTime(1000);
    expect(shownNames().slice(0, 2)).toEqual(['Wind', 'Dog']);
    for (let round = 0; round < 12; round++) {
      app.tag(round % 2 ? { wind: 0.6, dog: 0.58 } : { wind: 0.58, dog: 0.6 });
      vi.advanceTimersByTime(125);
      expect(shownNames().slice(0, 2)).toEqual(['Wind', 'Dog']);
    }
    app.tag({ wind: 0.5, dog: 0.9 });
    vi.advanceTimersByTime(1000);
    expect(shownNames().slice(0, 2)).toEqual(['Dog', 'Wind']);
  });

  it('change places at most twice a second', async () => {
    const { app } = await openPage({ phase: 'listening' });
    holdClock();
    let orders = 0;
    let last = shownNames().join();
    // Four seconds, with another strongest label twenty times in each.
    for (let round = 0; round < 80; round++) {
      app.tag({ [labels[round % labels.length]?.id ?? '']: 1 });
      vi.advanceTimersByTime(50);
      const now = shownNames().join();
      if (now !== last) orders++;
      last = now;
    }
    expect(orders).toBeGreaterThanOrEqual(6);
    expect(orders).toBeLessThanOrEqual(8);
  });

  it('glide to their new places, and nothing else on the page moves', async () => {
    const { app, element } = await openPage({ phase: 'listening' });
    app.tag({ wind: 0.9 });
    await expect.poll(() => shownNames()[0]).toBe('Wind');
    const height = element.getBoundingClientRect().height;
    app.tag({ dog: 1 });
    await expect.poll(() => shownNames()[0]).toBe('Dog');
    expect(meters().some((meter) => meter.getAnimations().length > 0)).toBe(true);
    expect(element.getBoundingClientRect().height).toBe(height);
  });

  it('request no frames at rest', async () => {
    const { app } = await openPage({ phase: 'listening' });
    holdClock();
    app.tag({ dog: 0.5 });
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    vi.advanceTimersByTime(1500);
    expect(vi.getTimerCount()).toBe(0);
    app.tag({ dog: 0.9 });
    vi.advanceTimersByTime(200);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
  });

  it('request no frames while the page is hidden, and catch up afterwards', async () => {
    const { app } = await openPage({ phase: 'listening' });
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    const frames = vi.spyOn(window, 'requestAnimationFrame');
    app.tag({ dog: 0.9 });
    await milliseconds(100);
    expect(frames).toHaveBeenCalledTimes(0);
    await expect.element(meterOf('Dog')).toHaveAttribute('aria-valuenow', '0.9');
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await expect.poll(() => shownNames()[0]).toBe('Dog');
  });
});

describe('labels with a hierarchy', () => {
  /** Hens and crows are birds here. */
  const birds = labels.map((label) =>
    ['hen', 'crow'].includes(label.id) ? { ...label, parents: ['chirping_birds'] } : label,
  );

  it('show the bird that it is on top, and birds above it only where they are clearly stronger', async () => {
    const { app } = await openPage({ phase: 'listening', model: { ...model, labels: birds } });
    holdClock();
    app.tag({ crow: 0.9, chirping_birds: 0.9, wind: 0.5 });
    vi.advanceTimersByTime(1500);
    expect(shownNames().slice(0, 2)).toEqual(['Crow', 'Wind']);
    expect(shownNames().slice(0, 6)).not.toContain('Chirping birds');
    // What it is keeps its own meter and its number.
    expect(meterOf('Chirping birds').element().getAttribute('aria-valuenow')).toBe('0.9');
    app.tag({ crow: 0.4, chirping_birds: 0.9, wind: 0.5 });
    vi.advanceTimersByTime(1500);
    expect(shownNames().slice(0, 3)).toEqual(['Chirping birds', 'Wind', 'Crow']);
  });

  it('are found by the names of those above them', async () => {
    await openPage({ phase: 'listening', model: { ...model, labels: birds } });
    await userEvent.fill(page.getByRole('searchbox', { name: 'Filter by name' }), 'birds');
    await expect.poll(() => shownNames().sort()).toEqual(['Chirping birds', 'Crow', 'Hen']);
    await userEvent.fill(page.getByRole('searchbox', { name: 'Filter by name' }), 'raven');
    await expect.poll(shownNames).toEqual(['Crow']);
  });

  it('are told once, by the tab’s title and the announcements', async () => {
    const { app } = await openPage({ phase: 'listening', model: { ...model, labels: birds } });
    const { startTabTitle } = await import('../../src/ui/page/tab-title');
    startTabTitle(app);
    app.tag({ chirping_birds: 0.95, crow: 0.93 });
    await expect.poll(() => document.title).toContain('Crow');
    await expect.poll(() => deepAll('[aria-live]').map((element) => element.textContent)).toContain('Heard: Crow.');
  });
});

describe('thresholds', () => {
  const thresholds = {
    default: labels.map(({ id }) => (id === 'cat' ? 0.8 : null)),
    precision95: labels.map(({ id }) => (id === 'cat' ? 0.9 : null)),
  };

  it('are marked on the track, and decide what counts as heard', async () => {
    const { app } = await openPage({ phase: 'listening', model: { ...model, thresholds } });
    holdClock();
    app.tag({ cat: 0.7, dog: 0.7 });
    vi.advanceTimersByTime(1200);
    const cat = meterOf('Cat').element() as HTMLElement;
    const track = cat.shadowRoot?.querySelector('.track')?.getBoundingClientRect() as DOMRect;
    const place = (name: string) => {
      const mark = cat.shadowRoot?.querySelector(name)?.getBoundingClientRect() as DOMRect;
      return (mark.left + 1 - track.left) / track.width;
    };
    expect(place('.threshold')).toBeCloseTo(0.8, 2);
    expect(place('.sure')).toBeCloseTo(0.9, 2);
    expect(cat.hasAttribute('strong')).toBe(false);
    // Without a threshold, what is more likely than not counts.
    expect(meterOf('Dog').element().hasAttribute('strong')).toBe(true);
    expect(meterOf('Dog').element().shadowRoot?.querySelector('.threshold')).toBeNull();
    app.tag({ cat: 0.85 });
    vi.advanceTimersByTime(1000);
    expect(cat.hasAttribute('strong')).toBe(true);
  });
});

describe('the legend', () => {
  const legend = () =>
    deepAll('earmark-legend')
      .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('li') ?? [])])
      .map(({ textContent }) => textContent?.trim());

  it('explains the marks that the meters have, below the strongest', async () => {
    const thresholds = { default: labels.map(() => 0.4), precision95: labels.map(() => 0.9) };
    const { app, element } = await openPage({ phase: 'listening', model: { ...model, thresholds } });
    await settled(element);
    expect(legend()).toEqual([
      'how sure Earmark is now',
      'highest a moment ago',
      'counts as heard from here',
      '95% correct from here',
      'the last minute',
    ]);
    const [strongest, shown] = ['.strongest', 'earmark-legend'].map((part) =>
      deepAll(part)[0]?.getBoundingClientRect(),
    );
    expect(shown?.top).toBeGreaterThanOrEqual(strongest?.bottom ?? Number.NaN);
    app.teach.change({ heads: [headOf(labels)], compared: 'head-1' });
    await expect.poll(legend).toContain('compared profile');
  });

  it('explains no mark that no meter has', async () => {
    const { element } = await openPage({ phase: 'listening' });
    await settled(element);
    expect(legend()).toEqual(['how sure Earmark is now', 'highest a moment ago', 'the last minute']);
  });

  it('is not there before there are meters', async () => {
    await openPage();
    expect(legend()).toEqual([]);
  });
});

describe('the last minute', () => {
  it('is a line in each of the strongest', async () => {
    const { app } = await openPage({ phase: 'listening' });
    holdClock();
    for (let i = 0; i < 40; i++) app.tag({ cat: i < 20 ? 0.2 : 0.7 });
    vi.advanceTimersByTime(700);
    const path = meterOf('Cat').element().shadowRoot?.querySelector('.course-line')?.getAttribute('d') ?? '';
    // Five seconds: ten parts of half a second, up to the right edge.
    const points = path.split(/[ML]/).slice(1);
    expect(points.map((point) => point.split(' ')[1])).toEqual([...Array(5).fill('80'), ...Array(5).fill('30')]);
    expect(points.at(-1)?.split(' ')[0]).toBe('119');
  });
});

describe('the reliability of a number', () => {
  const bin = { from: 0.7, to: 0.8, meanProbability: 0.74, share: 0.71, count: 42 };
  const few = { from: 0.3, to: 0.4, meanProbability: 0.34, share: 0.5, count: 4 };
  const cat = { id: 'cat', auc: 0.987, aucLow: 0.95, aucHigh: 0.999, averagePrecision: 0.81, positives: 8 };
  const figures = {
    measuredOn: '400 clips of ESC-50, fold 4',
    date: '2026-11-25',
    clips: 400,
    reliability: [few, bin],
    labels: [cat],
  };
  const tooltip = () => page.getByRole('tooltip');

  it('is shown with the pointer on a meter, and follows its number', async () => {
    const { app } = await openPage({ phase: 'listening', model: { ...model, figures } });
    app.tag({ cat: 0.72 });
    await expect.poll(() => shownNames()[0]).toBe('Cat');
    await userEvent.hover(meterOf('Cat'));
    await expect
      .element(tooltip())
      .toHaveTextContent(
        'In tests, when Earmark showed 72% for any sound, that sound was there 7 times in 10 (400 clips',
      );
    await expect.element(tooltip()).toHaveTextContent('0.987 (0.950 to 0.999)');
    app.tag({ cat: 0.35 });
    await expect
      .element(tooltip())
      .toHaveTextContent('In tests, Earmark showed 35% too rarely to tell how often it is right');
    await userEvent.hover(page.getByRole('heading', { name: 'Earmark', exact: true }));
    await expect.element(tooltip()).not.toBeInTheDocument();
  });

  it('speaks of moments where scenes showed what they have meant', async () => {
    const moments = { date: '2026-11-28', hours: 1.5, reliability: [few, { ...bin, share: 0.6 }] };
    const { app } = await openPage({ phase: 'listening', model: { ...model, figures: { ...figures, moments } } });
    app.tag({ cat: 0.72 });
    await expect.poll(() => shownNames()[0]).toBe('Cat');
    await userEvent.hover(meterOf('Cat'));
    await expect
      .element(tooltip())
      .toHaveTextContent(
        'In tests, at moments when Earmark showed 72% for any sound, that sound was there 6 times in 10 (1.5 hours of test scenes',
      );
    app.tag({ cat: 0.35 });
    await expect
      .element(tooltip())
      .toHaveTextContent(/showed 35% too rarely to tell how often it is right: at \d+ moments? \(/);
  });

  it('comes with the live value, as the meter writes it', async () => {
    const { app } = await openPage({ phase: 'listening', model: { ...model, figures } });
    app.tag({ cat: 0.72 });
    await expect.poll(() => shownNames()[0]).toBe('Cat');
    await userEvent.hover(meterOf('Cat'));
    const written = () => meterOf('Cat').element().shadowRoot?.querySelector('.percent')?.textContent;
    const live = () => tooltip().getByRole('heading').element().textContent;
    for (const probability of [0.72, 0.35, 0.91]) {
      app.tag({ cat: probability });
      const text = `${Math.round(100 * probability)}%`;
      await expect.poll(written, { timeout: 10_000 }).toBe(text);
      await expect.poll(live, { timeout: 10_000 }).toBe(`Cat ${text}`);
    }
    // Also on the way there.
    app.tag({ cat: 0 });
    for (let i = 0; i < 10; i++) {
      await pageDrawn();
      expect(live()).toBe(`Cat ${written()}`);
    }
  });

  it('is shown by a tap, and hidden by another', async () => {
    const { app } = await openPage({ phase: 'listening', model: { ...model, figures } });
    app.tag({ cat: 0.72 });
    await expect.poll(() => shownNames()[0]).toBe('Cat');
    const tap = () =>
      meterOf('Cat')
        .element()
        .dispatchEvent(new PointerEvent('click', { pointerType: 'touch', bubbles: true, composed: true }));
    tap();
    await expect.element(tooltip()).toHaveTextContent('7 times in 10');
    tap();
    await expect.element(tooltip()).not.toBeInTheDocument();
  });

  it('is hidden when the pointer rests, and lets the meters change places again', async () => {
    const { app } = await openPage({ phase: 'listening', model: { ...model, figures } });
    app.tag({ cat: 0.72 });
    await expect.poll(() => shownNames()[0]).toBe('Cat');
    // Its code is there, so that nothing but the timers has to be waited for.
    await import('../../src/ui/listen/meters/trust/earmark-trust');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const rest = () =>
      meterOf('Cat')
        .element()
        .dispatchEvent(new PointerEvent('pointermove', { clientX: 9, clientY: 9, bubbles: true, composed: true }));
    rest();
    await vi.advanceTimersByTimeAsync(400);
    await expect.element(tooltip()).toBeVisible();
    app.tag({ cat: 0.3, dog: 0.9 });
    expect(shownNames()[0]).toBe('Cat');
    await vi.advanceTimersByTimeAsync(8000);
    await expect.element(tooltip()).not.toBeInTheDocument();
    await expect.poll(() => shownNames()[0]).toBe('Dog');
    // The meters moved, and with them what is below the pointer; the pointer did not.
    rest();
    await vi.advanceTimersByTimeAsync(400);
    await expect.element(tooltip()).not.toBeInTheDocument();
  });

  it('is not shown for a meter that the pointer only crosses', async () => {
    await openPage({ phase: 'listening', model: { ...model, figures } });
    await userEvent.hover(meterOf('Cat'));
    await userEvent.hover(page.getByRole('heading', { name: 'Earmark', exact: true }));
    await milliseconds(600);
    await expect.element(tooltip()).not.toBeInTheDocument();
  });

  it('is shown by keys, and hidden by Esc; one meter is a tab stop', async () => {
    const { app } = await openPage({ phase: 'listening', model: { ...model, figures } });
    app.tag({ cat: 0.72, dog: 0.4 });
    await expect.poll(() => shownNames().slice(0, 2)).toEqual(['Cat', 'Dog']);
    expect(meters().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    await userEvent.keyboard('{Tab}');
    (meters().find(({ tabIndex }) => tabIndex === 0) as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    for (let i = 0; i < 60 && !meterOf('Cat').element().matches(':focus'); i++) await userEvent.keyboard('{ArrowLeft}');
    await expect.element(tooltip()).toHaveTextContent('7 times in 10');
    expect(meterOf('Cat').element().getAttribute('aria-description')).toContain('7 times in 10');
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(tooltip()).toHaveTextContent('How reliable this number is hasn’t been measured.');
    await userEvent.keyboard('{Escape}');
    await expect.element(tooltip()).not.toBeInTheDocument();
  });
});

describe('the filter', () => {
  it('narrows by name and says how many are left', async () => {
    await openPage({ phase: 'listening' });
    await userEvent.fill(page.getByRole('searchbox', { name: 'Filter by name' }), ' CLOCK ');
    await expect.poll(shownNames).toEqual(['Clock alarm', 'Clock tick']);
    expect(meters()).toHaveLength(labels.length);
    expect(deepAll('.count')[0]?.textContent).toBe('2 of 52 sounds shown');
  });

  it('narrows by group, one at a time, and back', async () => {
    await openPage({ phase: 'listening' });
    const people = page.getByRole('button', { name: 'People' });
    const all = page.getByRole('button', { name: 'All', exact: true });
    await expect.element(all).toHaveAttribute('aria-pressed', 'true');
    await people.click();
    const names = (group: string) => labels.filter((label) => label.group === group).map(({ name }) => name);
    await expect.poll(() => shownNames().sort()).toEqual(names('people').sort());
    await expect.element(people).toHaveAttribute('aria-pressed', 'true');
    await expect.element(all).toHaveAttribute('aria-pressed', 'false');
    await page.getByRole('button', { name: 'Speech and music' }).click();
    await expect.poll(() => shownNames().sort()).toEqual(['Music', 'Speech']);
    await all.click();
    await expect.poll(() => shownNames()).toHaveLength(labels.length);
  });

  it('has a button for each group', async () => {
    await openPage({ phase: 'listening' });
    const groups = page.getByRole('group', { name: 'Groups of sounds' }).getByRole('button');
    expect(groups.elements().map((button) => button.textContent?.trim())).toEqual([
      'All',
      'Animals',
      'Nature',
      'People',
      'Home',
      'City',
      'Speech and music',
    ]);
  });

  it('says so in words when nothing is left', async () => {
    await openPage({ phase: 'listening' });
    await page.getByRole('button', { name: 'Animals' }).click();
    await userEvent.fill(page.getByRole('searchbox'), 'siren');
    await expect.poll(shownNames).toEqual([]);
    await expect.element(page.getByText('No sound in “Animals” has “siren” in its name.')).toBeVisible();
  });

  it('keeps “My sounds” until the taught labels arrive, and while they are gone', async () => {
    const filter = { text: '', group: 'taught' } as const;
    const { app, element } = await openPage({ phase: 'listening', settings: { ...settings, filter } });
    await expect
      .element(page.getByRole('button', { name: 'All', exact: true }))
      .toHaveAttribute('aria-pressed', 'true');
    expect(shownNames()).toHaveLength(labels.length);
    const head = headOf([...labels, { id: 'kettle', name: 'Kettle', group: 'taught' }]);
    app.teach.change({ heads: [head], active: head.id });
    await settled(element);
    await expect.poll(shownNames).toEqual(['Kettle']);
    app.teach.change({ heads: [], active: 'shipped' });
    await expect.poll(shownNames).toHaveLength(labels.length);
    await userEvent.fill(page.getByRole('searchbox'), 'o');
    expect(app.calls).toEqual([['changeSettings', { filter: { text: 'o', group: 'taught' } }]]);
  });

  it('is focused by the key “/”, which stays a character in text fields', async () => {
    const { element } = await openPage({ phase: 'listening' });
    await userEvent.keyboard('/');
    const box = page.getByRole('searchbox').element() as HTMLInputElement;
    expect(box.matches(':focus')).toBe(true);
    expect(box.value).toBe('');
    await userEvent.keyboard('a/');
    expect(box.value).toBe('a/');
    await settled(element);
  });
});
