import { type Browser, type BrowserContext, expect, test } from '@playwright/test';
import type { App } from '../../src/app/app';
import { defaultSettings } from '../../src/store/settings';
import {
  crash,
  endThread,
  failSound,
  hang,
  holdSound,
  keepGraphics,
  keepHandles,
  loseGraphics,
  permit,
  taggerOf,
  unplug,
} from './support/faults';
import { type ListenerOptions, ListenPage, openBrowser } from './support/listener';
import { pinkNoise } from './support/sounds';

let browser: Browser;
test.afterEach(async () => browser.close());

const webgpu = {
  address: '?backend=webgpu',
  arguments: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
};
const webgl = { address: '?backend=webgl', arguments: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'] };
/** Graphics in software take ten times as long for the default network, and are lost in the same way. */
const lightModel = JSON.stringify({ ...defaultSettings, model: 'earmark-light' });
const wasm = { address: '?backend=wasm', arguments: [] };

/** Listens to pink noise in a browser of its own. */
async function listening(
  baseURL: string | undefined,
  { address, arguments: flags }: { address: string } & Pick<ListenerOptions, 'arguments'>,
  prepare?: (context: BrowserContext) => Promise<unknown>,
): Promise<ListenPage> {
  browser = await openBrowser({ sound: pinkNoise(2), arguments: flags ?? [] });
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.addInitScript(keepHandles);
  await prepare?.(context);
  const listen = await ListenPage.open(context, `${baseURL}/${address}`);
  await listen.start();
  await expectTags(listen);
  return listen;
}

/** Tags arrive that were not there before, and nothing is left to press. */
async function expectTags(listen: ListenPage): Promise<void> {
  const before = await listen.tagCount();
  await expect.poll(() => listen.tagCount(), { timeout: 60_000 }).toBeGreaterThan(before + 4);
  await expect(listen.stopButton).toBeVisible();
  await expect(listen.alert).toHaveCount(0);
}

const recovered = (listen: ListenPage, sentence: string) =>
  expect(listen.page.getByRole('status').getByText(sentence)).toBeVisible({ timeout: 60_000 });

const openTracks = (listen: ListenPage) =>
  listen.page.evaluate(
    () =>
      (window as unknown as { handles: { tracks: MediaStreamTrack[] } }).handles.tracks.filter(
        ({ readyState }) => readyState === 'live',
      ).length,
  );

for (const [way, end] of [
  ['throws', crash],
  ['is ended by the browser without a word', endThread],
  ['hangs', hang],
] as const) {
  test(`the worker ${way}: another one continues listening`, async ({ baseURL }) => {
    const listen = await listening(baseURL, wasm);
    await end(await taggerOf(listen.page));
    await recovered(listen, 'was restarted');
    await expectTags(listen);
    expect(await openTracks(listen)).toBe(1);
  });
}

for (const [name, backend] of [
  ['GPU device', webgpu],
  ['WebGL context', webgl],
] as const) {
  test(`the ${name} is lost: it is opened again, and WASM takes over when it is lost again`, async ({ baseURL }) => {
    // In software the graphics are started twice, which takes a slow machine a minute and more.
    test.setTimeout(240_000);
    const listen = await listening(baseURL, backend, async (context) => {
      await keepGraphics(context);
      await context.addInitScript((stored) => localStorage.setItem('earmark.settings', stored), lightModel);
    });
    const before = (await listen.backendReport()).taken;
    await loseGraphics(await taggerOf(listen.page));
    await recovered(listen, 'was restarted');
    await expectTags(listen);
    expect((await listen.backendReport()).taken).toBe(before);
    await loseGraphics(await taggerOf(listen.page));
    await recovered(listen, 'runs on WASM');
    await expectTags(listen);
    expect((await listen.backendReport()).taken).toBe('wasm');
  });
}

test('the microphone is unplugged: the remaining one is opened', async ({ baseURL }) => {
  const listen = await listening(baseURL, wasm);
  await unplug(listen.page);
  await recovered(listen, 'reopened');
  await expectTags(listen);
});

test('the chosen microphone is missing: the default replaces it until it is plugged in', async ({ baseURL }) => {
  const listen = await listening(baseURL, wasm, (context) =>
    context.addInitScript(() => {
      // The second of Chromium's fake devices is away until the test plugs it in.
      const { mediaDevices } = navigator;
      const enumerate = mediaDevices.enumerateDevices.bind(mediaDevices);
      const plug = Object.assign(window, { chosen: '', plugged: false });
      mediaDevices.enumerateDevices = async () =>
        (await enumerate()).filter(({ deviceId }) => plug.plugged || deviceId !== plug.chosen);
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        if (!plug.plugged && plug.chosen !== '' && JSON.stringify(constraints).includes(plug.chosen)) {
          throw new DOMException('not there', 'NotFoundError');
        }
        return open(constraints);
      };
    }),
  );
  await listen.page.evaluate(async () => {
    const inputs = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'audioinput');
    const chosen = inputs.at(-1)?.deviceId as string;
    Object.assign(window, { chosen });
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    await app.changeSettings({ deviceId: chosen });
  });
  await recovered(listen, 'system default is used');
  await expectTags(listen);
  await listen.page.evaluate(() => {
    Object.assign(window, { plugged: true });
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  });
  await recovered(listen, 'is back and in use');
  await expectTags(listen);
});

test('the permission is revoked: says so, and listens once it is granted again', async ({ baseURL }) => {
  browser = await openBrowser({ sound: pinkNoise(2), permission: 'asked' });
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const listen = await ListenPage.open(context, `${baseURL}/${wasm.address}`);
  await permit(listen.page, 'granted');
  await listen.start();
  await expectTags(listen);
  await permit(listen.page, 'denied');
  await expect(listen.alert).toContainText('isn’t allowed to use the microphone');
  await permit(listen.page, 'granted');
  await listen.page.getByRole('button', { name: 'Try again' }).click();
  await expectTags(listen);
});

test('the sound is paused: it resumes by itself', async ({ baseURL }) => {
  const listen = await listening(baseURL, wasm);
  await holdSound(listen.page, 'suspend');
  await expectTags(listen);
});

test('the sound is held back: says what to press, and then continues', async ({ baseURL }) => {
  const listen = await listening(baseURL, wasm);
  await listen.page.evaluate(() => {
    const { resume } = AudioContext.prototype;
    Object.assign(window, { resume });
    AudioContext.prototype.resume = () => new Promise(() => {});
  });
  await holdSound(listen.page, 'suspend');
  await expect(listen.alert).toContainText('paused audio');
  await listen.page.evaluate(() => {
    AudioContext.prototype.resume = (window as unknown as { resume: AudioContext['resume'] }).resume;
  });
  await listen.page.getByRole('button', { name: 'Resume' }).click();
  await expectTags(listen);
});

test('the audio context ends or its device fails: another one is opened', async ({ baseURL }) => {
  const listen = await listening(baseURL, wasm);
  await holdSound(listen.page, 'close');
  await recovered(listen, 'reopened');
  await expectTags(listen);
  await listen.page.getByRole('button', { name: 'Dismiss' }).click();
  await failSound(listen.page);
  await recovered(listen, 'reopened');
  await expectTags(listen);
});

test('hidden, without timers and with a clock that jumps: tagging goes on, and nothing is drawn', async ({
  baseURL,
}) => {
  const listen = await listening(baseURL, wasm, (context) =>
    context.addInitScript(() => {
      const counter = Object.assign(window, { frames: 0 });
      const request = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (callback) => {
        counter.frames++;
        return request(callback);
      };
    }),
  );
  await listen.page.evaluate(() => {
    // What an hour in the background does to a page, and a journey does to its clock.
    Object.defineProperty(document, 'hidden', { get: () => true });
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    window.setTimeout = (() => 0) as unknown as typeof setTimeout;
    window.setInterval = (() => 0) as unknown as typeof setInterval;
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    Object.assign(window, { frames: 0 });
  });
  await expectTags(listen);
  expect(await listen.page.evaluate(() => (window as unknown as { frames: number }).frames)).toBe(0);
});
