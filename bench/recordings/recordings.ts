/** Measures the Recordings view in Chromium. Usage: `npm run bench:recordings -- --help`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { startCommand } from '../../cli/command';
import { requireWritableFile } from '../../cli/output-place';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import type { App } from '../../src/app/app';
import { tileSeconds } from '../../src/recordings/picture/fine-tile';
import { quantile } from '../../src/shared/lib/math/quantile';
import { wavHeader } from '../../src/tagger/recordings/wav-header';
import type { EarmarkRecordingPicture } from '../../src/ui/recordings/picture/earmark-recording-picture';

const PORT = 4199;
const LARGE_BYTES = 10e9;
const VIEWS = 20;

const usage = `usage: npm run bench:recordings -- [--only mp3,long,ogg,large] [--port ${PORT}] [--json OUT]
                                     [--folder DIR] [--hours 10]

Opens recordings in Chromium and prints how long tagging takes, how much memory all processes of the page need beyond
an idle page, and the main thread's longest task. It needs ffmpeg, which makes them. --folder: where they are kept for
another run.

  mp3    an hour of 44.1 kHz stereo MP3
  long   --hours of it; then also ${VIEWS} jumps and zooms, and frames a second while it plays
  ogg    --hours of Opus, then of Vorbis, that were not tagged yet: ${VIEWS} jumps to stretches of half a minute and less
  large  10 GB of WAV (RF64, sparse): when its overview is there, and that it is being tagged`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'mp3,long,ogg,large' },
    port: { type: 'string', default: String(PORT) },
    json: { type: 'string' },
    folder: { type: 'string' },
    hours: { type: 'string', default: '10' },
  },
});

requireWritableFile(values.json);
const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'bench-recordings-')));
const address = `http://localhost:${values.port}`;
const figures: Record<string, number | string> = {};

/** Hours of the demo's sounds, at 128 kbit/s. */
function mp3(hours: number): string {
  const path = join(folder, `${hours}h.mp3`);
  if (existsSync(path)) return path;
  const hour = join(folder, '1h.mp3');
  const inputs =
    hours === 1
      ? ['-stream_loop', '-1', '-i', 'public/demo/sounds.mp3', '-t', '3600', '-ac', '2', '-ar', '44100', '-b:a', '128k']
      : ['-stream_loop', String(hours - 1), '-i', hour, '-c', 'copy'];
  if (hours > 1 && !existsSync(hour)) mp3(1);
  runFfmpeg(...inputs, path);
  return path;
}

/** Hours of the demo's sounds in Ogg: ten minutes, over and over. @param codec ffmpeg's name. */
function ogg(codec: string, hours: number): string {
  const path = join(folder, `${hours}h-${codec}.ogg`);
  if (existsSync(path)) return path;
  const part = join(folder, `10min-${codec}.ogg`);
  const encoding = ['-t', '600', '-ac', '2', '-ar', '48000', '-c:a', codec];
  runFfmpeg('-stream_loop', '-1', '-i', 'public/demo/sounds.mp3', ...encoding, part);
  runFfmpeg('-stream_loop', String(6 * hours - 1), '-i', part, '-c', 'copy', path);
  return path;
}

function runFfmpeg(...args: string[]): void {
  const made = spawnSync('ffmpeg', ['-loglevel', 'error', '-y', ...args], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`ffmpeg: ${made.stderr || made.error?.message}`);
}

/** A WAV file of 10 GB of which the disk holds only the header. */
async function largeWav(): Promise<string> {
  const path = join(folder, 'large.wav');
  const file = await open(path, 'w');
  await file.write(wavHeader(LARGE_BYTES, 48_000));
  await file.truncate(80 + LARGE_BYTES);
  await file.close();
  return path;
}

/** What all renderers use: workers are threads of them. Memory is proportional, in MB; processor time is that since their start. */
async function rendererUse(browser: Browser): Promise<{ megabytes: number; cpuSeconds: number }> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  let kilobytes = 0;
  let cpuSeconds = 0;
  for (const { type, id, cpuTime } of processInfo) {
    if (type !== 'renderer') continue;
    cpuSeconds += cpuTime;
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  await session.detach();
  return { megabytes: kilobytes / 1024, cpuSeconds };
}

function noteLoad(name: string): void {
  figures[`${name}: load of the machine`] = Math.round(10 * (loadavg()[0] as number)) / 10;
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  // The bundler that runs this file gives functions their names by a helper, which a page lacks.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(() => {
    const seen = { longestMs: 0, frames: [] as number[] };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longestMs = Math.max(seen.longestMs, duration);
    }).observe({ type: 'longtask' });
  });
  await page.goto(`${address}/?backend=wasm#/recordings`);
  await page.locator('input[name="files"]').waitFor({ state: 'attached', timeout: 120_000 });
  await page.waitForTimeout(5000);
  await page.evaluate(() => {
    (window as unknown as { seen: { longestMs: number } }).seen.longestMs = 0;
  });
  return page;
}

function stateOf(page: Page) {
  return page.evaluate(() => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    const [recording] = app.recordings.state.recordings;
    const { longestMs } = (window as unknown as { seen: { longestMs: number } }).seen;
    return { activity: recording?.activity, doneSeconds: recording?.doneSeconds ?? 0, longestMs };
  });
}

async function tagged(name: string, path: string, browser: Browser, page: Page): Promise<void> {
  const idle = await rendererUse(browser);
  const startedMs = performance.now();
  await page.locator('input[name="files"]').setInputFiles(path);
  let most = 0;
  for (;;) {
    await page.waitForTimeout(1000);
    most = Math.max(most, (await rendererUse(browser)).megabytes);
    const { activity } = await stateOf(page);
    if (activity === 'failed') throw new Error(`${name} could not be tagged`);
    if (activity === 'done') break;
  }
  figures[`${name}: tagged in, s`] = Math.round((performance.now() - startedMs) / 100) / 10;
  figures[`${name}: memory beyond an idle page, MB`] = Math.round(most - idle.megabytes);
  const { cpuSeconds } = await rendererUse(browser);
  figures[`${name}: processor time of it, s`] = Math.round(10 * (cpuSeconds - idle.cpuSeconds)) / 10;
  figures[`${name}: longest task of the main thread, ms`] = Math.round((await stateOf(page)).longestMs);
  noteLoad(name);
}

/** How long it takes from a jump or zoom until the picture of that place is there. */
async function lookAround(name: string, page: Page, spans: readonly number[]): Promise<void> {
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.locator('earmark-recording-picture').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2000);
  const times = await page.evaluate(
    async ({ views, spans, tileSeconds }) => {
      const deep = (root: ParentNode): Element | undefined => {
        for (const element of root.querySelectorAll('*')) {
          if (element.matches('earmark-recording-viewer')) return element;
          const inside = element.shadowRoot && deep(element.shadowRoot);
          if (inside) return inside;
        }
        return undefined;
      };
      const viewer = deep(document) as unknown as {
        view: { fromSeconds: number; toSeconds: number };
        length: number;
        shadowRoot: ShadowRoot;
        opened: {
          tile(level: number, index: number): Promise<unknown>;
          player: { play(from: number, to: number, loops: boolean): void; stop(): void };
        };
      };
      const picture = viewer.shadowRoot.querySelector('earmark-recording-picture') as EarmarkRecordingPicture;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const jumps: number[] = [];
      for (let i = 0; i < views; i++) {
        const span = Math.min(viewer.length, spans[i % spans.length] as number);
        const fromSeconds = ((i * 0.618) % 1) * (viewer.length - span);
        const startedMs = performance.now();
        viewer.view = { fromSeconds, toSeconds: fromSeconds + span };
        do await frame();
        while (!picture.isComplete && performance.now() - startedMs < 10_000);
        jumps.push(performance.now() - startedMs);
      }
      // What a jump waits for at least: the finest tile of a place is computed from the file.
      const tiles: number[] = [];
      for (let i = 0; i < views; i++) {
        const startedMs = performance.now();
        await viewer.opened.tile(0, Math.floor(((i * 0.618 + 0.3) % 1) * (viewer.length / tileSeconds)));
        tiles.push(performance.now() - startedMs);
      }
      const middle = viewer.length / 2;
      viewer.view = { fromSeconds: middle, toSeconds: middle + 60 };
      viewer.opened.player.play(middle, middle + 30, false);
      await new Promise((resolve) => setTimeout(resolve, 2000));
      const frames: number[] = [];
      let last = performance.now();
      for (let i = 0; i < 300; i++) {
        await frame();
        frames.push(performance.now() - last);
        last = performance.now();
      }
      viewer.opened.player.stop();
      return { jumps, tiles, frames };
    },
    { views: VIEWS, spans, tileSeconds: tileSeconds(0) },
  );
  for (const [what, unsorted] of [
    ['jump or zoom', times.jumps],
    ['finest tile of another place', times.tiles],
  ] as const) {
    const sorted = [...unsorted].sort((a, b) => a - b);
    figures[`${name}: ${what}, median ms`] = Math.round(quantile(sorted, 0.5));
    figures[`${name}: ${what}, slowest ms`] = Math.round(sorted.at(-1) as number);
  }
  const mean = times.frames.reduce((sum, ms) => sum + ms, 0) / times.frames.length;
  figures[`${name}: frames a second while it plays`] = Math.round(10_000 / mean) / 10;
  noteLoad(`${name}, looked at`);
}

/** Jumps in a file of which hardly anything was read. */
async function jumpedInto(name: string, path: string, page: Page): Promise<void> {
  await page.locator('input[name="files"]').setInputFiles(path);
  // What was never begun cannot be opened.
  while ((await stateOf(page)).doneSeconds === 0) await page.waitForTimeout(100);
  await page.evaluate(() =>
    (document.querySelector('earmark-app') as unknown as { app: App }).app.recordings.pauseAll(true),
  );
  await lookAround(name, page, [30, 10]);
  figures[`${name}: tagged before, s`] = Math.round((await stateOf(page)).doneSeconds);
}

async function large(browser: Browser, page: Page): Promise<void> {
  const path = await largeWav();
  await page.locator('input[name="files"]').setInputFiles(path);
  await page.getByRole('listitem').getByRole('link').first().waitFor();
  const startedMs = performance.now();
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.waitForFunction(() => {
    const deep = (root: ParentNode): EarmarkRecordingPicture | undefined => {
      for (const element of root.querySelectorAll('*')) {
        if (element.matches('earmark-recording-picture')) return element as EarmarkRecordingPicture;
        const inside = element.shadowRoot && deep(element.shadowRoot);
        if (inside) return inside;
      }
      return undefined;
    };
    return deep(document)?.hasOverview;
  });
  figures['10 GB WAV: overview after, ms'] = Math.round(performance.now() - startedMs);
  const before = (await stateOf(page)).doneSeconds;
  const tagStartMs = performance.now();
  await page.waitForTimeout(20_000);
  const rate = ((await stateOf(page)).doneSeconds - before) / ((performance.now() - tagStartMs) / 1000);
  figures['10 GB WAV: tagged in the background, seconds of sound a second'] = Math.round(rate);
  figures['10 GB WAV: renderers, MB'] = Math.round((await rendererUse(browser)).megabytes);
  noteLoad('10 GB WAV');
}

async function visit(work: (browser: Browser, page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    await work(browser, await openPage(browser));
  } finally {
    await browser.close();
  }
}

const server = await preview({ preview: { port: Number(values.port), strictPort: true } });
try {
  const only = values.only.split(',');
  if (only.includes('mp3')) await visit((browser, page) => tagged('1 h MP3', mp3(1), browser, page));
  if (only.includes('long')) {
    await visit(async (browser, page) => {
      const name = `${values.hours} h MP3`;
      await tagged(name, mp3(Number(values.hours)), browser, page);
      await lookAround(name, page, [36_000, 3600, 600, 60]);
    });
  }
  if (only.includes('ogg')) {
    for (const codec of ['libopus', 'libvorbis']) {
      const path = ogg(codec, Number(values.hours));
      await visit((_, page) => jumpedInto(`${values.hours} h Ogg, ${codec}`, path, page));
    }
  }
  if (only.includes('large')) await visit(large);
} finally {
  await server.close();
  if (values.folder === undefined) await rm(folder, { recursive: true });
}
console.table(figures);
if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
