import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { startTabTitle } from '../../src/ui/page/tab-title';
import { deepAll, openPage, settings } from './fake-app';

// The page of the tests may have one of its own.
const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]') ?? document.createElement('link');

beforeEach(() => {
  icon.rel = 'icon';
  document.head.append(icon);
  vi.useFakeTimers({ toFake: ['performance', 'setInterval'] });
});

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
  history.replaceState(null, '', location.pathname + location.search);
});

async function open(state: Parameters<typeof openPage>[0] = { phase: 'listening' }) {
  const { app } = await openPage(state);
  startTabTitle(app);
  return app;
}

it('tells what sounds, in its icon too, and what sounded for a while longer', async () => {
  const app = await open();
  expect(document.title).toBe('● Listening – Earmark');
  expect(icon.href).not.toMatch(/^data:/);
  app.tag({ dog: 0.9 });
  expect(document.title).toBe('● Dog – Earmark');
  // Inline: a request would tell the server when something is heard.
  expect(icon.href).toMatch(/^data:image\/svg\+xml/);
  vi.advanceTimersByTime(15_000);
  app.tag({});
  expect(document.title).toBe('● Dog – Earmark');
  vi.advanceTimersByTime(6000);
  app.tag({});
  expect(document.title).toBe('● Listening – Earmark');
  expect(icon.href).not.toMatch(/^data:/);
});

it('says when nothing is heard any more, and what is open when listening was stopped', async () => {
  const app = await open();
  app.tag({ dog: 0.9 });
  vi.advanceTimersByTime(6000);
  expect(document.title).toBe('NOT LISTENING – Earmark');
  app.change({ phase: 'waiting' });
  expect(document.title).toBe('NOT LISTENING – Earmark');
  app.change({ phase: 'ready' });
  expect(document.title).toBe('Earmark: which sounds are around?');
  app.change({ phase: 'listening' });
  app.tag({});
  expect(document.title).toBe('● Listening – Earmark');
});

it('tells no sounds where that is switched off in the settings', async () => {
  const app = await open({ phase: 'listening', settings: { ...settings, heardInTitle: false } });
  app.tag({ dog: 0.9 });
  expect(document.title).toBe('● Listening – Earmark');
  expect(icon.href).not.toMatch(/^data:/);
});

it('can be switched off', async () => {
  vi.useRealTimers();
  location.hash = '#/settings';
  const { app } = await openPage();
  await expect.poll(() => deepAll('earmark-settings')).toHaveLength(1);
  const choice = page.getByRole('switch', { name: 'Sounds in the tab' });
  await expect.element(choice).toBeChecked();
  await choice.click();
  expect(app.calls).toContainEqual(['changeSettings', { heardInTitle: false }]);
});
