import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { App } from '../../src/app/app';
import type { AlertRule } from '../../src/shared/contracts/diary/alert-rules';
import { defaultSettings } from '../../src/store/settings';
import { ListenPage, openBrowser } from './support/listener';
import { packagedSound, silence } from './support/sounds';

let browser: Browser;
test.afterEach(() => browser.close());

/** What the page notified of, and when the worker's report of the event came. */
interface Noted {
  readonly shown: { readonly title: string; readonly atMs: number; readonly address: string }[];
  readonly reported: { readonly id: string; readonly atMs: number; readonly startMs: number }[];
}

/** What the test uses of a service worker's scope. */
interface Scope extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
  readonly NotificationEvent: new (type: string, init: { readonly notification: Notification }) => Event;
}

const rule: AlertRule = {
  name: 'Crow',
  means: ['notification'],
  cooldownSeconds: 3600,
  firstOfDay: false,
  quiet: null,
  leastProbability: 0,
  leastSeconds: 0,
};

/** A caw every few seconds, over and over: the pauses are longer than those that one event bridges. */
async function crowAgain(): Promise<Float32Array> {
  return Float32Array.from([...silence(6), ...(await packagedSound('misc_crow.flac'))]);
}

async function openWindow(context: BrowserContext, address: string): Promise<ListenPage> {
  const listen = await ListenPage.open(context, `${address}/?backend=wasm`);
  await expect(listen.startButton).toHaveAttribute('aria-disabled', 'false', { timeout: 60_000 });
  await listen.page.evaluate(() => navigator.serviceWorker.ready);
  return listen;
}

/** Writes down what the page notifies of, and what is reported to it. For `addInitScript`. */
function note(): void {
  const noted: Noted = { shown: [], reported: [] };
  Object.assign(window, { noted });
  const show = ServiceWorkerRegistration.prototype.showNotification;
  ServiceWorkerRegistration.prototype.showNotification = async function (title, options) {
    await show.call(this, title, options);
    noted.shown.push({ title, address: String(options?.data.address), atMs: Date.now() });
  };
}

/** Follows the reports of the worker. */
async function followReports(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    const { noted } = window as unknown as { noted: Noted };
    const heard = app.alerts.heard.bind(app.alerts);
    app.alerts.heard = (report, state) => {
      for (const { id, startMs } of report.events) {
        if (!noted.reported.some((known) => known.id === id)) noted.reported.push({ id, startMs, atMs: Date.now() });
      }
      heard(report, state);
    };
  });
}

const notedOn = (page: Page): Promise<Noted> => page.evaluate(() => (window as unknown as { noted: Noted }).noted);

/** Titles of the notifications that the browser shows. */
const shownBy = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title }) => title);
  });

async function openContext(permissions: string[], alerts = { labels: { crow: rule }, groups: {} }) {
  const context = await browser.newContext({ permissions });
  const settings = { ...defaultSettings, diary: { ...defaultSettings.diary, alerts } };
  await context.addInitScript((stored) => {
    if (localStorage.getItem('earmark.settings') === null) localStorage.setItem('earmark.settings', stored);
  }, JSON.stringify(settings));
  await context.addInitScript(note);
  return context;
}

test('notifies within a second of an event’s start, once in two windows and within a cooldown, and leads to the event', async ({
  baseURL,
}) => {
  browser = await openBrowser({ sound: await crowAgain() });
  const context = await openContext(['microphone', 'notifications']);
  const first = await openWindow(context, baseURL ?? '');
  const second = await openWindow(context, baseURL ?? '');
  for (const { page } of [first, second]) await followReports(page);
  await first.page.bringToFront();
  await first.start();
  await second.page.bringToFront();
  await second.start();
  // The first window is hidden from here on. On a busy machine nothing may be heard for long; told it must be soon.
  await expect.poll(async () => (await notedOn(first.page)).reported.length, { timeout: 60_000 }).toBeGreaterThan(0);
  await expect.poll(async () => (await notedOn(first.page)).shown.length, { timeout: 20_000 }).toBe(1);
  // Several more caws, of which none may notify.
  await expect.poll(async () => (await notedOn(first.page)).reported.length, { timeout: 60_000 }).toBeGreaterThan(3);
  const { shown, reported } = await notedOn(first.page);
  expect(shown).toHaveLength(1);
  expect((await notedOn(second.page)).shown).toEqual([]);
  await expect.poll(() => shownBy(second.page)).toEqual(['Crow']);
  const [{ address, atMs }] = shown as [Noted['shown'][number]];
  const event = reported.find(({ id }) => address === `#/diary/event/${id}`);
  const afterReportMs = atMs - (event?.atMs ?? 0);
  console.log(`notified ${afterReportMs} ms after the report, ${atMs - (event?.startMs ?? 0)} ms after the onset`);
  expect(afterReportMs).toBeGreaterThanOrEqual(0);
  expect(afterReportMs).toBeLessThan(1000);

  // A click: the worker cannot be clicked from here, so it is told what a click tells it.
  const worker = context.serviceWorkers()[0];
  await worker?.evaluate(async () => {
    const scope = self as unknown as Scope;
    const [notification] = await scope.registration.getNotifications();
    if (notification) scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
  });
  await expect.poll(() => shownBy(second.page)).toEqual([]);
  const places = () => [first, second].map(({ page }) => new URL(page.url()).hash);
  await expect.poll(() => places().filter((hash) => hash === address)).toHaveLength(1);
  const opened = places()[0] === address ? first : second;
  await expect(opened.page.getByRole('dialog', { name: 'Crow' })).toBeVisible();
  // It was not sent there by a reload: it still listens.
  await expect(opened.stopButton).toBeVisible();
});
