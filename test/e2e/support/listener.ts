import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, expect, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../../scripts/chromium.mjs';
import type { App } from '../../../src/app/app';
import type { BackendReport } from '../../../src/shared/contracts/backend';
import { writeMicrophoneFile } from './sounds';

export interface ListenerOptions {
  /** What the microphone hears, over and over; without it the browser has no microphone at all. */
  readonly sound?: Float32Array;
  /** How the browser answers when it is asked for the microphone; `asked`: not at all, the test gives the permission. */
  readonly permission?: 'granted' | 'denied' | 'asked';
  readonly arguments?: readonly string[];
}

/** A browser of its own with a microphone that plays a sound. */
export async function openBrowser({
  sound,
  permission = 'granted',
  arguments: extra = [],
}: ListenerOptions): Promise<Browser> {
  const options = chromiumLaunchOptions();
  const folder = await mkdtemp(join(tmpdir(), 'earmark-'));
  const microphone: string[] = [];
  if (sound !== undefined) {
    const file = join(folder, 'microphone.wav');
    await writeMicrophoneFile(file, sound);
    microphone.push('--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`);
  }
  const answers = {
    granted: ['--use-fake-ui-for-media-stream'],
    denied: ['--deny-permission-prompts'],
    asked: [],
  }[permission];
  const browser = await chromium.launch({ ...options, args: [...options.args, ...microphone, ...answers, ...extra] });
  browser.on('disconnected', () => rmSync(folder, { recursive: true }));
  return browser;
}

/** Names of the `count` strongest of a reading, strongest first. */
export function strongest(meters: ReadonlyMap<string, number>, count: number): string[] {
  const sorted = [...meters].sort(([, a], [, b]) => b - a);
  return sorted.slice(0, count).map(([name]) => name);
}

/** The page's parts by what a person sees and hears of them. */
export class ListenPage {
  constructor(readonly page: Page) {}

  static async open(context: BrowserContext, address: string): Promise<ListenPage> {
    const page = await context.newPage();
    await page.goto(address);
    await page.evaluate(() => {
      const counter = window as unknown as { tagCount: number };
      counter.tagCount = 0;
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      app.tags.subscribe(() => counter.tagCount++);
    });
    return new ListenPage(page);
  }

  get startButton() {
    return this.page.getByRole('button', { name: 'Start listening', exact: true });
  }

  get stopButton() {
    return this.page.getByRole('button', { name: 'Stop listening', exact: true });
  }

  get alert() {
    return this.page.getByRole('alert');
  }

  async start(): Promise<void> {
    await expect(this.startButton).toBeEnabled({ timeout: 90_000 });
    await this.startButton.click();
    // It can stop from the press on; it is busy until the microphone is open.
    await expect(this.stopButton).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
  }

  /** Probabilities by display name, as a screen reader gets them. */
  async meters(): Promise<Map<string, number>> {
    const values = await this.page
      .getByRole('meter', { includeHidden: true })
      .evaluateAll((meters) =>
        meters.map(
          (meter) => [meter.getAttribute('aria-label') ?? '', Number(meter.getAttribute('aria-valuenow'))] as const,
        ),
      );
    return new Map(values);
  }

  async strongest(count: number): Promise<string[]> {
    return strongest(await this.meters(), count);
  }

  /** Reads the meters `times` times, `everyMs` apart. */
  async watch(times: number, everyMs: number): Promise<Map<string, number>[]> {
    const readings: Map<string, number>[] = [];
    for (let i = 0; i < times; i++) {
      await this.page.waitForTimeout(everyMs);
      readings.push(await this.meters());
    }
    return readings;
  }

  /** Results that reached the page since it was opened. */
  tagCount(): Promise<number> {
    return this.page.evaluate(() => (window as unknown as { tagCount: number }).tagCount);
  }

  /** Tensors that the worker holds. */
  async tensorCount(): Promise<number> {
    return this.page.evaluate(async () => {
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      return (await app.taggerState())?.tensors ?? 0;
    });
  }

  /** Which backend was taken, and what was found of the others; undefined while a model loads. */
  async backendReport(): Promise<BackendReport> {
    return this.page.evaluate(() => {
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      return app.state.model?.backend as BackendReport;
    });
  }
}
