import { readFile } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { App } from '../../src/app/app';
import { defaultSettings } from '../../src/store/settings';
import { plant, showDiary, storedEvent, written } from './support/diary';
import { ListenPage, openBrowser } from './support/listener';
import { OwnChromium } from './support/own-chromium';
import { packagedSound, silence } from './support/sounds';

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

/** What may be missing after a crash. */
const MOST_LOST_SECONDS = 1;

/** A caw, then quiet for longer than the gap: events that begin and end. */
async function crows(): Promise<Float32Array> {
  return Float32Array.from([...(await packagedSound('misc_crow.flac')), ...silence(6)]);
}

/** Listens, however long a busy machine takes to open the microphone. */
async function start(listen: ListenPage): Promise<void> {
  await patient(listen.startButton).toBeEnabled();
  await listen.startButton.click();
  await patient(listen.stopButton).toHaveAttribute('aria-busy', 'false');
}

test('what is heard is listed, judged, counted and exported; a second window shows it, and writes when the first is closed', async ({
  baseURL,
}) => {
  browser = await openBrowser({ sound: await crows() });
  const context = await browser.newContext({ acceptDownloads: true });
  context.setDefaultTimeout(PATIENCE_MS);
  const { diary } = defaultSettings;
  const rules = { ...diary.rules, labels: { crow: { threshold: 0.2 } } };
  await context.addInitScript(
    (settings) => {
      localStorage.setItem('earmark.settings', settings);
      Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
    },
    JSON.stringify({ ...defaultSettings, diary: { ...diary, rules } }),
  );
  const listen = await ListenPage.open(context, `${baseURL}/?backend=wasm`);
  await start(listen);
  const other = await context.newPage();
  await other.goto(`${baseURL}/?backend=wasm#/diary`);
  await patient(other.getByText('Another Earmark window writes the diary.')).toBeVisible();
  await patient(rowsOf(other, 'Crow').nth(1)).toBeVisible();
  const judge = () =>
    other.evaluate(async () => {
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      const found = await app.diary.find({});
      const [event] = await app.diary.rows(found, found.count - 1, found.count);
      const problem = await app.diary.judge([event?.id ?? ''], { answer: 'right' });
      return { problem: problem?.code, right: (await app.diary.find({ verdicts: ['right'] })).count };
    });
  // Nothing is half written.
  expect(await judge()).toEqual({ problem: 'storage-elsewhere', right: 0 });
  await expect(other.getByRole('alert').getByText('Earmark is open in another tab')).toBeVisible();
  await start(new ListenPage(other));
  await other.waitForTimeout(8000);
  await listen.page.close();
  await patient(other.getByText('Another Earmark window writes the diary.')).toBeHidden();
  await patient(rowsOf(other, 'Crow').nth(3)).toBeVisible();
  await new ListenPage(other).stopButton.click();
  // A caw can be a bird's as well, which is an event of its own.
  const crowEvents = (await written(other)).events.filter(({ label }) => label === 'crow');
  const starts = crowEvents.map(({ startMs }) => startMs).sort((a, b) => a - b);
  // The caws are more than four seconds apart. The one at the change of windows may be there twice.
  expect(starts.slice(1).filter((startMs, i) => startMs - (starts[i] as number) < 2000).length).toBeLessThan(2);
  await patient.poll(judge).toEqual({ problem: undefined, right: 1 });

  const all = (await written(other)).events.length;
  await showDiary(other, '/review');
  await other.getByLabel('Only with sound').uncheck();
  const left = other.getByText(/^\d+ events? left$/);
  await patient(left).toHaveText(new RegExp(`^${all - 1} `));
  await other.keyboard.press('n');
  await patient.poll(async () => (await written(other)).events.filter(({ verdict }) => verdict).length).toBe(2);
  await showDiary(other, '/day');
  const totals = other.locator('earmark-diary-hours tbody .total');
  // The wrong one does not count.
  await patient
    .poll(async () => (await totals.allTextContents()).reduce((sum, total) => sum + Number(total), 0))
    .toBe(all - 1);
  await showDiary(other);
  await other.getByText('Export', { exact: true }).click();
  const [file] = await Promise.all([
    other.waitForEvent('download', { timeout: PATIENCE_MS }),
    other.getByRole('button', { name: /^Export all/ }).click(),
  ]);
  const csv = await readFile(await file.path(), 'utf8');
  expect(csv.trim().split('\n')).toHaveLength(1 + all);
  expect(csv).toContain(',wrong,');
});

test('Chromium is killed while it listens: a second is lost at most', async ({ baseURL }) => {
  const chromium = new OwnChromium();
  try {
    const sound = await crows();
    const listen = await ListenPage.open(await chromium.open(sound), `${baseURL}/?backend=wasm`);
    await listen.page.evaluate(() => {
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      const told = { first: 0, last: 0 };
      Object.assign(window, { told });
      app.tags.subscribe(({ tags }) => {
        told.first ||= tags.windowEndSeconds;
        told.last = tags.windowEndSeconds;
      });
    });
    await start(listen);
    await listen.page.waitForTimeout(4000 + 4000 * Math.random());
    const heard = await listen.page.evaluate(() => {
      const { first, last } = (window as unknown as { told: { first: number; last: number } }).told;
      return last - first;
    });
    await chromium.kill();

    const context = await chromium.open(sound);
    const page = await context.newPage();
    await page.goto(`${baseURL}/?backend=wasm#/diary`);
    await patient(page.getByRole('heading', { name: 'Diary' })).toBeVisible();
    const kept = await written(page);
    expect(heard).toBeGreaterThan(1);
    expect(kept.heardSeconds).toBeGreaterThan(heard - MOST_LOST_SECONDS);
    for (const { startMs, endMs } of kept.events) expect(endMs).toBeGreaterThanOrEqual(startMs);
  } finally {
    await chromium.remove();
  }
});

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
    await expect(page.getByRole('button', { name: 'Crow, 01:00–02:00: 1 event' })).toBeVisible();
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
