import { type Browser, type BrowserContext, expect, test } from '@playwright/test';
import type { App } from '../../src/app/app';
import { type ListenerOptions, ListenPage, openBrowser } from './support/listener';
import { pinkNoise } from './support/sounds';

let browser: Browser;
test.afterEach(async () => browser.close());

async function open(
  baseURL: string | undefined,
  options: ListenerOptions,
  prepare?: (context: BrowserContext) => Promise<unknown>,
) {
  browser = await openBrowser(options);
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await prepare?.(context);
  const listen = await ListenPage.open(context, baseURL ?? '');
  return { context, listen };
}

const hearing = { sound: pinkNoise(2) };

/** Tags arrive: the level in the status line belongs to new sound. */
async function expectTags(listen: ListenPage): Promise<void> {
  await expect(listen.stopButton).toBeVisible();
  await expect(listen.alert).toHaveCount(0);
  const next = listen.page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const { app } = document.querySelector('earmark-app') as unknown as { app: App };
        app.tags.subscribe(() => resolve(true));
      }),
  );
  expect(await next).toBe(true);
}

test('permission denied: says so, and listens without a reload once it is granted', async ({ baseURL }) => {
  const { context, listen } = await open(baseURL, { ...hearing, permission: 'denied' });
  await expect(listen.startButton).toBeEnabled({ timeout: 30_000 });
  await listen.startButton.click();
  await expect(listen.alert).toContainText('isn’t allowed to use the microphone');
  await context.grantPermissions(['microphone']);
  await listen.page.getByRole('button', { name: 'Try again' }).click();
  await expectTags(listen);
});

test('no microphone: says so, and the button still works', async ({ baseURL }) => {
  const { listen } = await open(baseURL, {});
  await expect(listen.startButton).toBeEnabled({ timeout: 30_000 });
  await listen.startButton.click();
  await expect(listen.alert).toContainText('No microphone found');
  await listen.page.getByRole('button', { name: 'Try again' }).click();
  await expect(listen.alert).toContainText('No microphone found');
  await expect(listen.startButton).toBeEnabled();
});

test('model missing: names the file, and loads it once it is there', async ({ baseURL }) => {
  const { context, listen } = await open(baseURL, hearing, (fresh) =>
    fresh.route('**/weights.bin', (route) => route.fulfill({ status: 404 })),
  );
  await expect(listen.alert).toContainText('weights.bin is missing', { timeout: 30_000 });
  await context.unroute('**/weights.bin');
  await listen.page.getByRole('button', { name: 'Restart' }).click();
  await listen.start();
  await expectTags(listen);
});

test('model cut off: names the file and the bytes', async ({ baseURL }) => {
  const { listen } = await open(baseURL, hearing, (fresh) =>
    fresh.route('**/weights.bin', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.body()).subarray(0, 1000) });
    }),
  );
  await expect(listen.alert).toContainText('weights.bin is damaged (1000 bytes instead of', { timeout: 30_000 });
});

test('no WebGPU, no WebGL, no WASM: the CPU takes over', async ({ baseURL }) => {
  const { listen } = await open(baseURL, { ...hearing, arguments: ['--disable-gpu', '--disable-3d-apis'] }, (fresh) =>
    fresh.route('**/*.wasm', (route) => route.abort()),
  );
  await listen.start();
  await expectTags(listen);
  const report = await listen.page.evaluate(() => {
    const { app } = document.querySelector('earmark-app') as unknown as {
      app: { state: { model: { backend: { taken: string; trials: { backend: string; outcome: string }[] } } } };
    };
    return app.state.model.backend;
  });
  expect(report.taken).toBe('cpu');
  const outcomes = Object.fromEntries(report.trials.map(({ backend, outcome }) => [backend, outcome]));
  expect(outcomes).toMatchObject({ webgpu: 'unavailable', wasm: 'unavailable', cpu: 'taken' });
  // Workers keep a software WebGL where pages lose theirs.
  expect(['unavailable', 'software']).toContain(outcomes.webgl);
});

test('an unknown backend in the address: says so and still listens', async ({ baseURL }) => {
  const { listen } = await open(`${baseURL}/?backend=abacus`, hearing);
  await expect(listen.alert).toContainText('There is no backend “abacus”');
  await listen.start();
  await expectTags(listen);
});
