import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { openBrowser } from './support/listener';
import { packagedSound, silence, writeMicrophoneFile } from './support/sounds';

// Recordings are tagged on a machine that may be busy.
const patient = expect.configure({ timeout: 120_000 });
test.setTimeout(400_000);

let folder: string;
let browser: Browser;
let page: Page;
test.beforeEach(async ({ baseURL }) => {
  folder = await mkdtemp(join(tmpdir(), 'earmark-'));
  browser = await openBrowser({ sound: await packagedSound('misc_crow.flac') });
  page = await browser.newPage();
  await page.goto(`${baseURL}/?backend=wasm#/recordings`);
  await patient(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
});
test.afterEach(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** A WAV file of so many seconds in which a crow calls for some seconds at these places. @returns where it lies. */
async function crowsAt(name: string, seconds: number, places: readonly number[]): Promise<string> {
  const crow = await packagedSound('misc_crow.flac');
  const sound = silence(seconds);
  for (const place of places) {
    for (let call = 0; call < 3; call++) {
      sound.set(crow.subarray(0, Math.min(crow.length, 60_000)), 48_000 * place + call * 60_000);
    }
  }
  const path = join(folder, name);
  await writeMicrophoneFile(path, sound);
  return path;
}

/** Gives files to the page, as its file picker does where the browser has none of its own. */
async function choose(...paths: string[]): Promise<void> {
  await page.locator('input[name="files"]').setInputFiles(paths);
}

function row(name: string) {
  return page.getByRole('listitem').filter({ hasText: name });
}

test('finds what sounds in a file, and exports it with the file’s name and the time of day', async () => {
  await choose(await crowsAt('meadow_20250601_043000.wav', 150, [20, 100]));
  await patient(row('meadow')).toContainText(/\d events?/);
  await page.getByRole('link', { name: 'meadow_20250601_043000.wav' }).click();
  const crows = page.getByRole('button', { name: /^Go to Crow/ });
  await expect(crows).toHaveCount(2);
  await expect(page.getByText('1 Jun 2025, 04:30:00, time zone unknown (from the file’s name)')).toBeVisible();
  await page.getByLabel('Format').selectOption('raven');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }))
      .then(() => page.getByRole('button', { name: 'Save events' }).click()),
  ]);
  const path = join(folder, 'out.txt');
  await download.saveAs(path);
  const rows = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const crow = rows.filter((cells) => cells.includes('Crow'));
  expect(crow).toHaveLength(2);
  expect(crow.every((cells) => cells.includes('meadow_20250601_043000.wav'))).toBe(true);
  // Begin times: each crow begins where it was put, to half a second.
  for (const [i, place] of [20, 100].entries()) {
    expect(Math.abs(Number((crow[i] as string[])[3]) - place)).toBeLessThan(0.75);
  }
});

test('says of each unusable file what is wrong with it, and goes on', async () => {
  const put = (name: string, bytes: Buffer): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  await choose(
    put('empty.wav', Buffer.alloc(0)),
    put('picture.wav', Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1')),
    put('letter.txt', Buffer.from('Dear recordist, this is no sound.')),
    await crowsAt('good.wav', 30, [10]),
  );
  await patient(row('good.wav')).toContainText('event');
  await expect(row('empty.wav')).toContainText('“empty.wav” is empty');
  await expect(row('picture.wav')).toContainText('“picture.wav” isn’t a sound file');
  await expect(row('letter.txt')).toContainText('“letter.txt” is damaged, or in a format');
});
