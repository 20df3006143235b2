import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { openBrowser } from './support/listener';

/** Recordings in a folder each; one of them lies in the wrong one. */
const folders = {
  drums: ['arovane_beat_a', 'arovane_beat_b', 'loop_amen_full', 'guit_em9'],
  twang: ['guit_e_fifths', 'guit_e_slide', 'guit_harmonics'],
};
const MISPLACED = 'guit_em9';
const ALL = 7;

const patient = expect.configure({ timeout: 180_000 });
test.setTimeout(600_000);

let folder: string;
let browser: Browser;
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'earmark-'));
  for (const [label, files] of Object.entries(folders)) {
    mkdirSync(join(folder, 'study', label), { recursive: true });
    for (const file of files) {
      copyFileSync(`test/sounds/${file}.flac`, join(folder, 'study', label, `${file}.flac`));
    }
  }
  browser = await openBrowser({});
});
test.afterEach(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** What a press downloads. */
async function download(page: Page, name: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name, exact: typeof name === 'string' }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

const rowsOf = (text: string, separator: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(separator));

const show = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view, exact: true }).click();

test('a researcher imports a folder, corrects it, trains, and takes every figure along', async ({ baseURL }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  const page = await context.newPage();
  await page.goto(`${baseURL}/?backend=wasm#/teach`);
  await patient(page.getByRole('button', { name: 'Import a folder' })).toBeEnabled();
  const filter = page.getByLabel('Show label');
  const count = (shown: number) => page.getByText(`${shown} of ${ALL} clips`, { exact: true });

  await test.step('imports the folder: its folders are labels that need checking', async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Import a folder' }).click(),
    ]);
    await chooser.setFiles(join(folder, 'study'));
    await patient(page.getByText(`${ALL} clips imported.`)).toBeVisible();
    await filter.selectOption('Needs checking');
    await expect(count(ALL)).toBeVisible();
    // Labels that nobody has checked teach nothing.
    await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  });

  await test.step('corrects the one in the wrong folder, and accepts the others', async () => {
    await page.getByRole('button', { name: `Edit ${MISPLACED}` }).click();
    const editor = page.locator('earmark-snippet');
    const picker = editor.getByRole('combobox', { name: 'What can be heard' });
    await picker.press('Backspace');
    await picker.fill('twang');
    await picker.press('Enter');
    await editor.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(editor).toBeHidden();
    await expect(count(ALL - 1)).toBeVisible();
    await page.getByLabel('Select all').check();
    await page.getByRole('button', { name: 'Accept labels' }).click();
    await expect(count(0)).toBeVisible();
    await filter.selectOption('twang');
    await expect(count(4)).toBeVisible();
    await filter.selectOption('drums');
    await expect(count(3)).toBeVisible();
  });

  await test.step('trains', async () => {
    await page.getByLabel('Name of the profile').fill('Study');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await patient(page.getByText('“Study” is trained and in use.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Proof of “Study”' })).toBeVisible();
  });

  await test.step('takes the proof along: copied for a spreadsheet, as CSV, and its curves as SVG', async () => {
    await page.getByRole('button', { name: 'Copy table Proof of “Study”' }).click();
    await expect(page.getByText('Copied. Paste it into a spreadsheet.')).toBeVisible();
    const pasted = rowsOf(await page.evaluate(() => navigator.clipboard.readText()), '\t');
    const file = await download(page, 'Download as CSV Proof of “Study”');
    expect(file.name).toBe('Proof-of-Study.csv');
    const rows = rowsOf(file.bytes.toString('utf8'), ',');
    expect(pasted).toEqual(rows);
    expect(rows[0]?.slice(0, 2)).toEqual(['Label', 'AUC']);
    expect(rows.slice(1).map(([label]) => label)).toEqual(['drums', 'twang']);
    // 3 and 4 of 7 clips, counted by hand.
    expect(rows.slice(1).map((row) => row.slice(-2))).toEqual([
      ['3', '7'],
      ['4', '7'],
    ]);
    for (const [, auc, low, high] of rows.slice(1)) {
      expect(Number(low)).toBeLessThanOrEqual(Number(auc));
      expect(Number(high)).toBeGreaterThanOrEqual(Number(auc));
      // Two instruments that no one mixes up.
      expect(Number(auc)).toBeGreaterThan(0.5);
    }
    const picture = await download(page, /^Download as SVG: ROC curve of twang/);
    expect(picture.name).toMatch(/^ROC-curve-of-twang.*\.svg$/);
    const svg = picture.bytes.toString('utf8');
    for (const words of ['ROC curve of twang', 'False alarms', 'Found', 'Guessing']) expect(svg).toContain(words);
  });

  await test.step('takes the model’s figures along', async () => {
    await show(page, 'Models');
    const labels = await page.evaluate(() => {
      const app = document.querySelector('earmark-app') as unknown as { app: { state: { model: { labels: [] } } } };
      return app.app.state.model.labels.length;
    });
    const figures = rowsOf((await download(page, /^Download as CSV How well/)).bytes.toString('utf8'), ',');
    // The heading, and a row per sound. A name with a comma in it stays one row.
    expect(figures).toHaveLength(1 + labels);
  });

  let backup: Buffer;
  await test.step('exports the clips and a backup', async () => {
    await show(page, 'Teach');
    const clips = await download(page, 'Export all clips');
    expect(clips.name).toMatch(/\.zip$/);
    await show(page, 'Settings');
    const file = await download(page, 'Export everything');
    await patient(page.getByText(`: ${ALL} clips, 1 profile and your settings.`, { exact: false })).toBeVisible();
    backup = file.bytes;
    // The samples are in both.
    expect(backup.length).toBeGreaterThan(clips.bytes.length);
  });

  await test.step('restores everything on another computer, where the profile is as good as before', async () => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(`${baseURL}/?backend=wasm#/settings`);
    await patient(other.getByRole('button', { name: 'Import a backup' })).toBeEnabled();
    // Profiles can be read once the model is there.
    await patient(other.locator('earmark-listen-button button')).toHaveAttribute('aria-disabled', 'false');
    await other
      .getByLabel('Backup to import')
      .setInputFiles({ name: 'backup.zip', mimeType: 'application/zip', buffer: backup });
    await patient(other.getByText(`${ALL} clips imported, 1 profile imported (“Study”).`)).toBeVisible();
    await show(other, 'Teach');
    await other.getByLabel('Show label').selectOption('twang');
    await expect(other.getByText(`4 of ${ALL} clips`)).toBeVisible();
    await other.getByRole('button', { name: 'Use Study' }).click();
    await expect(other.getByRole('heading', { name: 'Proof of “Study”' })).toBeVisible();
    const again = await download(other, 'Download as CSV Proof of “Study”');
    expect(
      rowsOf(again.bytes.toString('utf8'), ',')
        .slice(1)
        .map(([label]) => label),
    ).toEqual(['drums', 'twang']);
    await show(other, 'Listen');
    await patient(other.locator('earmark-app')).toBeVisible();
  });
});
