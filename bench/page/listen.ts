/** Measures the cost of listening. Usage: `npm run bench:listen -- --help`. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { preview } from 'vite';
import { startCommand } from '../../cli/command';
import { requireWritableFile } from '../../cli/output-place';
import type { App } from '../../src/app/app';
import { quantile } from '../../src/shared/lib/math/quantile';
import { ListenPage, openBrowser } from '../../test/e2e/support/listener';
import { pinkNoise } from '../../test/e2e/support/sounds';

const PORT = 4199;

const usage = `usage: npm run bench:listen -- [--minutes 10] [--backend wasm] [--json OUT]

Plays pink noise as the microphone of the built app and prints: the time to the first tag, tags a second, the latency
from a sound to its meter, tasks over 50 ms on the main thread, and what grows: tensors and JavaScript heap.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    backend: { type: 'string', default: 'wasm' },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);

/** One tag, as drawn by the page. */
interface DrawnTag {
  /** End of the window, on the audio clock, in milliseconds. */
  readonly windowEndMs: number;
  /** From the window's end to the frame that drew it. */
  readonly ageMs: number;
  readonly modelMs: number;
}

interface Growth {
  readonly tensors: number;
  readonly pageBytes: number;
  readonly workerBytes: number;
}

/** https://wicg.github.io/performance-measure-memory/ */
interface MemoryMeasuring {
  measureUserAgentSpecificMemory(): Promise<{
    breakdown: { bytes: number; attribution: { scope: string }[] }[];
  }>;
}

interface Recorder {
  readonly tags: DrawnTag[];
  readonly longTasksMs: number[];
}

/**
 * Latencies for sounds at every millisecond: a sound first appears in the next window that ends after it, and is
 * visible when that window's tag is drawn.
 */
function soundToMeterMs(tags: readonly DrawnTag[]): number[] {
  return tags.slice(1).flatMap(({ windowEndMs, ageMs }, i) => {
    const sinceLastMs = windowEndMs - (tags[i] as DrawnTag).windowEndMs;
    return Array.from({ length: Math.round(sinceLastMs) }, (_, waitedMs) => waitedMs + ageMs);
  });
}

/** Records every tag with the frame that draws it, and every long task. */
function record(): void {
  const recorder: Recorder = { tags: [], longTasksMs: [] };
  (window as unknown as { recorder: Recorder }).recorder = recorder;
  const { app } = document.querySelector('earmark-app') as unknown as { app: App };
  app.tags.subscribe(({ tags, latencyMs }) => {
    const arrivedMs = performance.now();
    requestAnimationFrame(() =>
      // A task after the frame: what the frame drew is on its way to the screen.
      setTimeout(() =>
        recorder.tags.push({
          windowEndMs: tags.windowEndSeconds * 1000,
          ageMs: latencyMs + performance.now() - arrivedMs,
          modelMs: tags.modelMs,
        }),
      ),
    );
  });
  new PerformanceObserver((list) => {
    recorder.longTasksMs.push(...list.getEntries().map((entry) => entry.duration));
  }).observe({ type: 'longtask' });
}

/** Memory of the page and its worker after a garbage collection. Chromium reports it to isolated pages. */
async function growthOf(listen: ListenPage): Promise<Growth> {
  const breakdown = await listen.page.evaluate(async () => {
    const memory = await (performance as unknown as MemoryMeasuring).measureUserAgentSpecificMemory();
    return memory.breakdown.map(({ bytes, attribution }) => ({ bytes, scope: attribution[0]?.scope }));
  });
  const bytesOf = (scope: string): number =>
    breakdown.filter((part) => part.scope === scope).reduce((sum, part) => sum + part.bytes, 0);
  return {
    tensors: await listen.tensorCount(),
    pageBytes: bytesOf('Window'),
    workerBytes: bytesOf('DedicatedWorkerGlobalScope'),
  };
}

const server = await preview({ preview: { port: PORT, strictPort: true } });
const browser = await openBrowser({
  sound: pinkNoise(10),
  // Measures memory at once instead of at the next garbage collection.
  arguments: ['--enable-blink-features=ForceEagerMeasureMemory'],
});
try {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1280, height: 720 } });
  const listen = await ListenPage.open(context, `http://localhost:${PORT}/?backend=${values.backend}`);
  await listen.startButton.isEnabled();
  await listen.page.waitForFunction(() => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    return app.state.phase === 'ready';
  });
  await listen.page.evaluate(record);
  const pressed = Date.now();
  await listen.startButton.click();
  await listen.page.waitForFunction(() => (window as unknown as { recorder: Recorder }).recorder.tags.length > 0);
  const firstTagMs = Date.now() - pressed;

  // Steady state: one-time costs are over after ten seconds.
  await listen.page.waitForTimeout(10_000);
  await listen.page.evaluate(() => {
    const { recorder } = window as unknown as { recorder: Recorder };
    recorder.tags.length = 0;
    recorder.longTasksMs.length = 0;
  });
  const before = await growthOf(listen);
  const seconds = Number(values.minutes) * 60;
  for (let second = 0; second < seconds; second += 10) {
    await listen.page.waitForTimeout(Math.min(10, seconds - second) * 1000);
    process.stderr.write(`\r${Math.min(second + 10, seconds)} of ${seconds} s`);
  }
  process.stderr.write('\n');
  const { tags, longTasksMs } = await listen.page.evaluate(
    () => (window as unknown as { recorder: Recorder }).recorder,
  );
  const after = await growthOf(listen);
  const latencies = soundToMeterMs(tags);
  const report = await listen.backendReport();
  const heard = ((tags.at(-1)?.windowEndMs ?? 0) - (tags[0]?.windowEndMs ?? 0)) / 1000;
  const result = {
    backend: report.taken,
    minutes: Number(values.minutes),
    firstTagMs,
    tagsPerSecond: (tags.length - 1) / heard,
    soundToMeterMs: { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95), max: quantile(latencies, 1) },
    modelMs: {
      p50: quantile(
        tags.map((tag) => tag.modelMs),
        0.5,
      ),
      p95: quantile(
        tags.map((tag) => tag.modelMs),
        0.95,
      ),
    },
    longTasksMs,
    tensors: { before: before.tensors, after: after.tensors },
    pageGrowthBytes: after.pageBytes - before.pageBytes,
    workerGrowthBytes: after.workerBytes - before.workerBytes,
  };
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  const range = (q: { p50: number; p95: number }): string => `p50 ${q.p50.toFixed(1)}, p95 ${q.p95.toFixed(1)} ms`;
  console.table({
    backend: report.taken,
    'listened for': `${values.minutes} min`,
    'button to first tag': `${firstTagMs} ms`,
    'tags a second': result.tagsPerSecond.toFixed(2),
    'sound to meter': range(result.soundToMeterMs),
    'network a tag': range(result.modelMs),
    'main-thread tasks over 50 ms': longTasksMs.length,
    'tensors, before and after': `${before.tensors}, ${after.tensors}`,
    'page memory, growth': `${megabytes(after.pageBytes)}, ${megabytes(result.pageGrowthBytes)}`,
    'worker memory, growth': `${megabytes(after.workerBytes)}, ${megabytes(result.workerGrowthBytes)}`,
  });
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await browser.close();
  await server.close();
}
