import { type Browser, expect, type Page, test } from '@playwright/test';
import { plant, showDiary, storedEvent } from './support/diary';
import { openBrowser } from './support/listener';

// The first opening of a database takes its time on a busy machine.
const PATIENCE_MS = 120_000;
const patient = expect.configure({ timeout: PATIENCE_MS });
test.setTimeout(600_000);

let browser: Browser | undefined;
test.afterEach(async () => {
  await browser?.close();
  browser = undefined;
});

const list = (page: Page) => page.locator('earmark-diary-list');
const rowsOf = (page: Page, name: string) => list(page).getByRole('listitem').filter({ hasText: name });

test.describe('in Berlin', () => {
  const open = async (address: string | undefined): Promise<Page> => {
    browser = await openBrowser({});
    const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB' });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    await page.goto(`${address}/?backend=wasm`);
    return page;
  };
  const columns = (page: Page) => page.locator('earmark-diary-hours thead th').allTextContents();

  test('days on which the clocks change have 23 and 25 hours, and no event is lost in them', async ({ baseURL }) => {
    const page = await open(baseURL);
    const spring = Date.parse('2026-03-29T00:30:00Z');
    const autumn = Date.parse('2026-10-25T00:30:00Z');
    await plant(
      page,
      [spring, spring + 3_600_000, autumn, autumn + 3_600_000].map((startMs) => storedEvent({ startMs })),
    );
    await showDiary(page, '/day/2026-03-29');
    await patient(page.getByText('so it has 23 hours')).toBeVisible();
    expect(await columns(page)).toHaveLength(23 + 2);
    expect(await columns(page)).not.toContain('2');
    await expect(page.getByRole('button', { name: 'Crow, 01:00–03:00: 1 event' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Crow, 03:00–04:00: 1 event' })).toBeVisible();
    await showDiary(page, '/day/2026-10-25');
    await patient(page.getByText('so it has 25 hours')).toBeVisible();
    expect((await columns(page)).filter((hour) => hour === '2')).toHaveLength(2);
    await expect(page.locator('earmark-diary-hours .total')).toHaveText('2');
  });

  test('events keep their names and places when label, profile and model are gone or renamed', async ({ baseURL }) => {
    const page = await open(baseURL);
    const noon = Date.parse('2026-06-01T10:00:00Z');
    await plant(page, [
      storedEvent({ startMs: noon, label: 'our_kettle', labelName: 'Our kettle', head: 'deleted', model: 'gone-7' }),
      storedEvent({ startMs: noon - 60_000, label: 'crow', labelName: 'Raven of old' }),
      storedEvent({ startMs: noon - 120_000, timeZone: 'America/New_York', utcOffsetMinutes: -240 }),
    ]);
    await showDiary(page);
    await patient(rowsOf(page, 'Our kettle')).toBeVisible();
    await expect(rowsOf(page, 'Raven of old')).toHaveCount(0);
    await expect(rowsOf(page, 'Crow')).toHaveCount(2);
    await expect(rowsOf(page, '05:58:00')).toBeVisible();
    await rowsOf(page, 'Our kettle').getByRole('link').click();
    const dialog = page.getByRole('dialog');
    await patient(dialog.getByText('gone-7')).toBeVisible();
    await dialog.getByRole('button', { name: 'Right' }).click();
    await page.keyboard.press('Escape');
    await patient(rowsOf(page, 'Our kettle')).toContainText('Right');
    await page.getByLabel('Sound', { exact: true }).selectOption('Our kettle');
    await patient(list(page).getByRole('link')).toHaveCount(1);
  });
});
