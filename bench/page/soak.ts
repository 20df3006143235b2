/** Listens for an hour with a fault every minute. Usage: `npm run bench:soak -- --help`. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from '@playwright/test';
import { preview } from 'vite';
import { startCommand, UsageError } from '../../cli/command';
import { requireWritableFile } from '../../cli/output-place';
import type { App } from '../../src/app/app';
import { type BackendChoice, backendNames } from '../../src/shared/contracts/backend';
import type { ClipInfo } from '../../src/shared/contracts/clip';
import { keepGraphics, keepHandles, permit } from '../../test/e2e/support/faults';
import { ListenPage, openBrowser } from '../../test/e2e/support/listener';
import { pinkNoise } from '../../test/e2e/support/sounds';
import { countTags, type Fault, faultsOn, keepMore, LONGEST_RECOVERY_MS, tagsOf } from './soak-faults';

const PORT = 4198;
const MINUTE_MS = 60_000;
const TAGS_PER_SECOND = 8;
const MOST_GROWTH_BYTES = 20e6;
/** The heaps are measured this long after a fault, when everything has settled. */
const SETTLED_AFTER_MS = 50_000;

/** Gives Chromium WebGL and WebGPU without a graphics card, so that there is something to lose. */
const softwareGraphics = ['--enable-unsafe-swiftshader', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

const usage = `usage: npm run bench:soak -- [--minutes 60] [--backend wasm] [--dist dist] [--json OUT]

Plays pink noise as the microphone of the built app. Every minute a clip is kept, then something breaks; the app has to
be listening again, by itself or after what it says is pressed. Prints a row a minute, and ends with 1 where anything of
this does not hold: no crash, every fault recovered, no kept clip lost, as many tensors as at first, and the heaps of page
and worker grown by less than 20 MB.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    backend: { type: 'string', default: 'wasm' },
    dist: { type: 'string', default: 'dist' },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);

function asBackend(name: string): BackendChoice {
  const known = [...backendNames, 'auto' as const].find((backend) => backend === name);
  if (known === undefined) throw new UsageError(`“${name}” is no backend: use ${backendNames.join(', ')} or auto`);
  return known;
}

/** Keeps the newest seconds as a clip. @returns the hashes of the sounds that the page lists afterwards. */
function keepClip(page: Page, recording: boolean): Promise<string[]> {
  return page.evaluate(async (alsoRecord) => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    app.dismissRecovery();
    await app.teach.snippets.keepRecent(2);
    app.teach.drafts.close();
    if (alsoRecord) {
      await app.teach.snippets.startRecording();
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
    return app.teach.state.clips.map(({ hash }) => hash);
  }, recording);
}

/** Hashes of the sounds that are complete in the store: a record, and samples of the recorded length. */
function storedClips(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const result = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await result(indexedDB.open('earmark'));
    const transaction = database.transaction(['clips', 'samples']);
    const whole: string[] = [];
    for (const { id, sampleCount, hash } of await result<ClipInfo[]>(transaction.objectStore('clips').getAll())) {
      const wav = await result<ArrayBuffer | undefined>(transaction.objectStore('samples').get(id));
      if (wav?.byteLength === 44 + 2 * sampleCount) whole.push(hash);
    }
    database.close();
    return whole;
  });
}

interface Heaps {
  readonly pageBytes: number;
  readonly workerBytes: number;
}

/** Heaps after a garbage collection: JavaScript objects and array buffer contents. */
class HeapMeter {
  readonly #session: CDPSession;
  readonly #workers = new Map<string, string>();
  readonly #answers = new Map<number, (result: unknown) => void>();
  #calls = 0;

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.title.startsWith('tagger')) this.#workers.set(sessionId, targetInfo.title);
    });
    session.on('Target.detachedFromTarget', ({ sessionId }) => void this.#workers.delete(sessionId));
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message) as { id: number; result: unknown };
      this.#answers.get(id)?.(result);
      this.#answers.delete(id);
    });
  }

  static async of(page: Page): Promise<HeapMeter> {
    const session = await page.context().newCDPSession(page);
    const meter = new HeapMeter(session);
    await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false });
    return meter;
  }

  async measure(): Promise<Heaps> {
    await this.#session.send('HeapProfiler.collectGarbage');
    const page = await this.#session.send('Runtime.getHeapUsage');
    const worker = [...this.#workers.keys()].at(-1);
    if (worker === undefined) throw new Error('the tagger’s heap cannot be found');
    await this.#sendTo(worker, 'HeapProfiler.collectGarbage');
    return { pageBytes: bytesOf(page), workerBytes: bytesOf(await this.#sendTo(worker, 'Runtime.getHeapUsage')) };
  }

  async #sendTo(sessionId: string, method: string): Promise<object> {
    const id = ++this.#calls;
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    await this.#session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return (await answer) as object;
  }
}

function bytesOf(usage: object): number {
  const { usedSize, backingStorageSize = 0 } = usage as { usedSize: number; backingStorageSize?: number };
  return usedSize + backingStorageSize;
}

/** Resolves once tags have arrived for a second with no button left to press. @throws Error if that takes too long. */
async function untilListening(page: Page, replaced = false): Promise<void> {
  const giveUpMs = Date.now() + LONGEST_RECOVERY_MS;
  while (!(await isListening(page, replaced))) {
    if (Date.now() > giveUpMs) throw new Error('it does not listen again');
  }
}

function isListening(page: Page, replaced: boolean): Promise<boolean> {
  const few = TAGS_PER_SECOND / 4;
  return page.evaluate(
    async (asked) => {
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      const { soak } = window as unknown as { soak: { tags: number } };
      const before = soak.tags;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const { phase, problem, recovery } = app.state;
      const settled = phase === 'listening' && problem === undefined && (!asked.replaced || recovery !== undefined);
      return settled && soak.tags >= before + asked.few;
    },
    { few, replaced },
  );
}

/** One minute's row. */
interface Minute {
  readonly minute: number;
  readonly fault: string;
  readonly recoveredSeconds: number | undefined;
  readonly tagsPerSecond: number;
  readonly tensors: number;
  readonly pageBytes: number;
  readonly workerBytes: number;
  readonly clips: number;
  readonly lost: number;
}

const server = await preview({ build: { outDir: values.dist }, preview: { port: PORT, strictPort: true } });
const browser = await openBrowser({ sound: pinkNoise(11), permission: 'asked', arguments: softwareGraphics });
const crashes: string[] = [];
const browserEnded = (): void => void crashes.push('the browser ended');
const minutes: Minute[] = [];
const kept = new Set<string>();
try {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1280, height: 720 } });
  // The tool that runs this file preserves function names with a helper, which the page lacks.
  await context.addInitScript('globalThis.__name = (named) => named;');
  await context.addInitScript(keepHandles);
  await context.addInitScript(keepMore);
  await keepGraphics(context);
  const listen = await ListenPage.open(context, `http://localhost:${PORT}/?backend=${values.backend}`);
  const { page } = listen;
  page.on('crash', () => crashes.push('the page crashed'));
  // Errors that a fault raises in the worker belong to the fault and are not a crash of the app.
  page.on('pageerror', ({ message }) => message.includes('the test crashes') || crashes.push(message));
  browser.on('disconnected', browserEnded);
  const heaps = await HeapMeter.of(page);
  await permit(page, 'granted');
  await listen.start();
  await countTags(page);
  await untilListening(page);

  const faults = Object.entries(faultsOn(asBackend(values.backend)));
  for (let minute = 1; minute <= Number(values.minutes); minute++) {
    const started = Date.now();
    const [fault, { prepare, break: breakIt, replaces, keepsRecording = false }] = faults[
      (minute - 1) % faults.length
    ] as [string, Fault];
    const tagsBefore = await tagsOf(page);
    const listed = await keepClip(page, keepsRecording);
    for (const hash of listed) kept.add(hash);
    let recoveredSeconds: number | undefined;
    try {
      await prepare?.(page);
      const broken = Date.now();
      const after = await breakIt(page);
      await untilListening(page, replaces);
      recoveredSeconds = (Date.now() - broken) / 1000;
      await after?.();
    } catch (error) {
      process.stderr.write(`${fault}: ${(error as Error).message}\n`);
      recoveredSeconds = undefined;
    }
    await page.waitForTimeout(Math.max(0, SETTLED_AFTER_MS - (Date.now() - started)));
    const stored = await storedClips(page);
    // The recording that ran when the microphone ended is a clip of its own.
    const lostRecording = keepsRecording && stored.length <= listed.length ? 1 : 0;
    for (const hash of stored) kept.add(hash);
    const { pageBytes, workerBytes } = await heaps.measure();
    const tensors = await listen.tensorCount();
    await page.waitForTimeout(Math.max(0, MINUTE_MS - (Date.now() - started)));
    const row: Minute = {
      minute,
      fault,
      recoveredSeconds,
      tagsPerSecond: ((await tagsOf(page)) - tagsBefore) / ((Date.now() - started) / 1000),
      tensors,
      pageBytes,
      workerBytes,
      clips: kept.size,
      lost: [...kept].filter((hash) => !stored.includes(hash)).length + lostRecording,
    };
    minutes.push(row);
    const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
    console.log(
      `${String(minute).padStart(3)}  ${fault.padEnd(30)}` +
        `${recoveredSeconds === undefined ? 'NOT RECOVERED' : `recovered in ${recoveredSeconds.toFixed(1)} s`}` +
        `  ${row.tagsPerSecond.toFixed(1)} tags/s  ${tensors} tensors  ` +
        `page ${megabytes(pageBytes)} MB  worker ${megabytes(workerBytes)} MB  ${row.clips} clips, ${row.lost} lost`,
    );
  }
} finally {
  browser.off('disconnected', browserEnded);
  await browser.close();
  await server.close();
}

const [first] = minutes;
const last = minutes.at(-1);
if (!first || !last) throw new Error('no minute was measured');
const held = {
  'no crash': crashes.length === 0,
  'every fault recovered': minutes.every(({ recoveredSeconds }) => recoveredSeconds !== undefined),
  'no clip lost': minutes.every(({ lost }) => lost === 0),
  'no growth of tensors': minutes.every(({ tensors }) => tensors <= first.tensors),
  'page heap grew by less than 20 MB': last.pageBytes - first.pageBytes < MOST_GROWTH_BYTES,
  'worker heap grew by less than 20 MB': last.workerBytes - first.workerBytes < MOST_GROWTH_BYTES,
};
const summary = {
  minutes: minutes.length,
  backend: values.backend,
  crashes,
  recovered: minutes.filter(({ recoveredSeconds }) => recoveredSeconds !== undefined).length,
  clips: last.clips,
  lost: last.lost,
  tensors: [first.tensors, last.tensors],
  pageBytes: [first.pageBytes, last.pageBytes],
  workerBytes: [first.workerBytes, last.workerBytes],
};
console.log(JSON.stringify(summary));
console.table(held);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ summary, minutes }, null, 2)}\n`);
if (Object.values(held).includes(false)) process.exitCode = 1;
