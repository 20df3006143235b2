/** Measures the diary with a million events in Chromium. Usage: `npm run bench:diary -- --help`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { requireFolderOf, startCommand } from '../../cli/command';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import type { bench } from './page/diary-page';

const PORT = 4197;
const EVENTS_PER_CALL = 20_000;
const REPEATS = 3;

const usage = `usage: npm run bench:diary -- [--events 1000000] [--json OUT]

Fills the diary with events over a year, each with an embedding, closes the browser, opens it again, and prints how long
the diary's questions take (the middle of ${REPEATS}; the first of each visit for opening), and how much memory an export needs.`;

startCommand(usage);
const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' }, json: { type: 'string' } } });
requireFolderOf(values.json);
const total = Number(values.events);

type Bench = typeof bench;
type Question = Exclude<keyof Bench, 'fill' | 'fillLevels' | 'prepare'>;
type Answer = { ms: number; result: number };

/** Milliseconds by question. */
const measuredMs: Record<string, number> = {};

const server = await createServer({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  appType: 'mpa',
  server: { port: PORT, strictPort: true, hmr: false, watch: null },
  optimizeDeps: { include: ['idb', 'valibot'] },
});
await server.listen();
const profile = await mkdtemp(join(tmpdir(), 'bench-diary-'));

async function visit<Result>(work: (page: Page) => Promise<Result>): Promise<Result> {
  const context = await chromium.launchPersistentContext(profile, chromiumLaunchOptions());
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${PORT}/bench/diary/page/`);
    await page.waitForFunction(() => 'bench' in globalThis);
    return await work(page);
  } finally {
    await context.close();
  }
}

const ask = (page: Page, question: Question): Promise<Answer> =>
  page.evaluate((name) => (globalThis as unknown as { bench: Bench }).bench[name](), question);

async function openAnew(page: Page): Promise<Answer> {
  await page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.prepare());
  return ask(page, 'open');
}

const middle = (answers: readonly Answer[]): Answer =>
  [...answers].sort((a, b) => a.ms - b.ms)[answers.length >> 1] as Answer;

const heapBytes = (page: Page): Promise<number> =>
  page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize);

try {
  const start = performance.now();
  await visit(async (page) => {
    for (let from = 0; from < total; from += EVENTS_PER_CALL) {
      await page.evaluate(([a, b, all]) => (globalThis as unknown as { bench: Bench }).bench.fill(a, b, all), [
        from,
        Math.min(from + EVENTS_PER_CALL, total),
        total,
      ] as const);
    }
    await page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.fillLevels());
  });
  console.log(`${total} events were written in ${((performance.now() - start) / 1000).toFixed(0)} s`);

  const opened: Answer[] = [];
  for (let i = 0; i < REPEATS; i++) opened.push(await visit(openAnew));
  print('open, in a new browser', middle(opened), 'events');
  await visit(async (page) => {
    await ask(page, 'open');
    for (const [question, of] of Object.entries({
      open: 'events',
      filter: 'events',
      search: 'events',
      day: 'events and spans',
      year: 'events',
      judge: 'wrong events',
    })) {
      const answers: Answer[] = [];
      for (let i = 0; i < REPEATS; i++) answers.push(await ask(page, question as Question));
      print(question, middle(answers), of);
    }
    const before = await heapBytes(page);
    let most = before;
    const watch = setInterval(async () => {
      most = Math.max(most, await heapBytes(page).catch(() => 0));
    }, 500);
    print('export as CSV', await ask(page, 'exportCsv'), 'bytes');
    clearInterval(watch);
    console.log(`heap: ${megabytes(before)} before the export, ${megabytes(most)} at most during it`);
  });
  if (values.json) await writeFile(values.json, JSON.stringify({ events: total, measuredMs }, null, 2));
} finally {
  await server.close();
  await rm(profile, { recursive: true, force: true });
}

function print(question: string, { ms, result }: Answer, of: string): void {
  measuredMs[question] = ms;
  console.log(`${question}: ${ms.toFixed(0)} ms (${result} ${of})`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
