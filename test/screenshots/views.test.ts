import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { readAudioFile } from '../../cli/audio/audio-files';
import { ListenPage, openBrowser } from '../e2e/support/listener';

const FOLDER = 'docs/screenshots';

const sizes = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
];
const themes = ['light', 'dark'] as const;

let browser: Browser;
test.afterAll(() => browser.close());
test.afterAll(reduceColours);

/**
 * Leaves the pictures few colours: the page has hardly more, and they are a tenth as large. The tool is not among the
 * packages, because it is large and nothing else needs it.
 */
function reduceColours(): void {
  const options = ['--format=png', '--palette', '--effort=10', `--input=${FOLDER}/*.png`, `--output=${FOLDER}`];
  execFileSync('npx', ['--yes', 'sharp-cli@6.1.0', ...options], { shell: process.platform === 'win32' });
}

async function show(page: Page, view: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${view}`);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(600);
}

async function clips(page: Page): Promise<void> {
  const folder = 'test/sounds';
  await page
    .getByLabel('Files to import')
    .setInputFiles(
      ['arovane_beat_a', 'arovane_beat_b', 'guit_e_fifths', 'guit_e_slide', 'guit_harmonics', 'guit_em9'].map(
        (name) => `${folder}/${name}.flac`,
      ),
    );
  await expect(page.getByText('6 clips imported')).toBeVisible({ timeout: 60_000 });
  for (const [name, label] of [
    ['arovane', 'My drums'],
    ['guit', 'My guitar'],
  ] as const) {
    await page.getByLabel('Find clips').fill(name);
    await page.getByLabel('Select all').check();
    const picker = page.getByRole('combobox', { name: 'Labels of all selected clips' });
    await picker.fill(label);
    await picker.press('Enter');
    await page.getByRole('button', { name: 'Clear selection' }).click();
  }
  await page.getByLabel('Find clips').fill('');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/is trained and in use/)).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Dismiss (you can’t undo after this)' }).click();
}

test('every view, in three sizes and two themes', async ({ baseURL }) => {
  const sound = await readAudioFile('public/demo/sounds.mp3', 48_000);
  browser = await openBrowser({ sound });
  const context = await browser.newContext({ viewport: sizes[1] as { width: number; height: number } });
  const listen = await ListenPage.open(context, `${baseURL}/?backend=wasm`);
  const { page } = listen;
  await expect(listen.startButton).toHaveAttribute('aria-disabled', 'false', { timeout: 60_000 });

  const inAll = async (name: string, before: () => Promise<void> = async () => {}): Promise<void> => {
    for (const viewport of sizes) {
      await page.setViewportSize(viewport);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await before();
        await page.waitForTimeout(300);
        // Meters that change places lie over each other on their way.
        await mkdir(FOLDER, { recursive: true });
        const path = `${FOLDER}/${name}-${viewport.width}-${theme}.png`;
        await page.screenshot({ path, animations: 'disabled' });
      }
    }
  };

  await inAll('welcome');
  await show(page, 'teach');
  await inAll('teach-empty');
  await clips(page);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await inAll('teach');
  await show(page, 'models');
  await expect(page.locator('earmark-models article')).toBeVisible();
  await inAll('models');
  await show(page, 'settings');
  await inAll('settings');
  await show(page, 'listen');
  await listen.start();
  // The display holds eight seconds.
  await page.waitForTimeout(12_000);
  await inAll('listen', async () => {
    const strongest = async () => Math.max(...(await listen.meters()).values());
    await expect.poll(strongest, { timeout: 60_000, intervals: [50] }).toBeGreaterThan(0.5);
  });
});
