import { type Browser, type CDPSession, chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import type { Bench, Start } from './page/bench-page';
import { emptyRow, type Measured, type Row, rowOf } from './rows';
import type { Site } from './serve-site';
import { nameOf, reference, type System } from './systems';

/** How much to measure. */
export interface Effort {
  /** Number of starts with the files in the browser's cache; the median counts. */
  readonly warmStarts: number;
  readonly rounds: number;
  /** Rounds for slow systems. */
  readonly slowRounds: number;
  /** Memory is measured after this many rounds each, and at the end. */
  readonly roundsPerMemory: number;
  /** Seconds of tagging 8 times per second, to measure the share of a core. */
  readonly listenSeconds: number;
}

/** Time limit of a start, with its repetitions, or of a turn. */
const LIMIT_SECONDS = 120;
const WARM_UP_TAGS = 3;
const TAGS_PER_TURN = 8;
/** A system whose tag takes more CPU time gets one tag per turn, and fewer turns. */
const SLOW_TAG_MS = 80;

/** A system being measured. */
interface Running extends Measured {
  readonly name: string;
  readonly tagsPerTurn: number;
  readonly isSlow: boolean;
}

/** Why there is nothing to measure if {@link BenchBrowser.openWithWebgpu} finds no browser. */
export const NO_WEBGPU = 'this browser offers no WebGPU adapter, not even one in software';

/** A browser with the benchmark page. */
export class BenchBrowser {
  readonly #site: Site;
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #cdp: CDPSession;

  private constructor(site: Site, browser: Browser, page: Page, cdp: CDPSession) {
    this.#site = site;
    this.#browser = browser;
    this.#page = page;
    this.#cdp = cdp;
  }

  static async open(site: Site, options: readonly string[] = []): Promise<BenchBrowser> {
    const usual = chromiumLaunchOptions();
    const browser = await chromium.launch({
      ...usual,
      // Measures memory at once instead of at the next garbage collection.
      args: [...usual.args, '--enable-blink-features=ForceEagerMeasureMemory', ...options],
    });
    const page = await browser.newPage();
    await page.goto(site.url);
    return new BenchBrowser(site, browser, page, await browser.newBrowserCDPSession());
  }

  /** A browser whose WebGPU uses the machine's adapter, else a software adapter; undefined without either. */
  static async openWithWebgpu(site: Site): Promise<BenchBrowser | undefined> {
    for (const options of [[], ['--use-webgpu-adapter=swiftshader']]) {
      const browser = await BenchBrowser.open(site, ['--enable-unsafe-webgpu', ...options]);
      if (await browser.#hasWebgpuAdapter()) return browser;
      await browser.close();
    }
    return undefined;
  }

  get version(): string {
    return this.#browser.version();
  }

  #hasWebgpuAdapter(): Promise<boolean> {
    return this.#page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** Starts a worker that answers once, and returns its answer. @throws Error if it fails or is late. */
  answerOf<T>(worker: string, limitSeconds: number): Promise<T> {
    const answer = this.#page.evaluate<unknown, string>(
      (url) =>
        new Promise((resolve, reject) => {
          const started = new Worker(url);
          started.onmessage = ({ data }) => resolve(data);
          started.onerror = ({ message }) => reject(new Error(message || 'its worker could not be started'));
        }),
      worker,
    );
    return within(limitSeconds, answer as Promise<T>);
  }

  /**
   * Measures systems in turns: each has a turn in every round, so that disturbances of the machine affect all alike. A
   * system that cannot be run gets a row with the reason, and the others continue.
   *
   * @param systems the reference first.
   * @param shareOf names of the systems whose share of a core is measured.
   */
  async measure(
    systems: readonly System[],
    shareOf: readonly string[],
    effort: Effort,
    onProgress: (step: string) => void,
  ): Promise<Row[]> {
    const failures = new Map<string, string>();
    const attempt = async <T>(system: System, step: string, run: () => Promise<T>): Promise<T | undefined> => {
      const name = nameOf(system);
      if (failures.has(name)) return undefined;
      onProgress(`${name}: ${step}`);
      try {
        return await within(LIMIT_SECONDS, run());
      } catch (error) {
        failures.set(name, firstLine(error));
        await this.#call('stop', name);
        return undefined;
      }
    };
    const measured: Running[] = [];
    for (const system of systems) {
      const one = await attempt(system, 'starting', () => this.#start(system, effort));
      if (one !== undefined) measured.push(one);
    }
    for (let round = 0; round < effort.rounds; round++) {
      for (const one of measured) {
        if (one.isSlow && round >= effort.slowRounds) continue;
        await attempt(one.system, `round ${round + 1} of ${effort.rounds}`, async () => {
          const { result, cpuMs } = await this.#withCpuTime(() => this.#call('tag', one.name, one.tagsPerTurn));
          one.rounds.push(result);
          one.tagCpuMs += cpuMs;
        });
      }
      if ((round + 1) % effort.roundsPerMemory === 0) await this.#noteMemory(measured);
    }
    for (const one of measured.filter(({ name }) => shareOf.includes(name))) {
      await attempt(one.system, `listening for ${effort.listenSeconds} s`, async () => {
        one.shareOfCore = await this.#shareOfCore(one.name, effort.listenSeconds);
      });
    }
    await this.#noteMemory(measured);
    for (const { name } of measured) await this.#call('stop', name);
    const of = measured.find(({ name }) => name === nameOf(reference));
    return systems.map((system) => {
      const failure = failures.get(nameOf(system));
      const one = measured.find(({ name }) => name === nameOf(system));
      return one === undefined || failure !== undefined ? emptyRow(system, failure ?? '') : rowOf(one, of);
    });
  }

  async #start(system: System, effort: Effort): Promise<Running> {
    const name = nameOf(system);
    this.#site.takeRequested();
    // A cold start: what it requests is what the system needs.
    await this.#call('start', name, system.spec);
    const downloadBytes = await this.#site.gzippedBytes(this.#site.takeRequested());
    const { cpuMs: tagCpuMs } = await this.#withCpuTime(() => this.#call('tag', name, 1));
    const isSlow = tagCpuMs > SLOW_TAG_MS;
    const starts: Start[] = [];
    const startCpuMs: number[] = [];
    for (let i = 0; i < (isSlow ? 1 : effort.warmStarts); i++) {
      await this.#call('stop', name);
      const { result, cpuMs } = await this.#withCpuTime(() => this.#call('start', name, system.spec));
      starts.push(result);
      startCpuMs.push(cpuMs);
    }
    if (!isSlow) await this.#call('tag', name, WARM_UP_TAGS);
    const tagsPerTurn = isSlow ? 1 : TAGS_PER_TURN;
    const empty = { rounds: [], tagCpuMs: 0, peakBytes: 0 };
    return { system, name, tagsPerTurn, isSlow, downloadBytes, starts, startCpuMs, ...empty };
  }

  async #noteMemory(measured: readonly Running[]): Promise<void> {
    const bytes = await this.#call('memory');
    for (const one of measured) one.peakBytes = Math.max(one.peakBytes, bytes[one.name] ?? 0);
  }

  async #shareOfCore(name: string, seconds: number): Promise<number> {
    const start = performance.now();
    const { cpuMs } = await this.#withCpuTime(() => this.#call('listen', name, seconds));
    return cpuMs / (performance.now() - start);
  }

  /** Runs something and measures the CPU time that all of the browser's processes spend on it. */
  async #withCpuTime<T>(run: () => Promise<T>): Promise<{ result: T; cpuMs: number }> {
    const before = await this.#cpuMs();
    const result = await run();
    return { result, cpuMs: (await this.#cpuMs()) - before };
  }

  async #cpuMs(): Promise<number> {
    const { processInfo } = await this.#cdp.send('SystemInfo.getProcessInfo');
    return 1000 * processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  }

  #call<K extends keyof Bench>(verb: K, ...given: Parameters<Bench[K]>): Promise<Awaited<ReturnType<Bench[K]>>> {
    return this.#page.evaluate(
      ([name, values]) => {
        const { bench } = window as unknown as { bench: Record<string, (...values: unknown[]) => unknown> };
        return bench[name]?.(...values);
      },
      [verb, given] as [string, unknown[]],
    ) as Promise<Awaited<ReturnType<Bench[K]>>>;
  }
}

/** @throws Error if the promise has not settled in time. */
async function within<T>(seconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it was still not done after ${seconds} s`)), 1000 * seconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** An error's own message, without the stack that Playwright appends. */
export function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0]?.replace(/^page\.evaluate: /, '') ?? '';
}
