import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import { openBrowser } from './support/listener';
import { packagedSound } from './support/sounds';
import { StaticServer } from './support/static-server';

/** A folder in which the package is installed, as anyone would. */
let folder: string;
let example: string;
let browser: Browser;
let server: StaticServer;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = mkdtempSync(join(tmpdir(), 'earmark-library-'));
  execFileSync('npx', ['tsx', 'scripts/pack.mjs', '--into', folder]);
  const [packed] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed}`], { cwd: folder });
  example = readFileSync('library/examples/microphone.html', 'utf8');
  browser = await openBrowser({ sound: await packagedSound('misc_crow.flac') });
});

test.afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Serves what a bundler made, with the model beside it. */
async function pageOf(site: string): Promise<Page> {
  cpSync(join(folder, 'node_modules/earmark/models/earmark-light'), join(site, 'models/earmark-light'), {
    recursive: true,
  });
  server = await StaticServer.start(site, '/library/');
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(server.address);
  return page;
}

const bundlers: Readonly<Record<string, (site: string) => Promise<void>>> = {
  async Vite(site) {
    const root = join(folder, 'vite');
    mkdirSync(root);
    writeFileSync(join(root, 'index.html'), example);
    await vite({ configFile: false, root, base: './', logLevel: 'error', build: { outDir: site } });
  },
  async esbuild(site) {
    const script = /<script type="module">([\s\S]*)<\/script>/.exec(example)?.[1] ?? '';
    const entry = join(folder, 'page.js');
    writeFileSync(entry, script);
    await esbuild({ entryPoints: [entry], bundle: true, format: 'esm', outfile: join(site, 'page.js') });
    writeFileSync(
      join(site, 'index.html'),
      example.replace(script, '').replace('type="module"', 'type="module" src="page.js"'),
    );
  },
};

for (const [name, bundle] of Object.entries(bundlers)) {
  test(`a page of 30 lines that ${name} bundled hears a crow`, async () => {
    const site = join(folder, `site-${name}`);
    mkdirSync(site);
    await bundle(site);
    expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    const page = await pageOf(site);
    try {
      await page.getByRole('button', { name: 'Listen' }).click();
      await expect(page.getByRole('listitem').filter({ hasText: 'Crow' }).first()).toBeVisible({ timeout: 60_000 });
    } finally {
      await page.context().close();
      await server.stop();
    }
  });
}
