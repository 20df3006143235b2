/** Measures the diary with a million events in Chromium. Usage: `npm run bench:diary -- --help`. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { startCommand } from '../../cli/command';
import { requireWritableFile } from '../../cli/output-place';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { quantile } from '../../src/shared/lib/math/quantile';
import type { bench } from './page/diary-page';

const PORT = 4197;
const EVENTS_PER_CALL = 16_384;
const REPEATS = 3;
const SCROLL_TURNS = 200;
const SCROLL_PX = 300;
const SCROLL_PAUSE_MS = 50;

const usage = `usage: npm run bench:diary -- [--events 1000000] [--rows N] [--profile DIR] [--json OUT]

Fills the diary with events over a year, each with an embedding, closes the browser, opens it again, and prints how long
the diary's questions take (the middle of ${REPEATS}; the first of each visit for opening), how much memory an export needs, and
how evenly the page of the app scrolls, compared with an empty one. The export is written to a file of the browser. On Linux it also prints the processor time of all of the
browser's processes, which other programs change little.

--rows N       gives only the newest N events rows of their own, which is much faster. The questions read the rows of what
               they show; everything else comes from blocks, which all events have.
--profile DIR  keeps the browser's profile there, and uses the diary in it instead of filling another one`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rows: { type: 'string' },
    profile: { type: 'string' },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);
const total = Number(values.events);
const rowsFrom = total - Number(values.rows ?? values.events);

type Bench = typeof bench;
type Question = Exclude<keyof Bench, 'fill' | 'fillLevels' | 'prepare'>;
type Answer = { ms: number; result: number; cpuMs?: number | undefined };

/** Milliseconds by question. */
const measuredMs: Record<string, number> = {};

const server = await createServer({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
  logLevel: 'error',
  server: { port: PORT, strictPort: true, hmr: false, watch: null },
});
await server.listen();
const profile = values.profile ?? (await mkdtemp(join(tmpdir(), 'bench-diary-')));
const isFilled = existsSync(join(profile, 'Default'));
await mkdir(profile, { recursive: true });

async function visit<Result>(work: (page: Page) => Promise<Result>): Promise<Result> {
  const context = await chromium.launchPersistentContext(profile, chromiumLaunchOptions());
  try {
    // The names of functions, which the program that runs this file keeps.
    await context.addInitScript('globalThis.__name = (named) => named');
    const page = await context.newPage();
    await page.goto(`http://localhost:${PORT}/bench/diary/page/`, { timeout: 120_000 });
    await page.waitForFunction(() => 'bench' in globalThis, undefined, { timeout: 120_000 });
    return await work(page);
  } finally {
    await context.close();
  }
}

async function ask(page: Page, question: Question): Promise<Answer> {
  const before = await browserCpuMs();
  const answer = await page.evaluate((name) => (globalThis as unknown as { bench: Bench }).bench[name](), question);
  const after = await browserCpuMs();
  return { ...answer, cpuMs: before === undefined || after === undefined ? undefined : after - before };
}

/** Processor time of the browser with this profile and of its children; undefined where the system does not tell. */
async function browserCpuMs(): Promise<number | undefined> {
  if (!existsSync('/proc/self/stat')) return undefined;
  const processes = new Map<number, { parent: number; ms: number; isRoot: boolean }>();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    // The name in parentheses can hold spaces. Then: state, parent, … 14th and 15th of all: user and system time in 10 ms.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, user = 0, system = 0] = [fields[1], fields[11], fields[12]];
    processes.set(pid, { parent, ms: 10 * (user + system), isRoot: line.includes(`--user-data-dir=${profile}\0`) });
  }
  const isOurs = (pid: number): boolean => {
    const found = processes.get(pid);
    return found !== undefined && (found.isRoot || isOurs(found.parent));
  };
  return [...processes].reduce((sum, [pid, { ms }]) => sum + (isOurs(pid) ? ms : 0), 0);
}

async function openAnew(page: Page): Promise<Answer> {
  await page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.prepare());
  return ask(page, 'open');
}

const middle = (answers: readonly Answer[]): Answer =>
  [...answers].sort((a, b) => a.ms - b.ms)[answers.length >> 1] as Answer;

const heapBytes = (page: Page): Promise<number> =>
  page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize);

try {
  if (!isFilled) await fill();
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
    print('similar, the first time', await ask(page, 'similar'), 'events');
    print('similar', await ask(page, 'similar'), 'events');
    const before = await heapBytes(page);
    let most = before;
    const watch = setInterval(async () => {
      most = Math.max(most, await heapBytes(page).catch(() => 0));
    }, 500);
    print('export as CSV', await ask(page, 'exportCsv'), 'bytes');
    clearInterval(watch);
    console.log(`heap: ${megabytes(before)} before the export, ${megabytes(most)} at most during it`);
  });
  await visit(async (page) => {
    console.log(`empty page: ${framesOf(await scroll(page, '/bench/diary/page/empty.html'))}`);
    console.log(`scrolling: ${framesOf(await scroll(page, '/#/diary'))}`);
  });
  if (values.json) await writeFile(values.json, JSON.stringify({ events: total, measuredMs }, null, 2));
} finally {
  await server.close();
  if (values.profile === undefined) await rm(profile, { recursive: true, force: true });
}

async function fill(): Promise<void> {
  const start = performance.now();
  await visit(async (page) => {
    for (let from = 0; from < total; from += EVENTS_PER_CALL) {
      const call = [from, Math.min(from + EVENTS_PER_CALL, total), total, rowsFrom] as const;
      await page.evaluate((values) => (globalThis as unknown as { bench: Bench }).bench.fill(...values), call);
    }
    await page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.fillLevels());
    await ask(page, 'seal');
  });
  console.log(`${total} events were written in ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

/** Times from frame to frame while a page scrolls by the wheel, as fast as a person turns it. */
async function scroll(page: Page, address: string): Promise<number[]> {
  await page.goto(`http://localhost:${PORT}${address}`, { timeout: 120_000 });
  await page.waitForFunction(() => document.documentElement.scrollHeight > 100_000, undefined, { timeout: 120_000 });
  await page.mouse.move(400, 400);
  await page.evaluate(() => {
    const frames: number[] = [];
    let last: number | undefined;
    const frame = (nowMs: number): void => {
      if (last !== undefined) frames.push(nowMs - last);
      last = nowMs;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(globalThis, { frames });
  });
  for (let turn = 0; turn < SCROLL_TURNS; turn++) {
    await page.mouse.wheel(0, SCROLL_PX);
    await page.waitForTimeout(SCROLL_PAUSE_MS);
  }
  return page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames);
}

function framesOf(frameMs: readonly number[]): string {
  const seconds = frameMs.reduce((sum, ms) => sum + ms, 0) / 1000;
  const late = frameMs.filter((ms) => ms > (1.5 * 1000) / 60).length / frameMs.length;
  const p95 = quantile(frameMs, 0.95);
  return `${(frameMs.length / seconds).toFixed(1)} frames a second, 95 % within ${p95.toFixed(1)} ms, ${(100 * late).toFixed(1)} % late`;
}

function print(question: string, { ms, cpuMs, result }: Answer, of: string): void {
  measuredMs[question] = ms;
  const cpu = cpuMs === undefined ? '' : `, ${cpuMs} ms of processors`;
  const load = (loadavg()[0] as number).toFixed(0);
  console.log(`${question}: ${ms.toFixed(0)} ms${cpu} (${result} ${of}, load ${load})`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
