import { readFile } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { plant, showDiary, storedEvent } from './support/diary';
import { openBrowser } from './support/listener';
import { silence } from './support/sounds';

// The first opening of a database takes its time on a busy machine.
const patient = expect.configure({ timeout: 60_000 });
test.setTimeout(300_000);

let browser: Browser;
test.beforeEach(async () => {
  browser = await openBrowser({ sound: silence(1) });
});
test.afterEach(() => browser.close());

/** Writes rows of any form into the database, as nobody should. Stores with keys of their own get the key beside the row. */
function plantRows(page: Page, database: string, rows: readonly (readonly [string, unknown, unknown?])[]) {
  return page.evaluate(
    async ({ name, planted }) => {
      const opening = indexedDB.open(name);
      await new Promise((resolve) => {
        opening.onsuccess = resolve;
      });
      const transaction = opening.result.transaction(
        planted.map(([store]) => store),
        'readwrite',
      );
      for (const [store, row, key] of planted) transaction.objectStore(store).put(row, key as IDBValidKey);
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      opening.result.close();
    },
    { name: database, planted: rows },
  );
}

const show = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view, exact: true }).click();

/** Checks the report of a view, exports the rows as they are, and deletes them. @returns what was exported. */
async function report(page: Page, view: string, names: readonly string[]): Promise<Buffer> {
  await show(page, view);
  const section = page.locator(`earmark-${view.toLowerCase()}`).getByRole('region', { name: 'Damaged entries' });
  await patient(section).toBeVisible();
  for (const name of names) await patient(section.getByText(name, { exact: true })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: 'Export them as they are' }).click(),
  ]);
  await section.getByRole('button', { name: 'Delete them' }).click();
  await patient(section).toHaveCount(0);
  return readFile(await download.path());
}

test('bad rows in every store are named where a person looks, exported as they are, and deleted; the rest works', async ({
  baseURL,
}) => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  await page.goto(`${baseURL}/?backend=wasm#/teach`);
  await patient(page.getByRole('button', { name: 'Import files' })).toBeEnabled();
  await plant(page, [storedEvent({ startMs: Date.now() - 3_600_000 })]);
  await show(page, 'Recordings');
  await patient(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await plantRows(page, 'earmark', [
    ['clips', { id: 'clip', name: 'Lost bell', labels: 'bell' }],
    ['labels', { id: 'label' }],
    ['heads', { id: 'head', name: 'Lost profile', labels: [{}] }],
    ['events', { id: 'event', labelName: 'Lost owl', startMs: Number.NaN }],
    ['eventBlocks', 'no block', 0],
    ['eventDetails', 7, 0],
    ['eventEmbeddings', { no: 'numbers' }, 0],
    ['levels', 'no levels', Math.floor(Date.now() / 300_000)],
    ['eventClips', { event: 'event' }],
    ['eventSounds', 'no sound', 'event'],
  ]);
  await plantRows(page, 'earmark-recordings', [
    ['recordings', { id: 'night', name: 'Lost night.wav', addedAtMs: Number.NaN }],
    ['events', { labelName: 'Lost fox' }, ['night', 'fox']],
    ['tiles', 'no tile', ['night', 2, 0]],
  ]);
  await page.reload();
  await patient(page.getByRole('button', { name: 'Choose files' })).toBeVisible();

  const zip = await report(page, 'Teach', ['Lost bell', 'label', 'Lost profile']);
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  const events = JSON.parse((await report(page, 'Diary', ['Lost owl'])).toString());
  expect(events).toMatchObject([
    { store: 'events', row: { id: 'event', startMs: { $: 'NaN' } } },
    { store: 'levels', row: 'no levels' },
    { store: 'eventClips', row: { clip: { event: 'event' }, sound: 'no sound' } },
  ]);
  await patient(page.locator('earmark-diary-list').getByText('Crow', { exact: true }).first()).toBeVisible();
  for (const part of ['day', 'week', 'month', 'review', 'sounds', 'clips']) {
    await showDiary(page, `/${part}`);
    await patient(page.locator('earmark-diary').getByRole('heading').first()).toBeVisible();
    await page.waitForTimeout(500);
  }
  const recordings = JSON.parse((await report(page, 'Recordings', ['Lost night.wav', 'Lost fox'])).toString());
  expect(recordings).toMatchObject([{ key: 'night' }, { key: ['night', 'fox'] }]);

  await page.reload();
  for (const view of ['Teach', 'Diary', 'Recordings']) {
    await show(page, view);
    await patient(page.locator(`earmark-${view.toLowerCase()}`).getByRole('heading').first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Damaged entries' })).toHaveCount(0);
  }
  // What listens goes on writing into the blocks that were damaged.
  await page.locator('earmark-listen-button button').click();
  await patient(page.locator('earmark-listen-button button')).toHaveAttribute('aria-busy', 'false');
  await page.waitForTimeout(3000);
  expect(errors).toEqual([]);
});
