import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Label } from '../../src/shared/contracts/model/label';
import type { ModelInfo } from '../../src/shared/contracts/tagger-api';
import candidates from '../../training/lists/candidate-labels.json';
import { deepAll, type FakeApp, headOf, meters, model, openPage, shownNames } from './fake-app';

const COUNT = 300;

/** Hundreds of meters take their time on a busy machine. */
const patient = { timeout: 40_000 };

/** As many labels as a large model may have: all that there are, and more of them. */
const labels = Array.from({ length: COUNT }, (_, i): Label => {
  const label = candidates[i % candidates.length] as Label;
  return i < candidates.length ? label : { ...label, id: `${label.id}_2`, name: `${label.name} again` };
});
const wide: ModelInfo = { ...model, labels };

function tag(app: FakeApp, probabilities: Record<string, number>): void {
  app.tag({}, { probabilities: Float32Array.from(labels, ({ id }) => probabilities[id] ?? 0) });
}

const meterOf = (name: string) => meters().find((meter) => meter.name === name) as HTMLElement;
const lengthOf = (name: string): string =>
  deepAll<HTMLElement>('.bar', meterOf(name).shadowRoot as ShadowRoot)[0]?.style.transform ?? '';

/** Waits until the browser has told which meters are near the screen. */
const nearnessTold = () => new Promise((resolve) => setTimeout(resolve, 400));

beforeEach(() => page.viewport(1280, 720));
afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

describe('three hundred labels', () => {
  it('have a meter each, with the strongest on top', async () => {
    const { app } = await openPage({ phase: 'listening', model: wide });
    await expect.poll(() => meters().length, patient).toBe(COUNT);
    tag(app, { zebra: 1, kettle: 1, owl: 0.9, bird: 0.9, animal: 0.9, water_drops_2: 0.8 });
    await expect.poll(() => shownNames().slice(0, 2), patient).toEqual(['Owl', 'Water drops again']);
    expect(meters().filter(({ large }) => large)).toHaveLength(6);
  });

  it('come some at a time, and the page is as high from the start', async () => {
    const attached: number[] = [];
    const frame = window.requestAnimationFrame;
    vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) =>
      frame((nowMs) => {
        attached.push(meters().length);
        callback(nowMs);
      }),
    );
    await openPage({ phase: 'listening', model: wide });
    const rest = deepAll<HTMLElement>('.rest')[0] as HTMLElement;
    const height = rest.offsetHeight;
    await expect.poll(() => meters().length, patient).toBe(COUNT);
    expect(rest.offsetHeight).toBe(height);
    const added = attached.map((count, i) => count - (attached[i - 1] ?? 0));
    expect(Math.max(...added)).toBeLessThanOrEqual(60);
  });

  it('are drawn only where they can be seen, and told to assistive technology everywhere', async () => {
    const { app } = await openPage({ phase: 'listening', model: wide });
    await expect.poll(() => meters().length, patient).toBe(COUNT);
    await nearnessTold();
    const last = shownNames().at(-1) as string;
    const { id } = labels.find(({ name }) => name === last) as Label;
    expect(meterOf(last).getBoundingClientRect().top).toBeGreaterThan(innerHeight + 300);
    // Six are stronger, so it stays below.
    const stronger = { rain: 1, wind: 1, speech: 1, music: 1, siren: 1, engine: 1 };
    tag(app, { ...stronger, [id]: 0.03 });
    await expect.poll(() => meterOf(last).getAttribute('aria-valuenow'), patient).toBe('0.03');
    await expect.poll(() => lengthOf('Rain'), patient).toMatch(/scaleX\((1|0\.9\d*)\)/);
    expect(lengthOf(last)).toBe('');
    meterOf(last).scrollIntoView();
    await expect.poll(() => lengthOf(last), patient).toMatch(/scaleX\(0\.0[23]\d*\)/);
    await expect.poll(() => meterOf(last).shadowRoot?.textContent, patient).toContain('3%');
  });

  it('move only where one overtakes another', async () => {
    const { app } = await openPage({ phase: 'listening', model: wide });
    await expect.poll(() => meters().length, patient).toBe(COUNT);
    tag(app, { rain: 0.6, wind: 0.6, speech: 0.6, music: 0.6, siren: 0.6, engine: 0.6 });
    const strongest = ['Engine', 'Music', 'Rain', 'Siren', 'Speech', 'Wind'];
    await expect.poll(() => shownNames().slice(0, 6).sort(), patient).toEqual(strongest);
    await expect.poll(() => lengthOf('Rain'), patient).toMatch(/scaleX\(0\.(6|59)\d*\)/);
    let moved = 0;
    const watch = new MutationObserver((records) => {
      for (const { addedNodes } of records) moved += addedNodes.length;
    });
    for (const list of deepAll<HTMLElement>('.rest, .strongest')) watch.observe(list, { childList: true });
    tag(app, { rain: 0.6, wind: 0.6, speech: 0.6, music: 0.6, siren: 0.6, engine: 0.6, whale_2: 1, zebra: 1, bus: 1 });
    await expect.poll(() => shownNames().slice(0, 2).sort(), patient).toEqual(['Bus', 'Whale again']);
    await new Promise((resolve) => setTimeout(resolve, 600));
    watch.disconnect();
    // Two overtake two, and each pair changes places once or twice.
    expect(moved).toBeGreaterThanOrEqual(4);
    expect(moved).toBeLessThanOrEqual(12);
    expect(new Set(shownNames()).size).toBe(COUNT);
  });

  it('are found by name, by another word, by what stands above, and by group', async () => {
    await openPage({ phase: 'listening', model: wide });
    const box = page.getByRole('searchbox', { name: 'Filter by name' });
    await userEvent.fill(box, 'saxo');
    await expect.poll(shownNames, patient).toEqual(['Saxophone']);
    await userEvent.fill(box, 'hoover');
    await expect.poll(shownNames, patient).toEqual(['Vacuum cleaner']);
    await userEvent.fill(box, 'woodwind');
    await expect.poll(() => shownNames().sort(), patient).toEqual(['Clarinet', 'Flute', 'Saxophone', 'Woodwind']);
    await userEvent.fill(box, '');
    await page.getByRole('button', { name: 'Alarms and bells' }).click();
    await expect.poll(shownNames, patient).toContain('Doorbell');
    expect(shownNames()).not.toContain('Saxophone');
    const groups = page.getByRole('group', { name: 'Groups of sounds' }).getByRole('button');
    expect(groups.elements()).toHaveLength(11);
  });
});

it('two thousand labels of a head find their places', async () => {
  const taught = Array.from({ length: 2000 - COUNT }, (_, i) => ({
    id: `own_${i}`,
    name: `Own ${i}`,
    group: 'taught',
  }));
  const { app } = await openPage({ phase: 'listening', model: wide });
  const head = headOf([...labels, ...taught]);
  app.teach.change({ heads: [head], active: head.id });
  await expect.poll(() => meters().length, patient).toBe(2000);
  const probabilities = Float32Array.from({ length: 2000 }, (_, i) => (i === 1999 ? 0.9 : i === 700 ? 0.8 : 0.01));
  app.tag({}, { head: head.id, probabilities });
  await expect.poll(() => shownNames().slice(0, 2), patient).toEqual(['Own 1699', 'Own 400']);
});
