import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { withStaticImports } from '../../bench/budget/budget-check';
import { isLateScript } from '../../src/shared/contracts/late-scripts';
import { ListenPage, openBrowser } from './support/listener';
import { pinkNoise } from './support/sounds';
import { StaticServer } from './support/static-server';

/** What a slow telephone has to fetch and to read before it shows anything. */
const FIRST_PAINT_BUDGET_BYTES = 60_000;

/** What the build made; the server of the other tests serves the same. */
const BUILD = 'dist';

let browser: Browser;
let server: StaticServer;
test.beforeEach(async () => {
  server = await StaticServer.start(BUILD, '/some/sub/path/');
  browser = await openBrowser({ sound: pinkNoise(2) });
});
test.afterEach(async () => {
  await browser.close();
  await server.stop();
});

/** Writes down what breaks the content security policy, in pages and in workers, and every address that is asked for. */
function watch(context: BrowserContext): { readonly violations: string[]; readonly requests: string[] } {
  const violations: string[] = [];
  const requests: string[] = [];
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted ?Type/i.test(message.text())) violations.push(message.text());
  });
  context.on('request', (request) => requests.push(request.url()));
  return { violations, requests };
}

/** The first visit, until everything is kept, and the page was reloaded so that its worker has its policy. */
async function visit(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => navigator.serviceWorker.controller && crossOriginIsolated, null, {
    timeout: 60_000,
  });
  return page;
}

/** Everything that there is to open. */
async function useEverything(page: Page): Promise<void> {
  const listen = new ListenPage(page);
  await listen.start();
  // “● Listening”, or what is heard just now.
  await expect(page).toHaveTitle(/^● .+ – Earmark$/);
  await expect.poll(async () => Math.max(...(await listen.meters()).values()), { timeout: 30_000 }).toBeGreaterThan(0);
  for (const link of await page.getByRole('navigation', { name: 'Views' }).getByRole('link').all()) {
    await link.click();
    const view = (await link.getAttribute('href'))?.replace('#/', '');
    if (view !== 'listen') await expect(page.locator(`earmark-${view}`)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
}

test('starts at any path of any host, and then without its server', async () => {
  test.setTimeout(240_000);
  const context = await browser.newContext();
  const { violations, requests } = watch(context);
  const first = await visit(context, `${server.address}?backend=wasm`);
  await useEverything(first);
  await first.close();
  await server.stop();

  const second = await context.newPage();
  const start = Date.now();
  await second.goto(`${server.address}?backend=wasm`);
  await new ListenPage(second).start();
  console.log(`without its server it listens ${((Date.now() - start) / 1000).toFixed(1)} s after it was opened`);
  await second.getByRole('button', { name: 'Stop listening' }).click();
  await useEverything(second);
  // The service worker adds the headers here. Chromium's name of what tells which features they leave.
  const allowed = await second.evaluate(() =>
    (document as Document & { featurePolicy: { allowedFeatures(): string[] } }).featurePolicy.allowedFeatures(),
  );
  expect(allowed).toEqual(expect.arrayContaining(['microphone', 'display-capture']));
  expect(allowed).not.toContain('camera');

  expect(violations).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(server.address) && !url.startsWith('blob:'))).toEqual([]);
});

test('switches to a new version on request, never while it listens, and keeps what was saved', async () => {
  test.setTimeout(240_000);
  const newer = await mkdtemp(join(tmpdir(), 'earmark-'));
  try {
    await makeNewerBuild(newer);
    const context = await browser.newContext();
    const page = await visit(context, `${server.address}?backend=wasm`);
    const listen = new ListenPage(page);
    await listen.start();
    await page.waitForTimeout(2500);
    await page.keyboard.press('r');
    await expect(page.getByText('Kept “')).toBeVisible({ timeout: 30_000 });

    server.deploy(newer);
    // On a full disk the old version stays as it is, and the next look finds the new one.
    const devtools = await context.newCDPSession(page);
    const { origin } = new URL(server.address);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    const ended = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.update().catch(() => undefined);
      const { installing } = registration ?? {};
      await new Promise((resolve) => installing?.addEventListener('statechange', resolve));
      return installing?.state;
    });
    expect(ended).toBe('redundant');
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await expect(page.getByText('A new version is ready.')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Reload' })).toHaveCount(0);

    await listen.stopButton.click();
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Teach' }).click();
    await page.getByRole('button', { name: 'Save, label later' }).click();
    // Another window that listens would be cut off, too.
    const other = new ListenPage(await context.newPage());
    await other.page.goto(`${server.address}?backend=wasm`);
    await other.start();
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByText('Another Earmark window is listening')).toBeVisible();
    await other.page.close();
    // Chromium releases a closed window's locks a moment later.
    const isAnotherBusy = () =>
      page.evaluate(async () => (await navigator.locks.query()).held?.some(({ name }) => name === 'earmark-busy'));
    await expect.poll(isAnotherBusy).toBe(false);

    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.locator('meta[name=build][content=newer]')).toBeAttached({ timeout: 30_000 });
    await expect(page.getByText('1 of 1 clip')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('A new version is ready.')).toHaveCount(0);
  } finally {
    await rm(newer, { recursive: true });
  }
});

test('switches to a new version at once, also while the old one still fetches what it lacks for offline use', async () => {
  test.setTimeout(240_000);
  const newer = await mkdtemp(join(tmpdir(), 'earmark-'));
  try {
    await makeNewerBuild(newer);
    const page = await visit(await browser.newContext(), `${server.address}?backend=wasm`);
    // A first visit does without what recordings need; the second one fetches it.
    const asked = server.stall(/earmark-recordings/);
    await page.reload();
    await asked;
    server.deploy(newer);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.getByRole('button', { name: 'Reload' }).click({ timeout: 60_000 });
    await expect(page.locator('meta[name=build][content=newer]')).toBeAttached({ timeout: 30_000 });
  } finally {
    await rm(newer, { recursive: true });
  }
});

test('gets the version that saved the clips, where a reload starts the old one again', async () => {
  test.setTimeout(240_000);
  const newer = await mkdtemp(join(tmpdir(), 'earmark-'));
  try {
    await makeNewerBuild(newer);
    const context = await browser.newContext();
    const page = await visit(context, `${server.address}?backend=wasm`);
    // As a newer version leaves it.
    await page.evaluate(async () => {
      const { version = 0 } = (await indexedDB.databases()).find(({ name }) => name === 'earmark') ?? {};
      await new Promise((resolve, reject) => {
        const opening = indexedDB.open('earmark', version + 1);
        opening.onsuccess = () => resolve(opening.result.close());
        opening.onerror = reject;
      });
    });
    await page.reload();
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Teach' }).click();
    const newerWanted = page.getByRole('button', { name: 'Get the newer version' });
    await newerWanted.click({ timeout: 60_000 });
    await expect(page.getByText('There is no newer version here.')).toBeVisible({ timeout: 30_000 });
    server.deploy(newer);
    await page.reload();
    await expect(page.locator('meta[name=build][content=newer]')).toHaveCount(0);
    await newerWanted.click({ timeout: 60_000 });
    await expect(page.locator('meta[name=build][content=newer]')).toBeAttached({ timeout: 60_000 });
  } finally {
    await rm(newer, { recursive: true });
  }
});

/** The same build with another page, which is all that the service worker has to notice. */
async function makeNewerBuild(folder: string): Promise<void> {
  await cp(BUILD, folder, { recursive: true });
  const page = join(folder, 'index.html');
  await writeFile(
    page,
    (await readFile(page, 'utf8')).replace('</head>', '<meta name="build" content="newer"></head>'),
  );
  const worker = join(folder, 'service-worker.js');
  const script = await readFile(worker, 'utf8');
  const changed = script.replace(/(?<=[`'"]index\.html[`'"],revision:[`'"])[0-9a-f]{32}/g, 'f'.repeat(32));
  expect(changed === script).toBe(false);
  await writeFile(worker, changed);
}

test('starts offline again after its cache was cleared', async () => {
  const context = await browser.newContext();
  const page = await visit(context, `${server.address}?backend=wasm`);
  const keptFiles = () =>
    page.evaluate(async () => {
      const names = (await caches.keys()).filter((name) => name.includes('precache'));
      const counts = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
      return counts.reduce((sum, count) => sum + count, 0);
    });
  const kept = await keptFiles();
  expect(kept).toBeGreaterThan(50);
  await page.evaluate(async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))));
  expect(await keptFiles()).toBe(0);
  await page.reload();
  await expect.poll(keptFiles, { timeout: 60_000 }).toBe(kept);
  // The second start also fetches what the first visit does without.
  const hasRecordings = () =>
    page.evaluate(async () =>
      (await (await caches.open('late-scripts')).keys()).some(({ url }) => /earmark-recordings/.test(url)),
    );
  await expect.poll(hasRecordings, { timeout: 60_000 }).toBe(true);
  await server.stop();
  await page.goto(`${server.address}?backend=wasm`);
  await useEverything(page);
});

test('a window whose version was replaced by another says so when its views are gone', async () => {
  test.setTimeout(240_000);
  const newer = await mkdtemp(join(tmpdir(), 'earmark-'));
  try {
    await makeNewerBuild(newer);
    await renameAsset(newer, /^earmark-models.*\.js$/);
    const context = await browser.newContext();
    const page = await visit(context, `${server.address}?backend=wasm`);
    const other = await context.newPage();
    await other.goto(`${server.address}?backend=wasm`);
    await expect(other.getByRole('button', { name: 'Start listening' })).toBeEnabled({ timeout: 30_000 });
    server.deploy(newer);
    // A window that nobody looks at is reloaded by itself; this one stands beside the first.
    await other.evaluate(() => Object.defineProperty(document, 'visibilityState', { value: 'visible' }));
    await page.bringToFront();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.getByRole('button', { name: 'Reload' }).click({ timeout: 60_000 });
    // An old service worker that still fetches something for the second window may have to finish first.
    await expect(page.locator('meta[name=build][content=newer]')).toBeAttached({ timeout: 90_000 });
    await expect(other.getByText('Earmark was updated in another window.').first()).toBeVisible({ timeout: 30_000 });
    await other.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Models' }).click();
    await expect(other.getByText('Reload to open this view.')).toBeVisible();
    await expect(other.getByText('Check your connection')).toHaveCount(0);
  } finally {
    await rm(newer, { recursive: true });
  }
});

/** Gives a file of the build another name, as a newer version has: the service worker then drops the old one. */
async function renameAsset(folder: string, pattern: RegExp): Promise<void> {
  const file = (await readdir(join(folder, 'assets'))).find((name) => pattern.test(name));
  if (!file) throw new Error(`the build has no file ${pattern}`);
  await rename(join(folder, 'assets', file), join(folder, 'assets', `newer-${file}`));
  const worker = join(folder, 'service-worker.js');
  await writeFile(worker, (await readFile(worker, 'utf8')).replaceAll(`assets/${file}`, `assets/newer-${file}`));
}

test('accepts files that another app shares with it', async () => {
  const context = await browser.newContext();
  const page = await visit(context, server.address);
  // What the system does with the manifest's share_target.
  await page.evaluate(() => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: './share' });
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', name: 'files', id: 'shared' });
    form.append(input);
    document.body.append(form);
  });
  const sound = await readFile('test/sounds/misc_crow.flac');
  await page.locator('#shared').setInputFiles({ name: 'crow & rook.flac', mimeType: 'audio/flac', buffer: sound });
  await page.evaluate(() => document.querySelector('form')?.submit());
  await page.waitForURL(/#\/teach$/);
  await expect(page.getByRole('dialog', { name: 'Import these files?' })).toContainText('crow & rook.flac');
  await expect(page.getByText('1 of 1 clip')).toHaveCount(0);
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(page.getByText('1 of 1 clip')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('crow & rook', { exact: true })).toBeVisible();
  await expect.poll(() => page.evaluate(() => caches.has('received-files'))).toBe(false);
});

test('imports nothing that another website sends with a form', async () => {
  const context = await browser.newContext();
  const page = await visit(context, server.address);
  const elsewhere = await context.newPage();
  /** Sends a file as a page of another origin under that referrer policy does, which decides whether it names itself. */
  const send = async (policy: string): Promise<void> => {
    const form = `<form method="post" enctype="multipart/form-data" action="${server.address}share">`;
    const body = `<meta name="referrer" content="${policy}">${form}<input type="file" name="files"></form>`;
    await elsewhere.route('http://elsewhere.example/', (route) => route.fulfill({ contentType: 'text/html', body }));
    await elsewhere.goto('http://elsewhere.example/');
    await elsewhere
      .locator('input')
      .setInputFiles({ name: 'evil.wav', mimeType: 'audio/wav', buffer: Buffer.from('x') });
    await elsewhere.evaluate(() => document.querySelector('form')?.submit());
    await elsewhere.waitForURL(/#\/teach$/);
    await elsewhere.unroute('http://elsewhere.example/');
  };
  const hasWaiting = () => page.evaluate(() => caches.has('received-files'));

  await send('unsafe-url');
  await expect(elsewhere.getByText('Another website tried to send files to Earmark.')).toBeVisible({ timeout: 30_000 });
  expect(await hasWaiting()).toBe(false);

  // A site that hides its name cannot be told from the system: the person decides.
  await send('no-referrer');
  const dialog = elsewhere.getByRole('dialog', { name: 'Import these files?' });
  await expect(dialog).toContainText('evil.wav', { timeout: 30_000 });
  await elsewhere.getByRole('button', { name: 'Don’t import' }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(hasWaiting).toBe(false);
  await expect(elsewhere.getByText('No clips yet.')).toBeVisible();

  // What holds no file, or cannot be read, ends on a page of ours as well.
  const addresses = await page.evaluate(async () => {
    const answers = ['no form', new FormData()].map((body) => fetch('./share', { method: 'POST', body }));
    return (await Promise.all(answers)).map(({ url }) => url);
  });
  expect(addresses).toEqual(Array(2).fill(`${server.address}?share=nothing`));
});

test('needs little script for its first paint', async () => {
  const page = await readFile(join(BUILD, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? '');
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = await Promise.all(scripts.map(async (file) => gzipSync(await readFile(join(BUILD, file))).length));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`first paint: ${scripts.length} scripts, ${(bytes / 1000).toFixed(1)} kB compressed`);
  expect(bytes).toBeLessThanOrEqual(FIRST_PAINT_BUDGET_BYTES);
});

test('starts, and opens its views, without any script that a first visit does not keep', async () => {
  const scripts = (await readdir(join(BUILD, 'assets'))).filter((name) =>
    /^(index|worker|earmark-\w+)-.*\.js$/.test(name),
  );
  expect(scripts.length).toBeGreaterThan(5);
  for (const script of scripts.filter((name) => !isLateScript(`assets/${name}`))) {
    const needed = await withStaticImports(BUILD, `assets/${script}`);
    expect([...needed].filter(isLateScript), script).toEqual([]);
  }
});

test('can be installed', async ({ baseURL }) => {
  const context = await browser.newContext();
  const page = await visit(context, baseURL ?? '');
  const devtools = await context.newCDPSession(page);
  const { errors, data } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // The test's window is a private one, and nothing else may be against it.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  const manifest = JSON.parse(data ?? '') as Record<'icons' | 'screenshots', { src: string; sizes: string }[]>;
  for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots]) {
    const size = await page.evaluate(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (sizes !== 'any') expect(`${src} ${size}`).toBe(`${src} ${sizes}`);
  }
});
