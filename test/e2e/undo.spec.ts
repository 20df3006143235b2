import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { encodeWav } from '../../src/shared/lib/files/wav';
import { openBrowser } from './support/listener';

const patient = expect.configure({ timeout: 60_000 });
test.setTimeout(300_000);

const CLIPS = 64;

test('undo takes back one step after another: first a correction, and only then the acceptance of 64 clips', async ({
  baseURL,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-'));
  mkdirSync(join(folder, 'study', 'bell'), { recursive: true });
  for (let i = 0; i < CLIPS; i++) {
    const tone = Int16Array.from({ length: 3200 }, (_, n) => 8000 * Math.sin(n * (0.01 + i * 0.0005)));
    writeFileSync(join(folder, 'study', 'bell', `${i}.wav`), Buffer.from(encodeWav(tone, 32_000)));
  }
  const browser = await openBrowser({});
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${baseURL}/?backend=wasm#/teach`);
    await patient(page.getByRole('button', { name: 'Import a folder' })).toBeEnabled();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Import a folder' }).click(),
    ]);
    await chooser.setFiles(join(folder, 'study'));
    await patient(page.getByText(`${CLIPS} clips imported.`)).toBeVisible();
    const filter = page.getByLabel('Show label');
    const count = (shown: number) => page.getByText(`${shown} of ${CLIPS} clips`, { exact: true });
    const undo = page.locator('earmark-notices').getByRole('button', { name: 'Undo', exact: true });
    await filter.selectOption('Needs checking');
    await page.getByLabel('Select all').check();
    await page.getByRole('button', { name: 'Accept labels' }).click();
    await patient(count(0)).toBeVisible();

    await filter.selectOption('bell');
    await page
      .getByRole('button', { name: /^Edit \d+$/ })
      .first()
      .click();
    const editor = page.locator('earmark-snippet');
    const picker = editor.getByRole('combobox', { name: 'What can be heard' });
    await picker.press('Backspace');
    await picker.fill('gong');
    await picker.press('Enter');
    await editor.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(editor).toBeHidden();
    await filter.selectOption('gong');
    await patient(count(1)).toBeVisible();

    // The correction goes, and the 64 stay accepted.
    await undo.click();
    await filter.selectOption('bell');
    await patient(count(CLIPS)).toBeVisible();
    await filter.selectOption('Needs checking');
    await expect(count(0)).toBeVisible();

    await undo.click();
    await patient(count(CLIPS)).toBeVisible();
    await expect(undo).toBeHidden();
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});
