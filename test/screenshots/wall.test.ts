import { mkdir } from 'node:fs/promises';
import { type Browser, type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import type { App } from '../../src/app/app';
import type { AppState } from '../../src/app/state';
import type { EarmarkStages } from '../../src/ui/listen/stages/earmark-stages';
import type { HeardBoard } from '../../src/ui/listen/stages/heard-board';
import { openBrowser } from '../e2e/support/listener';

/** Takes pictures of the wall in all its states. They are for looking at and are not committed. */
const FOLDER = 'test-results/wall';

const MINUTE_MS = 60_000;

interface WallState {
  readonly app: Partial<Pick<AppState, 'phase' | 'problem'>>;
  /** What was heard and how long ago: now, where it is 0. */
  readonly heard?: readonly { readonly ids: Readonly<Record<string, number>>; readonly agoMs: number }[];
  /** No sound has arrived for a while. */
  readonly silent?: boolean;
}

const listening = { phase: 'listening' } as const;
const states: Readonly<Record<string, WallState>> = {
  'listening-three': { app: listening, heard: [{ ids: { clock_alarm: 0.97, dog: 0.82, siren: 0.61 }, agoMs: 0 }] },
  'listening-long': {
    app: listening,
    heard: [{ ids: { washing_machine: 1, brushing_teeth: 0.95, keyboard_typing: 0.9 }, agoMs: 0 }],
  },
  'listening-and-past': {
    app: listening,
    heard: [
      { ids: { glass_breaking: 0.9 }, agoMs: 4 * MINUTE_MS },
      { ids: { door_knock: 0.9 }, agoMs: 20_000 },
      { ids: { crying_baby: 0.93 }, agoMs: 0 },
    ],
  },
  quiet: { app: listening, heard: [{ ids: {}, agoMs: 0 }] },
  'quiet-past': {
    app: listening,
    heard: [
      { ids: { washing_machine: 0.9 }, agoMs: 3 * MINUTE_MS },
      { ids: { clock_alarm: 0.9 }, agoMs: MINUTE_MS },
      { ids: {}, agoMs: 0 },
    ],
  },
  loading: { app: { phase: 'loading' } },
  ready: { app: { phase: 'ready' } },
  starting: { app: { phase: 'starting' } },
  waiting: { app: { phase: 'waiting', problem: { code: 'microphone-unplugged' } } },
  failed: { app: { phase: 'failed' } },
  'no-sound': { app: listening, silent: true },
  'permission-denied': { app: { phase: 'ready', problem: { code: 'permission-denied' } } },
  'no-microphone': { app: { phase: 'ready', problem: { code: 'no-microphone' } } },
  'audio-suspended': { app: { phase: 'listening', problem: { code: 'audio-suspended' } } },
  'microphone-muted': { app: { phase: 'listening', problem: { code: 'microphone-muted' } } },
  'worker-died': { app: { phase: 'failed', problem: { code: 'worker-died', end: 'silent', detail: '' } } },
  'model-missing': {
    app: {
      phase: 'failed',
      problem: { code: 'model-missing', model: 'earmark-52', file: 'weights.bin', detail: 'HTTP 404' },
    },
  },
};

/** The element without its privacy. */
type OpenStages = Pick<EarmarkStages, 'labels' | 'appState' | 'updateComplete'> & {
  board: HeardBoard;
  soundMs: number;
  draw(): void;
};

const screens: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  'forced-light': { viewport: { width: 1280, height: 800 }, colorScheme: 'light', forcedColors: 'active' },
  'forced-dark': { viewport: { width: 1280, height: 800 }, colorScheme: 'dark', forcedColors: 'active' },
  landscape: { viewport: { width: 844, height: 390 }, colorScheme: 'light' },
  // 1280 × 800 at 200 %.
  zoomed: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, colorScheme: 'light' },
  large: { viewport: { width: 1920, height: 1080 }, colorScheme: 'light' },
  portrait: { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
};

let browser: Browser;
test.afterEach(() => browser.close());

/** Puts the wall into a state, whatever the app is doing. */
async function put(page: Page, state: WallState): Promise<void> {
  await page.evaluate(({ app: change, heard = [], silent = false }) => {
    const root = document.querySelector('earmark-app') as unknown as HTMLElement & { app: App };
    const listen = root.shadowRoot?.querySelector('earmark-listen');
    const stages = listen?.shadowRoot?.querySelector('earmark-stages') as unknown as OpenStages;
    const nowMs = performance.now();
    stages.board = new (stages.board.constructor as new () => HeardBoard)();
    for (const { ids, agoMs } of heard) {
      const probabilities = stages.labels.map(({ id }) => ids[id] ?? 0);
      stages.board.take(stages.labels, probabilities, nowMs - agoMs);
    }
    const { problem: _, ...app } = root.app.state;
    stages.appState = { ...app, ...change } as typeof app;
    return stages.updateComplete.then(() => {
      stages.soundMs = silent ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      // As its timer does.
      stages.draw();
    });
  }, state);
}

/** All pictures of one screen beside each other, for a first look. */
async function sheet(pictures: readonly { name: string; png: Buffer }[], path: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const cells = pictures.map(
    ({ name, png }) =>
      `<figure><img src="data:image/png;base64,${png.toString('base64')}"><figcaption>${name}</figcaption></figure>`,
  );
  await page.setContent(`<style>
    body { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 12px; font: 16px sans-serif }
    figure { margin: 0 } img { width: 100% }
  </style>${cells.join('')}`);
  await page.screenshot({ path, fullPage: true });
  await page.close();
}

for (const language of ['en', 'de'] as const) {
  for (const [screen, options] of Object.entries(screens)) {
    test(`the wall in ${language} on a screen: ${screen}`, async ({ baseURL }) => {
      browser = await openBrowser({});
      const context = await browser.newContext({ ...options, serviceWorkers: 'block' });
      await context.addInitScript(
        (stored) => localStorage.setItem('earmark.settings', stored),
        JSON.stringify({ language, theme: '' }),
      );
      const page = await context.newPage();
      await page.goto(`${baseURL}/?backend=wasm`);
      await expect(page.locator('earmark-listen-button button')).toHaveAttribute('aria-disabled', 'false', {
        timeout: 60_000,
      });
      await page.keyboard.press('w');
      await expect(page.locator('body > [role=dialog]')).toBeVisible();
      await mkdir(FOLDER, { recursive: true });
      const pictures: { name: string; png: Buffer }[] = [];
      for (const [name, state] of Object.entries(states)) {
        await put(page, state);
        await page.waitForTimeout(250);
        const png = await page.screenshot({
          path: `${FOLDER}/${screen}-${language}-${name}.png`,
          animations: 'disabled',
        });
        pictures.push({ name, png });
      }
      await sheet(pictures, `${FOLDER}/all-${screen}-${language}.png`);
    });
  }
}
