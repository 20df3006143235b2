import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import type { App } from '../../src/app/app';
import { ListenPage, openBrowser } from './support/listener';
import { packagedSound } from './support/sounds';
import { TeachPage } from './support/teacher';

test.setTimeout(240_000);
// The first opening of a database takes its time on a busy machine.
const patient = expect.configure({ timeout: 40_000 });

test('a sound that the disk has no room for stays in the editor, and is saved once there is room', async ({
  baseURL,
}) => {
  const browser = await openBrowser({ sound: await packagedSound('guit_e_fifths.flac') });
  try {
    const context = await browser.newContext();
    const listen = await ListenPage.open(context, `${baseURL}/?backend=wasm`);
    const teacher = new TeachPage(listen.page, listen);
    const session = await context.newCDPSession(listen.page);
    const allow = (quotaSize?: number) =>
      session.send('Storage.overrideQuotaForOrigin', {
        origin: baseURL as string,
        ...(quotaSize === undefined ? {} : { quotaSize }),
      });

    // The diary writes while Earmark listens, and the browser then remembers for a while that there is room.
    await listen.page.evaluate(async () => {
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      await app.changeSettings({ diary: { ...app.state.settings.diary, isOn: false } });
    });
    await teacher.show('Teach');
    await listen.start();
    await listen.page.waitForTimeout(2500);
    await allow(1);
    await teacher.page
      .locator('earmark-teach')
      .getByRole('button', { name: /^Keep last/ })
      .click();
    await patient(teacher.page.getByText('The browser has no room left')).toBeVisible();
    await patient(teacher.page.getByText('No clips yet.')).toBeVisible();
    await patient(teacher.page.getByRole('img', { name: /^Waveform of/ })).toBeVisible();

    await allow();
    await teacher.label('Guitar');
    await patient(teacher.page.getByText('1 of 1 clip')).toBeVisible();
    await expect(teacher.page.getByText('The browser has no room left')).toBeHidden();
    await teacher.page.reload();
    await patient(teacher.page.getByText('1 of 1 clip')).toBeVisible();
  } finally {
    await browser.close();
  }
});

test('clips deleted by the browser are reported, and the last export restores them', async ({ baseURL }) => {
  const browser = await openBrowser({ sound: await packagedSound('guit_e_fifths.flac') });
  try {
    const context = await browser.newContext();
    const listen = await ListenPage.open(context, `${baseURL}/?backend=wasm`);
    const teacher = new TeachPage(listen.page, listen);
    await teacher.show('Teach');
    await listen.start();
    await listen.page.waitForTimeout(2500);
    await teacher.keep('Guitar');
    await patient(teacher.page.getByText('1 of 1 clip')).toBeVisible();
    const [clips] = await Promise.all([
      teacher.page.waitForEvent('download'),
      teacher.button('Export all clips').click(),
    ]);

    const session = await context.newCDPSession(listen.page);
    await session.send('Storage.clearDataForOrigin', { origin: baseURL as string, storageTypes: 'indexeddb' });
    await patient(teacher.page.getByText('Your clips and profiles are gone')).toBeVisible();
    await patient(teacher.page.getByText('No clips yet.')).toBeVisible();
    const before = await listen.tagCount();
    await expect.poll(() => listen.tagCount(), { timeout: 30_000 }).toBeGreaterThan(before + 3);

    await teacher.page.getByLabel('Files to import').setInputFiles({
      name: clips.suggestedFilename(),
      mimeType: 'application/zip',
      buffer: await readFile(await clips.path()),
    });
    await patient(teacher.page.getByText('1 of 1 clip')).toBeVisible();
  } finally {
    await browser.close();
  }
});

test('a browser that lets the page save nothing still listens, and says what does not work', async ({ baseURL }) => {
  const profile = await mkdtemp(join(tmpdir(), 'earmark-'));
  mkdirSync(join(profile, 'Default'));
  // What “Block all cookies” writes: no page may store anything.
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const options = chromiumLaunchOptions();
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    args: [...options.args, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
  try {
    const listen = await ListenPage.open(context, `${baseURL}/?backend=wasm`);
    const teacher = new TeachPage(listen.page, listen);
    await teacher.show('Teach');
    await patient(teacher.page.getByText('Clips and profiles can’t be saved in this window.')).toBeVisible();
    await patient(teacher.page.getByText('This browser doesn’t let Earmark save clips')).toHaveCount(1);
    await teacher.show('Listen');
    await listen.start();
    await expect.poll(() => listen.tagCount()).toBeGreaterThan(3);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true });
  }
});
