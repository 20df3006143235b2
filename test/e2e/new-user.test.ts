import { type Browser, expect, test } from '@playwright/test';
import { ListenPage, openBrowser } from './support/listener';
import { packagedSound, pinkNoise } from './support/sounds';

const TABLA = 'My tabla';
const ENOUGH = 5;

let browser: Browser;
test.afterEach(() => browser.close());

test('shows what it does without a microphone', async ({ baseURL }) => {
  browser = await openBrowser({ permission: 'denied' });
  const listen = await ListenPage.open(await browser.newContext(), baseURL ?? '');
  await expect(listen.startButton).toHaveAttribute('aria-disabled', 'false', { timeout: 60_000 });
  await listen.page.getByRole('button', { name: 'Try it without a microphone' }).click();
  await expect(listen.page.getByText('The microphone is off.')).toBeVisible();
  await expect.poll(() => listen.strongest(1), { timeout: 30_000, intervals: [100] }).toEqual(['Crow']);
  await listen.page.getByRole('button', { name: 'Stop the demo' }).click();
  await expect(listen.startButton).toBeVisible();
});

/** Five seconds of a tabla, five of noise, over and over. */
async function room(): Promise<Float32Array> {
  const tabla = (await packagedSound('loop_tabla.flac')).subarray(0, 5 * 48_000);
  const sound = new Float32Array(2 * tabla.length);
  sound.set(tabla);
  sound.set(
    pinkNoise(5).map((x) => x * 0.2),
    tabla.length,
  );
  return sound;
}

test('lets a person who reads nothing else teach a sound', async ({ baseURL }) => {
  test.setTimeout(300_000);
  browser = await openBrowser({ sound: await room() });
  const context = await browser.newContext();
  const start = Date.now();
  const listen = await ListenPage.open(context, `${baseURL}/?backend=wasm`);
  const { page } = listen;
  await listen.start();
  await page.getByLabel('Seconds to keep').first().selectOption('2');
  const kept = { [TABLA]: 0, none: 0 };
  while (kept[TABLA] < ENOUGH || kept.none < ENOUGH) {
    const music = (await listen.meters()).get('Music') ?? 0;
    const heard = music > 0.6 ? TABLA : music < 0.2 ? 'none' : undefined;
    if (heard === undefined || kept[heard] === ENOUGH) {
      await page.waitForTimeout(200);
      continue;
    }
    await page
      .getByRole('button', { name: /^Keep last/ })
      .first()
      .click();
    await page.getByRole('link', { name: 'Add a label' }).click();
    const picker = page.getByRole('combobox', { name: 'What can be heard' });
    if (heard === TABLA) {
      await picker.fill(TABLA);
      await picker.press('Enter');
    } else await page.locator('earmark-snippet').getByRole('button', { name: 'None of these' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(picker).toBeHidden();
    kept[heard]++;
    await page.getByRole('link', { name: 'Listen', exact: true }).click();
    await page.waitForTimeout(1200);
  }
  await page.getByRole('link', { name: 'Teach', exact: true }).click();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/is trained and in use/)).toBeVisible({ timeout: 120_000 });
  await page.getByRole('link', { name: 'Listen', exact: true }).click();
  const value = async () => (await listen.meters()).get(TABLA) ?? Number.NaN;
  await expect.poll(async () => (await value()) > 0.7, { timeout: 30_000, intervals: [100] }).toBe(true);
  await expect.poll(async () => (await value()) < 0.3, { timeout: 30_000, intervals: [100] }).toBe(true);
  console.log(`from the first screen to a taught sound that works: ${Math.round((Date.now() - start) / 1000)} s`);
});
