/** Measures how evenly the page draws. Usage: `npm run bench:frames -- --help`. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { preview } from 'vite';
import { readAudioFile } from '../../cli/audio/audio-files';
import { startCommand } from '../../cli/command';
import { requireWritableFile } from '../../cli/output-place';
import type { App } from '../../src/app/app';
import { SHIPPED_MODEL } from '../../src/shared/contracts/model/shipped-model';
import { quantile } from '../../src/shared/lib/math/quantile';
import { ListenPage, openBrowser } from '../../test/e2e/support/listener';
import { packagedSound } from '../../test/e2e/support/sounds';
import { serveWideModel } from './wide-model';

const PORT = 4198;
const FRAME_MS = 1000 / 60;

const usage = `usage: npm run bench:frames -- [--seconds 20] [--backend wasm] [--labels N] [--sound FILE.wav] [--json OUT]

Listens with all meters at 1280×720 in real Chromium and prints, for an empty page, for listening and for scrubbing:
the time from frame to frame, tasks over 50 ms and CPU time of the main thread, and for the last the time from a press to the next
paint (https://web.dev/articles/inp). The empty page tells what this machine can do at best at that moment.

--labels N  gives the shipped model N labels: copies of its own that answer alike`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    backend: { type: 'string', default: 'wasm' },
    labels: { type: 'string' },
    sound: { type: 'string' },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);
const seconds = Number(values.seconds);

interface Watched {
  readonly frameMs: readonly number[];
  readonly longTasksMs: readonly number[];
  /** For each interaction of 16 ms or more: the time from the press to the next paint. */
  readonly interactionsMs: readonly number[];
  /** All interactions, including those below 16 ms. */
  readonly interactionCount: number;
}

/** CPU time of the main thread, in milliseconds each second. */
interface Work {
  readonly script: number;
  readonly style: number;
  readonly layout: number;
  readonly all: number;
}

/** https://w3c.github.io/event-timing/ */
interface EventTiming extends PerformanceEntry {
  readonly interactionId: number;
}

/** Starts recording frames, long tasks and interactions in the page, until `window.endWatch` is called. */
function startWatch(): void {
  const frameMs: number[] = [];
  const longTasksMs: number[] = [];
  const slowest = new Map<number, number>();
  const tasks = new PerformanceObserver((list) => {
    longTasksMs.push(...list.getEntries().map(({ duration }) => duration));
  });
  tasks.observe({ type: 'longtask' });
  const noteEvents = (entries: PerformanceEntryList): void => {
    for (const { interactionId, duration } of entries as EventTiming[]) {
      if (interactionId > 0) slowest.set(interactionId, Math.max(duration, slowest.get(interactionId) ?? 0));
    }
  };
  const events = new PerformanceObserver((list) => noteEvents(list.getEntries()));
  events.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  const counter = performance as unknown as { interactionCount: number };
  const countBefore = counter.interactionCount;
  let last: number | undefined;
  let request = 0;
  const frame = (nowMs: number): void => {
    if (last !== undefined) frameMs.push(nowMs - last);
    last = nowMs;
    request = requestAnimationFrame(frame);
  };
  request = requestAnimationFrame(frame);
  (window as unknown as { endWatch(): Watched }).endWatch = () => {
    cancelAnimationFrame(request);
    noteEvents(events.takeRecords());
    tasks.disconnect();
    events.disconnect();
    const interactionCount = counter.interactionCount - countBefore;
    return { frameMs, longTasksMs, interactionsMs: [...slowest.values()], interactionCount };
  };
}

async function watch(page: Page, meanwhile: () => Promise<void>): Promise<Watched & { work: Work }> {
  const session = await page.context().newCDPSession(page);
  // CPU time: waiting for a processor does not count, so that other programs change it little.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const total = async (): Promise<Map<string, number>> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  };
  await page.evaluate(startWatch);
  const before = await total();
  const startMs = performance.now();
  await meanwhile();
  const after = await total();
  const elapsedSeconds = (performance.now() - startMs) / 1000;
  const grown = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  const perSecond = (name: string): number => (1000 * grown(name)) / elapsedSeconds;
  const work = {
    script: perSecond('ScriptDuration'),
    style: perSecond('RecalcStyleDuration'),
    layout: perSecond('LayoutDuration'),
    all: perSecond('TaskDuration'),
  };
  return { ...(await page.evaluate(() => (window as unknown as { endWatch(): Watched }).endWatch())), work };
}

function summary({ frameMs, longTasksMs, interactionsMs, interactionCount, work }: Watched & { work: Work }) {
  const totalMs = frameMs.reduce((sum, ms) => sum + ms, 0);
  // Interactions that are not reported took less than 16 ms.
  const quick = Array<number>(Math.max(0, interactionCount - interactionsMs.length)).fill(16);
  const interactions = [...interactionsMs, ...quick];
  return {
    framesPerSecond: (1000 * frameMs.length) / totalMs,
    frameMs: { p50: quantile(frameMs, 0.5), p95: quantile(frameMs, 0.95), p99: quantile(frameMs, 0.99) },
    /** Share of the frames that were more than half a frame late. */
    late: frameMs.filter((ms) => ms > 1.5 * FRAME_MS).length / frameMs.length,
    longTasksMs,
    workMsPerSecond: work,
    ...(interactions.length > 0 && {
      interactions: interactions.length,
      pressToPaintMs: { p50: quantile(interactions, 0.5), p98: quantile(interactions, 0.98) },
    }),
  };
}

/** Freezes, moves through the past by keys and by pointer, inspects meters, filters, and unfreezes, over and over. */
async function interact(page: Page): Promise<void> {
  const overview = page.getByRole('slider', { name: 'Moment in the last two minutes' });
  const place = await overview.boundingBox();
  if (!place) throw new Error('the page shows no overview of the last two minutes');
  const endMs = Date.now() + 1000 * seconds;
  while (Date.now() < endMs) {
    await page.keyboard.press('f');
    for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowLeft', { delay: 30 });
    const x = (share: number): number => place.x + share * place.width;
    const y = place.y + place.height / 2;
    await page.mouse.move(x(0.95), y);
    await page.mouse.down();
    for (let share = 0.95; share > 0.5; share -= 0.03) await page.mouse.move(x(share), y);
    await page.mouse.up();
    await page.keyboard.press('f');
    await page.keyboard.press('/');
    await page.keyboard.type('cl', { delay: 60 });
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Tab');
    await page.mouse.move(2, 2);
  }
}

const server = await preview({ preview: { port: PORT, strictPort: true } });
const sound = values.sound ? await readAudioFile(values.sound, 48_000) : await packagedSound('loop_amen.flac');
const browser = await openBrowser({ sound });
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  // The tool that runs this file preserves function names with a helper, which the page lacks.
  await context.addInitScript('globalThis.__name = (named) => named;');
  if (values.labels) await serveWideModel(context, SHIPPED_MODEL, Number(values.labels));
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

  const empty = await context.newPage();
  await empty.goto('about:blank');
  const idle = await watch(empty, wait);
  await empty.close();

  const listen = await ListenPage.open(context, `http://localhost:${PORT}/?backend=${values.backend}`);
  await listen.page.waitForFunction(() => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    return app.state.phase === 'ready';
  });
  await listen.startButton.click();
  await listen.page.waitForFunction(() => (window as unknown as { tagCount: number }).tagCount > 40);
  const meters = await listen.page.getByRole('meter', { includeHidden: true }).count();
  const listening = await watch(listen.page, wait);
  const scrubbing = await watch(listen.page, () => interact(listen.page));

  const result = { meters, empty: summary(idle), listening: summary(listening), scrubbing: summary(scrubbing) };
  const row = ({
    framesPerSecond,
    frameMs,
    late,
    longTasksMs,
    pressToPaintMs,
    workMsPerSecond,
  }: ReturnType<typeof summary>) => ({
    'frames a second': framesPerSecond.toFixed(1),
    'frame p50 / p95 / p99, ms': [frameMs.p50, frameMs.p95, frameMs.p99].map((ms) => ms.toFixed(1)).join(' / '),
    'late frames': `${(100 * late).toFixed(1)} %`,
    'tasks over 50 ms': longTasksMs.length,
    'longest, ms': Math.max(0, ...longTasksMs).toFixed(0),
    'CPU ms/s: script + style + layout / all': `${['script', 'style', 'layout'].map((kind) => workMsPerSecond[kind as 'script'].toFixed(0)).join(' + ')} / ${workMsPerSecond.all.toFixed(0)}`,
    'press to paint p50 / p98, ms': pressToPaintMs ? `${pressToPaintMs.p50} / ${pressToPaintMs.p98}` : '–',
  });
  console.log(`${meters} meters, ${seconds} s each, backend ${(await listen.backendReport()).taken}`);
  console.table({
    'empty page': row(result.empty),
    listening: row(result.listening),
    scrubbing: row(result.scrubbing),
  });
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await browser.close();
  await server.close();
}
