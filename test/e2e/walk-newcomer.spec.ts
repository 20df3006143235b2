import { type Browser, expect, type Page, test } from '@playwright/test';
import type { App } from '../../src/app/app';
import { permit } from './support/faults';
import { ListenPage, openBrowser } from './support/listener';
import { packagedSound, pinkNoise } from './support/sounds';

const KETTLE = 'kettle';
const CLIPS = 3;

// Everything waits for sound, on a machine that may be busy.
const patient = expect.configure({ timeout: 120_000 });
test.setTimeout(600_000);

let browser: Browser;
test.afterEach(() => browser.close());

/** Four seconds of a tabla, which stands for the kettle, and four of faint noise, over and over. */
async function room(): Promise<Float32Array> {
  const tabla = (await packagedSound('loop_tabla.flac')).subarray(0, 4 * 48_000);
  const sound = new Float32Array(2 * tabla.length);
  sound.set(tabla);
  sound.set(
    pinkNoise(4).map((x) => x * 0.2),
    tabla.length,
  );
  return sound;
}

/** Goes to a view as a thumb does. */
const show = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view, exact: true }).tap();

/** Follows how sure Earmark is of music, whatever view is open. */
async function followMusic({ page }: ListenPage): Promise<void> {
  await page.evaluate(() => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    app.tags.subscribe(({ tags }) => {
      const at = app.state.model?.labels.findIndex(({ id }) => id === 'music') ?? -1;
      Object.assign(window, { music: tags.probabilities[at] });
    });
  });
}

/** Waits until the tabla sounds or rests, and keeps the last seconds in a view. */
async function keep(listen: ListenPage, what: 'kettle' | 'noise', view: 'listen' | 'teach'): Promise<void> {
  // Not the same two seconds once more.
  await listen.page.waitForTimeout(2500);
  const music = () => listen.page.evaluate(() => (window as unknown as { music: number }).music);
  const isThere = async () => (what === 'kettle' ? (await music()) > 0.6 : (await music()) < 0.2);
  await patient.poll(isThere, { intervals: [100] }).toBe(true);
  await listen.page
    .locator(`earmark-${view}`)
    .getByRole('button', { name: /^Keep last/ })
    .tap();
}

test('a newcomer with a telephone teaches a sound that Earmark does not know', async ({ baseURL }) => {
  browser = await openBrowser({ sound: await room(), permission: 'asked' });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const listen = await ListenPage.open(context, `${baseURL}/?backend=wasm`);
  const { page } = listen;

  await test.step('reads what it is about, and allows the microphone', async () => {
    await expect(page.getByText('No sound leaves this device.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'What you will see' })).toBeVisible();
    await permit(page, 'granted');
    await patient(listen.startButton).toBeEnabled();
    await listen.startButton.tap();
    await patient(listen.stopButton).toHaveAttribute('aria-busy', 'false');
    await patient(page.getByText('Microphone on. No sound leaves this device.')).toBeVisible();
  });

  await test.step('sees a sound', async () => {
    await patient.poll(() => listen.strongest(1), { intervals: [100] }).toEqual(['Music']);
    await expect(page.getByRole('meter', { name: 'Music', exact: true })).toBeInViewport();
    await followMusic(listen);
  });

  await test.step('searches for one that Earmark does not know, and is led to Teach with the word', async () => {
    await page.getByRole('searchbox', { name: 'Filter by name' }).fill(KETTLE);
    await expect(page.getByText(`Earmark doesn’t know “${KETTLE}” yet.`)).toBeVisible();
    await page.getByRole('button', { name: 'Teach it', exact: true }).tap();
    await expect(page).toHaveURL(/#\/teach$/);
    await patient(page.getByText(`Teaching “${KETTLE}”: sounds that you keep now get this label.`)).toBeVisible();
    await page.locator('earmark-teach').getByLabel('Seconds to keep').selectOption('2');
  });

  await test.step('keeps the first one, which already has the word, and saves it', async () => {
    await keep(listen, 'kettle', 'teach');
    const editor = page.locator('earmark-snippet');
    await patient(editor.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
    await expect(editor.getByText(KETTLE, { exact: true }).first()).toBeVisible();
    // A tap fails if anything lies over the button.
    await editor.getByRole('button', { name: 'Save', exact: true }).tap();
    await expect(editor).toBeHidden();
    await expect(page.getByText('1 of 1 clip', { exact: false })).toBeVisible();
    // From here on the sounds are of both kinds.
    await page.getByRole('button', { name: 'Keep without this label' }).tap();
  });

  await test.step('keeps more in Listen, and labels them by one tap on a chip', async () => {
    await show(page, 'Listen');
    await page.getByRole('searchbox', { name: 'Filter by name' }).fill('');
    for (let kept = 1; kept < CLIPS; kept++) {
      await keep(listen, 'kettle', 'listen');
      await page.getByRole('button', { name: `Same as last: ${KETTLE}` }).tap();
      await patient(page.getByRole('button', { name: `Same as last: ${KETTLE}` })).toHaveCount(0);
    }
  });

  await test.step('keeps what it is not', async () => {
    for (let kept = 0; kept < CLIPS; kept++) {
      await keep(listen, 'noise', 'listen');
      await page.getByRole('link', { name: 'Add a label' }).tap();
      const none = page.locator('earmark-snippet').getByRole('button', { name: 'None of these' });
      await none.tap();
      await page.locator('earmark-snippet').getByRole('button', { name: 'Save', exact: true }).tap();
      await expect(none).toBeHidden();
      await show(page, 'Listen');
    }
  });

  await test.step('trains, and follows the notice to the proof', async () => {
    await show(page, 'Teach');
    await expect(page.getByText(`${2 * CLIPS} of ${2 * CLIPS} clips`)).toBeVisible();
    await page.getByRole('button', { name: 'Train', exact: true }).tap();
    const notice = page.getByText(/is trained and in use/);
    await patient(notice).toBeVisible();
    await page.getByRole('link', { name: 'See the proof' }).tap();
    await expect(page.getByRole('heading', { name: /^Proof of/ })).toBeInViewport();
  });

  await test.step('hears the kettle, now and after a reload, and finds it', async () => {
    const kettle = async () => (await listen.meters()).get(KETTLE) ?? Number.NaN;
    await show(page, 'Listen');
    await patient.poll(async () => (await kettle()) > 0.6, { intervals: [100] }).toBe(true);
    await patient.poll(async () => (await kettle()) < 0.4, { intervals: [100] }).toBe(true);
    await page.reload();
    await patient(listen.startButton).toBeEnabled();
    await listen.startButton.tap();
    await patient.poll(async () => (await kettle()) > 0.6, { intervals: [100] }).toBe(true);
    await page.getByRole('searchbox', { name: 'Filter by name' }).fill(KETTLE);
    await expect(page.getByRole('meter', { name: KETTLE })).toBeInViewport();
    await expect(page.getByText(`Earmark doesn’t know “${KETTLE}” yet.`)).toHaveCount(0);
  });
});
