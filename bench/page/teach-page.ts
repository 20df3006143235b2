/** Measures what thousands of clips cost the page. Usage: `npm run bench:teach-page -- --help`. */
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, expect, type Page } from '@playwright/test';
import { preview } from 'vite';
import { startCommand } from '../../cli/command';
import { requireWritableFile } from '../../cli/output-place';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import type { App } from '../../src/app/app';

const PORT = 4196;
/** A step that takes longer has failed. */
const LONGEST_STEP_MS = 15 * 60_000;
const LONGEST_START_MS = 120_000;
/** Not once per frame: a page that draws nothing has no frames. */
const polling = 200;

const usage = `usage: npm run bench:teach-page -- [--labels 20] [--clips 350] [--seconds 5] [--embed 7000] [--json OUT]

Saves made sounds through the store that every import ends in, opens Teach, trains, looks at the proof, pages and
filters the list, relabels and deletes all clips and brings them back. Prints how long each step took, the tasks of
the main thread over 50 ms in it (by the clock, as the browser reports them, and by processor time, which another
program that takes the processor away does not lengthen), and the most memory that the process of the page and its
worker held. With \`--embed\` only so many clips are left to be embedded, and the others get made embeddings: for a slow
machine.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    labels: { type: 'string', default: '20' },
    clips: { type: 'string', default: '350' },
    seconds: { type: 'string', default: '5' },
    embed: { type: 'string', default: 'Infinity' },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);
const made = {
  labels: Number(values.labels),
  clips: Number(values.clips),
  seconds: Number(values.seconds),
  /** A string, because infinity cannot be passed to a page. */
  embed: values.embed,
};

interface Step {
  readonly step: string;
  readonly seconds: number;
  readonly longTasksMs: readonly number[];
  readonly longProcessorTasksMs: readonly number[];
  /** Peak resident memory during the step, of the process that runs the page and its worker. */
  readonly peakMegabytes: number;
}

/** Milestones of a training, on the page's clock. */
interface TrainingTimes {
  readonly pressedMs: number;
  /** All clips had been through the network. */
  readonly embeddedMs: number;
  readonly trainedMs: number;
}

/** Handles to the page's own objects. */
interface Bench {
  readonly app: App;
  readonly longTasksMs: number[];
  /** Of the training that {@link watchTraining} was last called for. */
  training?: { embedded: Promise<void>; times: Promise<TrainingTimes> };
}

/** Records long tasks from the very start of every page. */
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

/** Records, from the app's own state, the milestones of the training that the next button press starts. */
function watchTraining(): void {
  const { bench } = window as unknown as { bench: Bench };
  const { teach } = bench.app;
  let tellEmbedded: () => void = () => {};
  const embedded = new Promise<void>((resolve) => {
    tellEmbedded = resolve;
  });
  const times = new Promise<TrainingTimes>((resolve) => {
    let pressedMs: number | undefined;
    let embeddedMs: number | undefined;
    const end = teach.subscribe(({ training }) => {
      if (training) {
        pressedMs ??= performance.now();
        if (training.stage === 'clips' && (training.total === 0 || training.done < training.total)) return;
        embeddedMs ??= performance.now();
        tellEmbedded();
      } else if (pressedMs !== undefined) {
        end();
        tellEmbedded();
        resolve({ pressedMs, embeddedMs: embeddedMs ?? performance.now(), trainedMs: performance.now() });
      }
    });
  });
  bench.training = { embedded, times };
}

/** Saves clips of noise, each label with its own resonance. */
async function fill({ labels, clips, seconds, embed }: typeof made): Promise<void> {
  const { app } = (window as unknown as { bench: Bench }).bench;
  const sampleRateHz = 32_000;
  const taught = Array.from({ length: labels }, (_, i) => ({ id: `sound_${i + 1}`, name: `Sound ${i + 1}` }));
  async function* sounds() {
    let seed = 2017;
    for (let clip = 0; clip < clips; clip++) {
      for (const [i, label] of taught.entries()) {
        const samples = new Int16Array(seconds * sampleRateHz);
        const turn = 2 * Math.cos((2 * Math.PI * 200 * 1.25 ** i) / sampleRateHz);
        let [last, beforeLast] = [0, 0];
        for (let n = 0; n < samples.length; n++) {
          seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
          const value = 0.99 * turn * last - 0.98 * beforeLast + 0.01 * (seed / 2 ** 31 - 1);
          [last, beforeLast] = [value, last];
          samples[n] = Math.max(-1, Math.min(1, value)) * 32_767;
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

/** Each process and its parent; Linux only. */
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

/** The processes that run a page of this browser, with its worker. */
async function renderers() {
  const all = await processes();
  const isOurs = (pid: number): boolean => {
    const found = all.get(pid);
    return found !== undefined && (found.command.includes(profile) || isOurs(found.parent));
  };
  return [...all].filter(([pid, { command }]) => command.includes('--type=renderer') && isOurs(pid));
}

/** Resets the peak. https://docs.kernel.org/filesystems/proc.html */
async function forgetPeak(): Promise<void> {
  for (const [pid] of await renderers()) await writeFile(`/proc/${pid}/clear_refs`, '5');
}

/** The peak resident memory of any renderer since {@link forgetPeak}. */
async function peakMegabytes(): Promise<number> {
  return Math.max(0, ...(await renderers()).map(([, renderer]) => renderer.peakMegabytes));
}

const server = await preview({ preview: { port: PORT, strictPort: true } });
const profile = await mkdtemp(join(tmpdir(), 'earmark-bench-'));
const options = chromiumLaunchOptions();
const context = await chromium.launchPersistentContext(profile, { ...options, viewport: { width: 1280, height: 800 } });
const steps: Step[] = [];

/** A task in Chromium's trace. https://chromium.googlesource.com/catapult/+/HEAD/tracing/README.md */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const isTask = (name: string): boolean => name === 'ThreadControllerImpl::RunTask';

/**
 * Records the main thread's tasks by processor time. @returns a function that stops recording and gives those over 50
 * ms.
 */
async function traceTasks(page: Page): Promise<() => Promise<number[]>> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  let timedTasks = 0;
  session.on('Tracing.dataCollected', ({ value }) => {
    // Minutes of short tasks would fill the memory.
    const told = value as unknown as TraceEvent[];
    events.push(...told.filter(({ name, tdur }) => name === 'thread_name' || (isTask(name) && (tdur ?? 0) > 50_000)));
    timedTasks += told.filter(({ name, tdur }) => isTask(name) && tdur !== undefined).length;
  });
  await session.send('Tracing.start', { categories: 'toplevel', transferMode: 'ReportEvents' });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    if (timedTasks === 0) throw new Error('this browser does not tell the processor time of its tasks');
    const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
    const isMain = ({ pid, tid }: TraceEvent): boolean => mains.some((main) => main.pid === pid && main.tid === tid);
    return events
      .filter((event) => isTask(event.name) && isMain(event))
      .map(({ tdur }) => Math.round((tdur as number) / 1000));
  };
}

/**
 * Runs one step and records its cost.
 *
 * @param work resolves when a person would say that it is done; may give its duration in seconds by the page's clock.
 * @throws if the page reports a problem.
 */
async function measure(page: Page, step: string, work: () => Promise<unknown>): Promise<void> {
  await forgetPeak();
  const endTrace = await traceTasks(page);
  const start = performance.now();
  const told = await work();
  const seconds = typeof told === 'number' ? told : (performance.now() - start) / 1000;
  // Long tasks are reported a moment after they end.
  await page.waitForTimeout(500);
  const { longTasksMs, problems } = await page.evaluate(() => {
    const { bench } = window as unknown as { bench: Bench };
    return { longTasksMs: bench.longTasksMs.splice(0), problems: bench.app.teach.state.problems };
  });
  const longProcessorTasksMs = await endTrace();
  steps.push({ step, seconds, longTasksMs, longProcessorTasksMs, peakMegabytes: await peakMegabytes() });
  const longest = `longest task ${Math.max(0, ...longTasksMs)} ms, ${Math.max(0, ...longProcessorTasksMs)} ms of processor`;
  // Printed at once: if a run is cut off, this is what is left.
  process.stderr.write(`${step}: ${seconds.toFixed(1)} s, ${longest}\n`);
  if (problems.length > 0)
    throw new Error(`the page reported: ${problems.map((problem) => JSON.stringify(problem)).join(' ')}`);
}

/** Seconds between two milestones of the watched training. Waits for its end. */
async function trainingSeconds(page: Page, from: keyof TrainingTimes, to: keyof TrainingTimes): Promise<number> {
  const times = await page.evaluate(() => (window as unknown as { bench: Bench }).bench.training?.times);
  if (times === undefined) throw new Error('no training was watched');
  return (times[to] - times[from]) / 1000;
}

try {
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_STEP_MS);
  // This file's compiler calls it to preserve function names, also in functions that run in the page.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(observe);
  const open = async (): Promise<void> => {
    await page.goto(`http://localhost:${PORT}/?backend=wasm`);
    const start = page.getByRole('button', { name: 'Start listening', exact: true });
    await expect(start).toBeEnabled({ timeout: LONGEST_START_MS });
    // Other benchmarks measure the cost of starting the app.
    await page.waitForTimeout(1000);
    await page.evaluate(() => (window as unknown as { bench: Bench }).bench.longTasksMs.splice(0));
  };
  const button = (name: string | RegExp) =>
    page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  const total = made.labels * made.clips;
  await open();
  await measure(page, 'save all clips', () => page.evaluate(fill, made));
  // A page without leftovers of the generated sounds in its memory.
  await page.goto('about:blank');
  await open();
  await measure(page, 'open Teach', async () => {
    await page.getByRole('link', { name: 'Teach' }).click();
    await page.getByText(new RegExp(`${total} of ${total} clips`)).waitFor();
  });
  const trained = page.getByText(/is trained and in use/);
  await page.evaluate(watchTraining);
  await measure(page, 'embed all clips', async () => {
    await button('Train').click();
    await page.evaluate(() => (window as unknown as { bench: Bench }).bench.training?.embedded);
  });
  await measure(page, 'train, with proof', async () => {
    const seconds = await trainingSeconds(page, 'embeddedMs', 'trainedMs');
    await trained.waitFor();
    return seconds;
  });
  const taught = await page.evaluate(() => {
    const { state } = (window as unknown as { bench: Bench }).bench.app.teach;
    const head = state.heads.find(({ id }) => id === state.active);
    return head && { labels: head.proof.labels.map(({ auc }) => auc?.value ?? null), clips: head.proof.clips };
  });
  if (!taught) throw new Error('no taught head is in use');
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
  await page.evaluate(watchTraining);
  await measure(page, 'train again, embeddings kept', async () => {
    await button('Train').click();
    return trainingSeconds(page, 'pressedMs', 'trainedMs');
  });
  await measure(page, 'filter and page', async () => {
    if (await button('Older').isVisible()) await button('Older').click();
    await page.getByLabel('Find clips').fill('sound 2');
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
    const picker = page.getByRole('combobox', { name: 'Labels of all selected clips' });
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
  const aucs = taught.labels.filter((auc) => auc !== null);
  const result = {
    clips: total,
    labels: made.labels,
    secondsOfSound: total * made.seconds,
    meanAuc: aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length,
    measuredLabels: aucs.length,
    peakMegabytes: Math.max(...steps.map(({ peakMegabytes: megabytes }) => megabytes)),
    steps,
  };
  console.log(
    `${total} clips of ${made.labels} labels, ${result.secondsOfSound} s of sound. The head is in use; its mean AUC in ` +
      `cross-validation is ${result.meanAuc.toFixed(4)}, over ${aucs.length} labels.`,
  );
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await context.close();
  rmSync(profile, { recursive: true });
  await server.close();
}
