/**
 * `npm run bench:teach-page -- [--labels 20] [--clips 350] [--seconds 5] [--embed 7000] [--json OUT]`: what thousands of
 * clips cost the page, measured in real Chromium on WASM.
 *
 * Fills the store with made sounds, so many clips of so many labels, opens Teach, trains, looks at the proof, pages and
 * filters the list, relabels and deletes all clips and brings them back. Prints how long each step took, the tasks of
 * the main thread over 50 ms in it (by the clock, as the browser reports them, and by processor time, which another
 * program that takes the processor away does not lengthen), and the memory of the page's process. With `--embed` only so many clips are left to
 * be embedded, and the others get made embeddings: for a slow machine.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, expect, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../scripts/chromium.mjs';
import type { App } from '../src/app/app';
import type { TeachParts } from '../src/app/teach-core';

const PORT = 4196;
/** A step that takes longer has failed. */
const LONGEST_STEP_MS = 30 * 60_000;
const LONGEST_START_MS = 120_000;
/** Not at each frame: a page that draws nothing has none. */
const polling = 200;

const { values } = parseArgs({
  options: {
    labels: { type: 'string', default: '20' },
    clips: { type: 'string', default: '350' },
    seconds: { type: 'string', default: '5' },
    embed: { type: 'string', default: 'Infinity' },
    json: { type: 'string' },
  },
});
const made = {
  labels: Number(values.labels),
  clips: Number(values.clips),
  seconds: Number(values.seconds),
  /** A string, because a page cannot be handed infinity. */
  embed: values.embed,
};

interface Step {
  readonly step: string;
  readonly seconds: number;
  readonly longTasksMs: readonly number[];
  readonly longProcessorTasksMs: readonly number[];
  /** Largest resident memory of the page's process until then. */
  readonly peakMegabytes: number;
}

/** What the page's own objects are reached by. */
interface Bench {
  readonly app: App & { teach: { parts: TeachParts } };
  readonly longTasksMs: number[];
}

/** Notes long tasks from the very start of every page. */
function observe(): void {
  const longTasksMs: number[] = [];
  Object.assign(window, {
    bench: {
      longTasksMs,
      get app() {
        return (document.querySelector('earmark-app') as unknown as { app: App }).app;
      },
    },
  });
  new PerformanceObserver((list) => {
    longTasksMs.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
  }).observe({ type: 'longtask' });
}

/** Saves clips of noise, each label with a resonance of its own. */
async function fill({ labels, clips, seconds, embed }: typeof made): Promise<void> {
  const { app } = (window as unknown as { bench: Bench }).bench;
  const sampleRateHz = 32_000;
  const taught = Array.from({ length: labels }, (_, i) => ({ id: `sound_${i + 1}`, name: `Sound ${i + 1}` }));
  async function* sounds() {
    let seed = 2017;
    for (let clip = 0; clip < clips; clip++) {
      for (const [i, label] of taught.entries()) {
        const samples = new Float32Array(seconds * sampleRateHz);
        const turn = 2 * Math.cos((2 * Math.PI * 200 * 1.25 ** i) / sampleRateHz);
        let [last, beforeLast] = [0, 0];
        for (let n = 0; n < samples.length; n++) {
          seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
          const value = 0.99 * turn * last - 0.98 * beforeLast + 0.01 * (seed / 2 ** 31 - 1);
          [last, beforeLast] = [value, last];
          samples[n] = value;
        }
        const keptAtMs = 1_700_000_000_000 + 90_000 * (clip * labels + i);
        yield { samples, sampleRateHz, name: `${label.name}, ${clip + 1}`, labels: [label], reviewed: true, keptAtMs };
      }
    }
  }
  const { library, embeddings } = app.teach.parts;
  const { added } = await library.addAll(sounds(), taught);
  const known = added.slice(Math.min(added.length, Number(embed)));
  for (let first = 0; first < known.length; first += 200) {
    const batch = known.slice(first, first + 200).map((info) => {
      const label = taught.findIndex(({ id }) => info.labels.includes(id));
      const values = Float32Array.from(
        { length: 12 * 256 },
        (_, i) => Math.random() + Number((i % 256) % labels === label),
      );
      return [info.id, values] as const;
    });
    await embeddings.put(new Map(batch), app.state.model?.backbone ?? '');
  }
}

/** A process and the one that started it; only Linux tells. */
async function processes(): Promise<Map<number, { parent: number; command: string; peakMegabytes: number }>> {
  const all = new Map<number, { parent: number; command: string; peakMegabytes: number }>();
  for (const pid of await readdir('/proc').catch(() => [])) {
    const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    const [status, command] = await Promise.all([read('status'), read('cmdline')]);
    const number = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
    all.set(Number(pid), { parent: number('PPid'), command, peakMegabytes: number('VmHWM') / 1024 });
  }
  return all;
}

/** The largest resident memory that a page's process of this browser has had. */
async function peakMegabytes(): Promise<number> {
  const all = await processes();
  const isOurs = (pid: number): boolean => {
    const found = all.get(pid);
    return found !== undefined && (found.command.includes(profile) || isOurs(found.parent));
  };
  const renderers = [...all].filter(([pid, { command }]) => command.includes('--type=renderer') && isOurs(pid));
  return Math.max(0, ...renderers.map(([, renderer]) => renderer.peakMegabytes));
}

const server = spawn('npx', ['vite', 'preview', '--port', String(PORT)], { stdio: 'ignore', detached: true });
const profile = await mkdtemp(join(tmpdir(), 'earmark-bench-'));
const options = chromiumLaunchOptions();
const context = await chromium.launchPersistentContext(profile, { ...options, viewport: { width: 1280, height: 800 } });
const steps: Step[] = [];

/** What Chromium's tracing tells of a task. https://chromium.googlesource.com/catapult/+/HEAD/tracing/README.md */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Notes the main thread's tasks by their processor time. @returns what ends it and gives those over 50 ms. */
async function traceTasks(page: Page): Promise<() => Promise<number[]>> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { categories: 'toplevel', transferMode: 'ReportEvents' });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
    const isMain = ({ pid, tid }: TraceEvent): boolean => mains.some((main) => main.pid === pid && main.tid === tid);
    return events
      .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && (event.tdur ?? 0) > 50_000 && isMain(event))
      .map(({ tdur }) => Math.round((tdur as number) / 1000));
  };
}

/** @throws where the server ended at once: another program's page would be measured in its place. */
async function serverAnswers(): Promise<void> {
  while (server.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (await fetch(`http://localhost:${PORT}/`).catch(() => undefined)) break;
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  if (server.exitCode !== null) throw new Error(`the server ended at once: something else uses port ${PORT}`);
}

/** Does one step and notes what it cost; `work` ends when a person would say that it is done. */
async function measure(page: Page, step: string, work: () => Promise<unknown>): Promise<void> {
  await page.evaluate(() => {
    (window as unknown as { bench: Bench }).bench.longTasksMs.length = 0;
  });
  const endTrace = await traceTasks(page);
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  // Long tasks are told a moment after they ended.
  await page.waitForTimeout(500);
  const longTasksMs = await page.evaluate(() => [...(window as unknown as { bench: Bench }).bench.longTasksMs]);
  steps.push({
    step,
    seconds,
    longTasksMs,
    longProcessorTasksMs: await endTrace(),
    peakMegabytes: await peakMegabytes(),
  });
  process.stderr.write(`${step}: ${seconds.toFixed(1)} s\n`);
}

try {
  await serverAnswers();
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_STEP_MS);
  // The compiler of this file calls it to keep the names of functions, also of those that run in the page.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(observe);
  const open = async (): Promise<void> => {
    await page.goto(`http://localhost:${PORT}/?backend=wasm`);
    const start = page.getByRole('button', { name: 'Start listening', exact: true });
    await expect(start).toBeEnabled({ timeout: LONGEST_START_MS });
  };
  const button = (name: string | RegExp) =>
    page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  const total = made.labels * made.clips;
  await open();
  await page.evaluate(fill, made);
  process.stderr.write(`${total} clips of ${made.seconds} s are saved\n`);

  // A new process, whose memory knows nothing of the filling.
  await page.goto('about:blank');
  await open();
  await measure(page, 'open Teach', async () => {
    await page.getByRole('link', { name: 'Teach' }).click();
    await page.getByText(new RegExp(`${total} of ${total} clips`)).waitFor();
  });
  const trained = page.getByText(/is trained and in use/);
  await measure(page, 'embed all clips', async () => {
    await button('Train').click();
    await page.waitForFunction(
      () => {
        const { app } = (window as unknown as { bench: Bench }).bench;
        return app.teach.state.training?.stage === 'epochs' || app.teach.state.problems.length > 0;
      },
      undefined,
      { polling },
    );
  });
  await measure(page, 'train, with proof', () => trained.waitFor());
  await measure(page, 'look at the proof', async () => {
    await page.locator('earmark-proof').scrollIntoViewIfNeeded();
    await page.waitForFunction(
      (labels) =>
        document
          .querySelector('earmark-app')
          ?.shadowRoot?.querySelector('earmark-teach')
          ?.shadowRoot?.querySelector('earmark-proof')
          ?.shadowRoot?.querySelectorAll('.label').length === labels,
      made.labels,
      { polling },
    );
    await page.waitForTimeout(1000);
  });
  await measure(page, 'train again, embeddings kept', async () => {
    await button('Train').click();
    await page.getByText(/Measuring|Learning/).waitFor();
    await trained.waitFor();
  });
  await measure(page, 'filter and page', async () => {
    await page.getByLabel('Find clips').fill('sound 2');
    await button('Older').click();
    await page.getByLabel('Find clips').fill('');
    await page.getByLabel('Show label').selectOption('Sound 1');
    await page.getByLabel('Show label').selectOption('');
  });
  await measure(page, 'rename a label', async () => {
    await page.getByLabel('Show label').selectOption('Sound 1');
    await button('Rename “Sound 1”').click();
    await page.getByLabel('New name of “Sound 1”').fill('Hum');
    await button('Rename').first().click();
    await page.getByText('is now called').waitFor();
    await page.getByLabel('Show label').selectOption('');
  });
  await measure(page, 'select all, relabel', async () => {
    await page.getByLabel('Select all').check();
    const picker = page.getByRole('combobox', { name: 'Labels that all of them have' });
    await picker.fill('Everything');
    await picker.press('Enter');
    await page.waitForFunction(
      () =>
        (window as unknown as { bench: Bench }).bench.app.teach.state.clips.every(({ labels }) =>
          labels.includes('everything'),
        ),
      undefined,
      { polling },
    );
  });
  await measure(page, 'delete all', async () => {
    await button(`Delete ${total}`).click();
    await page.getByText(`${total} clips were deleted.`).waitFor();
    await page.getByText('No clips yet.').waitFor();
  });
  await measure(page, 'undo', async () => {
    await button('Undo').click();
    await page.getByText(new RegExp(`${total} of ${total} clips`)).waitFor();
  });
  console.table(
    steps.map(({ step, seconds, longTasksMs, longProcessorTasksMs, peakMegabytes: megabytes }) => ({
      step,
      seconds: seconds.toFixed(1),
      'tasks over 50 ms': longTasksMs.length,
      'longest, ms': Math.max(0, ...longTasksMs),
      'by processor time': longProcessorTasksMs.length,
      'longest of them, ms': Math.max(0, ...longProcessorTasksMs),
      'peak memory, MB': megabytes.toFixed(0),
    })),
  );
  const problems = await page.evaluate(() => (window as unknown as { bench: Bench }).bench.app.teach.state.problems);
  if (problems.length > 0) throw new Error(`the page reported: ${problems.map(({ message }) => message).join(' ')}`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ ...made, steps }, null, 2)}\n`);
} finally {
  await context.close();
  rmSync(profile, { recursive: true });
  if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid);
}
