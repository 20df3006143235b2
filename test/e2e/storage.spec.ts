import { expect, test } from '@playwright/test';
import { ListenPage, openBrowser } from './support/listener';
import { packagedSound } from './support/sounds';
import { TeachPage } from './support/teacher';

test.setTimeout(240_000);
// The first opening of a database takes its time on a busy machine.
const patient = expect.configure({ timeout: 40_000 });

test('a sound for which the disk has no room stays in the editor, and is saved once there is', async ({ baseURL }) => {
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

    await teacher.show('Teach');
    await listen.start();
    await listen.page.waitForTimeout(2500);
    await allow(1);
    await teacher.page
      .locator('earmark-teach')
      .getByRole('button', { name: /^Keep last/ })
      .click();
    await patient(teacher.page.getByText('The browser has no room left for this')).toBeVisible();
    await patient(teacher.page.getByText('No clips yet.')).toBeVisible();
    await patient(teacher.page.getByRole('img', { name: /^Waveform of/ })).toBeVisible();

    await allow();
    await teacher.label('Guitar');
    await patient(teacher.page.getByText('1 of 1 clip')).toBeVisible();
    await teacher.page.reload();
    await patient(teacher.page.getByText('1 of 1 clip')).toBeVisible();
  } finally {
    await browser.close();
  }
});
