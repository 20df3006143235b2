import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openPage } from './fake-app';

afterEach(() => document.body.replaceChildren());

const wall = page.getByRole('dialog', { name: 'Wall display' });
/** Its code is fetched when it is first opened, which takes a while on a busy machine. */
async function openWall(): Promise<void> {
  await userEvent.keyboard('w');
  await expect.element(wall, { timeout: 15_000 }).toBeVisible();
}
const shadow = (): ShadowRoot => wall.element().shadowRoot as ShadowRoot;
const rows = () => [...shadow().querySelectorAll('li')].map((row) => row.textContent?.replace(/\s+%/, '%'));
const isShown = (selector: string) => getComputedStyle(shadow().querySelector(selector) as Element).display !== 'none';

it('shows the strongest sounds above their thresholds on the wall, follows them, and leaves by Esc', async () => {
  const { app } = await openPage({ phase: 'listening' });
  app.tag({ dog: 0.9, wind: 0.6, siren: 0.3, rain: 0.1 });
  await openWall();
  await expect.poll(rows).toEqual(['Dog90%', 'Wind60%', '']);
  app.tag({ dog: 0.9, rain: 0.95 });
  await new Promise((resolve) => setTimeout(resolve, 600));
  app.tag({ dog: 0.9, rain: 0.95 });
  await expect.poll(rows).toEqual(['Rain95%', 'Dog90%', 'Windjust now']);
  // The page's shortcuts do not work behind it.
  await userEvent.keyboard('f');
  expect(app.rewind.state.frozen).toBeUndefined();
  await userEvent.keyboard('{Escape}');
  await expect.element(wall).not.toBeInTheDocument();
});

it('says on the wall that it is quiet, and since when', async () => {
  const { app } = await openPage({ phase: 'listening' });
  app.tag({ dog: 0.9 });
  await openWall();
  app.tag({ dog: 0.1, pig: 0.2 });
  await expect.poll(rows).toEqual(['Quiet', 'Dogjust now', '']);
  expect(isShown('div')).toBe(false);
});

it('says on the wall that it does not listen, and why, in place of what it heard', async () => {
  const { app } = await openPage({ phase: 'listening' });
  app.tag({ dog: 0.9 });
  await openWall();
  await expect.poll(rows).toEqual(['Dog90%', '', '']);
  app.change({ phase: 'waiting' });
  await expect.poll(() => shadow().querySelector('p')?.textContent).toBe('The microphone is gone.');
  expect(shadow().querySelector('strong')?.textContent).toBe('NOT LISTENING');
  expect(isShown('div')).toBe(true);
  expect(isShown('ol')).toBe(false);
  app.change({ phase: 'listening' });
  app.tag({ dog: 0.9 });
  await expect.poll(() => isShown('ol')).toBe(true);
  // A worker that hangs sends nothing more.
  await expect.poll(() => isShown('div'), { timeout: 10_000 }).toBe(true);
  expect(shadow().querySelector('p')?.textContent).toBe('No sound is arriving.');
});

it('has words beside its icons on a desk, and none on a telephone', async () => {
  const { innerWidth, innerHeight } = window;
  await openPage({ phase: 'listening' });
  const button = page.getByRole('button', { name: 'Wall display' });
  const wordWidth = () => button.element().querySelector('span')?.getBoundingClientRect().width ?? 0;
  await page.viewport(1280, 800);
  await expect.poll(wordWidth).toBeGreaterThan(40);
  await page.viewport(390, 844);
  await expect.poll(wordWidth).toBeLessThanOrEqual(1);
  await page.viewport(innerWidth, innerHeight);
});
