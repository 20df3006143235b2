import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { App } from '../../src/app/app';
import type { Settings } from '../../src/shared/contracts/settings';
import { addressOf, type TabId, tabs } from '../../src/ui/kit/tabs';
import { plant, showDiary, storedEvent } from './support/diary';
import { openBrowser } from './support/listener';
import { packagedSound } from './support/sounds';

let browser: Browser;
test.afterEach(() => browser.close());

/** The page in a window of its own, with these settings from the start. */
async function open(
  address: string,
  settings: Partial<Settings>,
  viewport = { width: 1280, height: 800 },
): Promise<Page> {
  const context = await browser.newContext({ viewport });
  await context.addInitScript((stored) => localStorage.setItem('earmark.settings', stored), JSON.stringify(settings));
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function show(page: Page, view: TabId): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, addressOf(view));
  await expect(page.locator('main h2:visible, earmark-meters:visible').first()).toBeVisible();
}

/** The pages of the diary in which a person sets rules for sounds, with a rule each, and the dialogs that set them. */
async function checkRules(page: Page): Promise<void> {
  for (const [part, element] of [
    ['alerts', 'earmark-diary-alerts'],
    ['clips', 'earmark-diary-clips'],
  ] as const) {
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `${addressOf('diary')}/${part}`,
    );
    await page.locator(`${element} .add`).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await dialog.locator('button[type="submit"]').click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    const quiet = dialog.locator('.tick input').last();
    if (part === 'alerts') await quiet.check();
    await expectNoViolation(page, `setting ${part}`);
    await dialog.locator('select').first().selectOption('label:dog');
    await dialog.locator('button[type="submit"]').click();
    await expect(page.locator(`${element} .rules li`)).toBeVisible();
    await expectNoViolation(page, part);
  }
}

/** WCAG 2.2 AA and axe's own good practice. */
async function expectNoViolation(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect.soft(found, where).toEqual([]);
}

/** Colours depend on the theme and texts on the language, not on both: these two find what all four would. */
const pages = [
  { language: 'en', theme: 'light' },
  { language: 'de', theme: 'dark' },
] as const;

for (const { language, theme } of pages) {
  test(`has no accessibility faults in any view, in ${language}, ${theme}`, async ({ baseURL }) => {
    browser = await openBrowser({ sound: await packagedSound('misc_crow.flac') });
    const page = await open(baseURL ?? '', { language, theme });
    await expect(page.locator('earmark-listen-button button')).toHaveAttribute('aria-disabled', 'false', {
      timeout: 60_000,
    });
    // Rows that glide over one another have no one background whose contrast could be measured.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expectNoViolation(page, 'first visit');
    for (const view of tabs.filter((tab) => tab !== 'listen')) {
      await show(page, view);
      if (view === 'models') await expect(page.locator('earmark-models article')).toBeVisible();
      await expectNoViolation(page, view);
    }
    await checkRules(page);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoViolation(page, 'shortcuts');
    await page.keyboard.press('Escape');
    await show(page, 'listen');
    await page.locator('earmark-listen-button button').click();
    await expect(page.locator('earmark-listen-button button.listening')).toBeVisible({ timeout: 30_000 });
    await expectNoViolation(page, 'listening');
    await page.keyboard.press('r');
    await show(page, 'teach');
    await expect(page.locator('earmark-snippet')).toBeVisible({ timeout: 30_000 });
    await expectNoViolation(page, 'a snippet to label');
  });
}

for (const { language, theme } of pages) {
  test(`has no accessibility faults in a diary of events, in ${language}, ${theme}`, async ({ baseURL }) => {
    // Eight states are examined, each for seconds on a busy machine.
    test.setTimeout(600_000);
    browser = await openBrowser({});
    const page = await open(`${baseURL}/#/diary`, { language, theme });
    await expect(page.locator('earmark-diary')).toBeAttached({ timeout: 60_000 });
    const noon = new Date().setHours(12, 0, 0, 0);
    const events = Array.from({ length: 12 }, (_, i) =>
      storedEvent({ startMs: noon - 3_600_000 * i, ...(i % 3 === 0 && { verdict: { answer: 'wrong' } }) }),
    );
    await plant(page, events);
    await page.reload();
    // The button changes its colours gradually when the model is there.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect(page.locator('earmark-listen-button button')).toHaveAttribute('aria-disabled', 'false', {
      timeout: 60_000,
    });
    for (const part of ['', '/day', '/week', '/month', '/sounds', '/review', `/event/${events[0]?.id}`]) {
      await showDiary(page, part);
      await expect(
        page
          .locator('earmark-diary')
          .getByText(language === 'de' ? 'Krähe' : 'Crow')
          .first(),
      ).toBeAttached({
        timeout: 60_000,
      });
      if (part === '/review') {
        await page.locator('earmark-diary-review input[type="checkbox"]').uncheck();
        await expect(page.locator('earmark-diary-review article')).toBeVisible();
        await page.locator('earmark-diary-import summary').click();
        const table = Buffer.from('0,5\t2,0\tDog 0,91\n4,0\t3,0\tCrow\n');
        await page
          .locator('earmark-diary-import input[type="file"]')
          .setInputFiles({ name: 'labels.txt', mimeType: 'text/plain', buffer: table });
        await expect(page.locator('earmark-diary-import').getByText('Audacity').first()).toBeVisible();
      }
      if (part.startsWith('/event')) await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolation(page, `diary${part}`);
    }
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      app.alerts.test({ label: 'crow', labelName: 'Crow', startMs: 0, means: ['flash'] });
    });
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoViolation(page, 'an alert’s flash');
  });
}

test('has no accessibility faults after something went wrong', async ({ baseURL }) => {
  browser = await openBrowser({ permission: 'denied' });
  let page = await open(baseURL ?? '', {});
  await expect(page.locator('earmark-listen-button button')).toHaveAttribute('aria-disabled', 'false', {
    timeout: 60_000,
  });
  await page.locator('earmark-listen-button button').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectNoViolation(page, 'no microphone');
  await page.context().close();

  page = await open(baseURL ?? '', { theme: 'dark', language: 'de' });
  await page.context().route('**/models/**', (route) => route.abort());
  await page.reload();
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 60_000 });
  await expectNoViolation(page, 'no model');
  await show(page, 'models');
  await expect(page.locator('earmark-models [role="alert"]').first()).toBeVisible();
  await expectNoViolation(page, 'models out of reach');
});

test('fits a page of 320 pixels, right-to-left as well as left-to-right', async ({ baseURL }) => {
  browser = await openBrowser({ sound: await packagedSound('misc_crow.flac') });
  for (const direction of ['ltr', 'rtl']) {
    const page = await open(`${baseURL}/?dir=${direction}`, { language: 'de' }, { width: 320, height: 568 });
    for (const view of tabs) {
      await show(page, view);
      const widest = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(widest, `${view}, ${direction}`).toBeLessThanOrEqual(320);
    }
    await page.context().close();
  }
});
