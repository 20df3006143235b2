import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { CapturedSound, HeldSound } from '../../src/shared/contracts/tagger-api';
import { deepAll, type FakeApp, milliseconds, openPage, settled } from './fake-app';

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

const RATE_HZ = 1000;

const slider = () => page.getByRole('slider', { name: 'Moment in the last two minutes' });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const meterOf = (name: string) => page.getByRole('meter', { name, exact: true });

/** The sound of ten seconds that were heard. */
function heldSound(): HeldSound {
  return { samples: new Int16Array(10 * RATE_HZ), sampleRateHz: RATE_HZ, endSeconds: 10 };
}

/** Ten seconds were heard: a dog in the first five, wind in the others. */
async function openListened(): Promise<FakeApp> {
  const { app, element } = await openPage({ phase: 'listening' });
  app.teach.held = heldSound();
  for (let i = 1; i <= 80; i++) app.tag(i <= 40 ? { dog: 0.9 } : { wind: 0.8 });
  await settled(element);
  return app;
}

describe('freezing', () => {
  it('is offered once something was heard', async () => {
    const { app, element } = await openPage({ phase: 'listening' });
    await expect.element(button(/^Freeze/)).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('f');
    expect(app.rewind.state.frozen).toBeUndefined();
    app.tag({ dog: 0.5 });
    await settled(element);
    await expect.element(button(/^Freeze/)).toHaveAttribute('aria-disabled', 'false');
  });

  it('holds the meters while listening continues, and releases them again', async () => {
    const app = await openListened();
    await userEvent.keyboard('f');
    await expect.element(button(/^Back to now/)).toBeVisible();
    app.tag({ siren: 1 });
    await expect.element(meterOf('Wind')).toHaveAttribute('aria-valuenow', '0.8');
    expect(meterOf('Siren').element().getAttribute('aria-valuenow')).toBe('0');
    await userEvent.keyboard(' ');
    await expect.element(button(/^Freeze/)).toBeVisible();
    app.tag({ siren: 1 });
    await expect.element(meterOf('Siren')).toHaveAttribute('aria-valuenow', '1');
  });

  it('ignores letters typed into a field', async () => {
    const app = await openListened();
    await userEvent.fill(page.getByRole('searchbox'), '');
    await userEvent.keyboard('f');
    expect(app.rewind.state.frozen).toBeUndefined();
  });
});

describe('the slider over the past', () => {
  it('has the focus once it is frozen, and moves through the past with keys', async () => {
    const app = await openListened();
    await userEvent.keyboard('f');
    await expect.poll(() => slider().element().matches(':focus')).toBe(true);
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '0.0 s ago');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '1.5 s ago');
    await userEvent.keyboard('{PageDown}');
    await expect.element(slider()).toHaveAttribute('aria-valuenow', '-6.5');
    await expect.element(meterOf('Dog')).toHaveAttribute('aria-valuenow', '0.9');
    await expect.element(meterOf('Wind')).toHaveAttribute('aria-valuenow', '0');
    await userEvent.keyboard('{Home}');
    expect(app.rewind.state.frozen?.atSeconds).toBe(0.125);
    await userEvent.keyboard('{Escape}');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', 'now');
  });

  it('freezes at the place that is pressed', async () => {
    const app = await openListened();
    const element = slider().element() as HTMLElement;
    vi.spyOn(element, 'setPointerCapture').mockReturnValue();
    const { left, width, top } = element.getBoundingClientRect();
    const at = { clientX: left + (1 - 6 / 120) * width, clientY: top + 5, button: 0 };
    element.dispatchEvent(new PointerEvent('pointerdown', at));
    element.dispatchEvent(new PointerEvent('pointerup', at));
    expect(app.rewind.state.frozen?.atSeconds).toBeCloseTo(4, 1);
    await expect.element(meterOf('Dog')).toHaveAttribute('aria-valuenow', '0.9');
  });
});

describe('the overview’s bracket', () => {
  /** How many seconds ago the bracket ends: it lies on a picture of two minutes. */
  const endAgo = (): number => {
    const bracket = deepAll('.stretch')[0]?.getBoundingClientRect() as DOMRect;
    const picture = slider().element().getBoundingClientRect();
    return ((picture.right - bracket.right) / picture.width) * 120;
  };

  it('marks the display’s stretch', async () => {
    const { app, element } = await openPage({ phase: 'listening' });
    // Forty seconds: the display shows sixteen of them.
    for (let i = 0; i < 320; i++) app.tag({ dog: 0.9 });
    await settled(element);
    expect(endAgo()).toBeCloseTo(0, 0);
    await userEvent.keyboard('f');
    await app.rewind.moveTo(10);
    // The moment keeps two seconds from the display's left edge: it shows 8 s to 24 s, which ends 16 s ago.
    await expect.poll(endAgo).toBeCloseTo(16, 0);
    await userEvent.keyboard('f');
    await expect.poll(endAgo).toBeCloseTo(0, 0);
  });
});

describe('a moment of the past', () => {
  it('can be played and kept once its sound is there', async () => {
    await page.viewport(1280, 800);
    const app = await openListened();
    await expect.element(button('Play it')).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('f');
    await expect.element(button('Play it')).toHaveAttribute('aria-disabled', 'false');
    await userEvent.keyboard('{Enter}');
    await button('Send to Teach').click();
    const [held, played, kept] = app.teach.calls as [unknown[], [string, Int16Array, number], [string, CapturedSound]];
    expect(held).toEqual(['holdRecent']);
    expect([played[0], played[1].length, played[2]]).toEqual(['playSound', 2 * RATE_HZ, RATE_HZ]);
    expect([kept[0], kept[1].samples.length]).toEqual(['keepSound', 5 * RATE_HZ]);
  });

  it('shows its buttons on a phone', async () => {
    await page.viewport(360, 740);
    await openListened();
    expect(button('Play it').query()).toBeNull();
    await userEvent.keyboard('f');
    await expect.element(button('Play it')).toBeVisible();
    await expect.element(button('Send to Teach')).toBeVisible();
  });

  it('is played when it is clicked in the display', async () => {
    const app = await openListened();
    await milliseconds(700);
    const [display] = deepAll<HTMLElement>('.display');
    if (!display) throw new Error('there is no display');
    vi.spyOn(display, 'setPointerCapture').mockReturnValue();
    const { left, width, top } = display.getBoundingClientRect();
    const at = { clientX: left + (1 - 4 / 16) * width, clientY: top + 50, button: 0 };
    display.dispatchEvent(new PointerEvent('pointerdown', at));
    display.dispatchEvent(new PointerEvent('pointerup', at));
    await expect.poll(() => app.teach.calls.map(([name]) => name)).toEqual(['holdRecent', 'playSound']);
    expect(app.rewind.state.frozen?.atSeconds).toBeCloseTo(6, 0);
  });
});
