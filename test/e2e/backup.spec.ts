import { readFile } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { Head } from '../../src/shared/contracts/model/head';
import { encodeWav } from '../../src/shared/lib/files/wav';
import { plant, storedEvent } from './support/diary';
import { openBrowser } from './support/listener';

// The first opening of a database takes its time on a busy machine.
const patient = expect.configure({ timeout: 60_000 });
test.setTimeout(180_000);

let browser: Browser;
test.beforeEach(async () => {
  browser = await openBrowser({});
});
test.afterEach(() => browser.close());

async function open(address: string, begin: () => void): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript(begin);
  await page.goto(`${address}/?backend=wasm#/teach`);
  await patient(page.getByRole('button', { name: 'Import files' })).toBeEnabled();
  return page;
}

/** Keeps two sounds, a head and two entries of the diary, and chooses the dark theme. */
async function fill(page: Page): Promise<void> {
  const files = ['front door.wav', 'kettle.wav'].map((name, i) => ({
    name,
    mimeType: 'audio/wav',
    buffer: Buffer.from(
      encodeWav(
        Int16Array.from({ length: 3200 }, (_, n) => 8000 * Math.sin(n * 0.01 * (i + 1))),
        32_000,
      ),
    ),
  }));
  await page.getByLabel('Files to import').setInputFiles(files);
  await patient(page.getByText('2 of 2 clips')).toBeVisible();
  await page.evaluate(async () => {
    const head: Head = {
      id: 'kitchen',
      name: 'My kitchen',
      createdAtMs: 1_700_000_000_000,
      backbone: 'of-another-model',
      labels: [{ id: 'kettle', name: 'Kettle', group: 'taught' }],
      kernel: Float32Array.of(0.25, -1e-30),
      bias: Float32Array.of(3),
      calibration: { scale: [1], offset: [0] },
      proof: { folds: 5, clips: 9, labels: [], wrongClips: [], shippedAuc: { before: 0.9, after: 0.9 }, advice: [] },
    };
    const opening = indexedDB.open('earmark');
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const transaction = opening.result.transaction('heads', 'readwrite');
    transaction.objectStore('heads').put(head);
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    opening.result.close();
  });
  const startMs = Date.now() - 3_600_000;
  await plant(page, [
    storedEvent({ startMs, verdict: { answer: 'other', label: 'owl' }, note: 'in the oak' }),
    storedEvent({ startMs: startMs + 60_000, peakLevelDb: Number.NEGATIVE_INFINITY }),
  ]);
  await page.reload();
  await patient(kitchen(page)).toBeVisible();
  await showData(page);
  await page.getByLabel('Colours').selectOption('Dark');
}

const kitchen = (page: Page) => page.getByRole('heading', { name: 'My kitchen', exact: true });

async function showData(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Settings' }).click();
  await patient(page.getByRole('heading', { name: 'Your data' })).toBeVisible();
}

/** All rows of the database; bytes as numbers. */
function rows(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const opening = indexedDB.open('earmark');
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const plain = (_: string, value: unknown): unknown => {
      if (value instanceof ArrayBuffer) return Array.from(new Int16Array(value));
      return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
    };
    const all: Record<string, unknown> = {};
    for (const name of ['clips', 'samples', 'labels', 'heads', 'events']) {
      const store = opening.result.transaction(name).objectStore(name);
      const [keys, values] = [store.getAllKeys(), store.getAll()];
      await new Promise((resolve) => {
        values.onsuccess = resolve;
      });
      all[name] = { keys: keys.result, values: values.result };
    }
    opening.result.close();
    return JSON.parse(JSON.stringify(all, plain));
  });
}

/** Forgets all that the site has stored, as a person does in the browser's settings. */
async function clearSite(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await page.goto('about:blank');
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,local_storage' });
  await page.goto(`${origin}/?backend=wasm#/teach`);
  await patient(page.getByText('No clips yet.')).toBeVisible();
  await expect(kitchen(page)).toBeHidden();
}

async function importBackup(page: Page, bytes: Buffer): Promise<void> {
  await showData(page);
  await patient(page.getByRole('button', { name: 'Import a backup' })).toBeEnabled();
  // The model may be on its way still.
  await patient(async () => {
    const file = { name: 'backup.zip', mimeType: 'application/zip', buffer: bytes };
    await page.getByLabel('Backup to import').setInputFiles(file);
    await expect(
      page.getByText('2 clips imported, 1 profile imported (“My kitchen”), 2 diary entries imported.'),
    ).toBeVisible({ timeout: 5000 });
  }).toPass();
}

test('everything is restored from one file after the site’s data was cleared', async ({ baseURL }) => {
  const origin = baseURL as string;
  const page = await open(origin, () => {
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  });
  await fill(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export everything' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^earmark-backup-\d{4}-\d{2}-\d{2}\.zip$/);
  await patient(
    page.getByText(/^Everything was saved as .*: 2 clips, 1 profile, 2 diary entries and your settings\.$/),
  ).toBeVisible();
  const bytes = await readFile(await download.path());
  const before = await rows(page);

  await clearSite(page, origin);
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await scheme()).not.toBe('dark');
  await importBackup(page, bytes);
  expect(await rows(page)).toEqual(before);
  // Settings are taken when the person says so, and not before.
  expect(await scheme()).not.toBe('dark');
  await page.getByRole('button', { name: 'Use the backup’s settings' }).click();
  await patient.poll(scheme).toBe('dark');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Teach' }).click();
  await expect(page.getByText('2 of 2 clips')).toBeVisible();
  await expect(kitchen(page)).toBeVisible();
});

test('a backup streams into the file that the person chose; one that is cut off changes nothing', async ({
  baseURL,
}) => {
  const origin = baseURL as string;
  const page = await open(origin, () => {
    const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) =>
      (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    Object.assign(globalThis, { showSaveFilePicker });
  });
  await fill(page);
  await page.getByRole('button', { name: 'Export everything' }).click();
  await patient(page.getByText(/^Everything was saved as /)).toBeVisible();
  const text = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
    const file = await (await folder.getFileHandle(names[0] as string)).getFile();
    return Array.from(new Uint8Array(await file.arrayBuffer()), (byte) => String.fromCharCode(byte)).join('');
  });
  const bytes = Buffer.from(text, 'latin1');
  const before = await rows(page);

  await clearSite(page, origin);
  await showData(page);
  const cutOff = { name: 'backup.zip', mimeType: 'application/zip', buffer: bytes.subarray(0, -200) };
  await patient(async () => {
    await page.getByLabel('Backup to import').setInputFiles(cutOff);
    await expect(page.getByText('Nothing was imported: “backup.zip” ')).toBeVisible({ timeout: 5000 });
  }).toPass();
  expect(await rows(page)).toMatchObject({
    clips: { keys: [] },
    samples: { keys: [] },
    heads: { keys: [] },
    events: { keys: [] },
  });
  await importBackup(page, bytes);
  expect(await rows(page)).toEqual(before);
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await expect(page.getByText('The backup also contains settings')).toBeHidden();
});
