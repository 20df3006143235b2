import { App } from '../app/app';
import { nextTurn } from '../shared/lib/next-turn';
import { allowOwnScripts } from '../shared/lib/own-scripts';
import type { EarmarkApp } from './page/earmark-app';
import './page/earmark-app';
import { pageDrawn } from './kit/page-drawn';
import { useTheme } from './kit/theme';
import { languageFor, useLanguage } from './messages/messages';
import { leaveFieldWithPage } from './page/leave-field';

/**
 * Starts the app in several turns, so that the browser can respond to the person in between.
 *
 * This module has no top-level `await`: later scripts import parts of the same script, and would wait for it to finish.
 */
async function start(page: EarmarkApp): Promise<void> {
  await nextTurn();
  const app = App.start(() => import('./messages/label-ids'));
  // The page is drawn in its language and colours from the start.
  useTheme(app.state.settings.theme);
  await useLanguage(languageFor(app.state.settings.language, navigator.languages));
  const direction = new URLSearchParams(location.search).get('dir');
  if (direction === 'rtl') document.documentElement.dir = direction;
  await nextTurn();
  page.app = app;
  leaveFieldWithPage();
  await pageDrawn();
  import('./after-first-paint').catch(console.warn);
  const { startTabTitle } = await import('./page/tab-title');
  startTabTitle(app);
  const { startAlerts } = await import('./page/alerts/tell-alerts');
  startAlerts(app);
  // Not needed for the first paint. If its texts cannot be fetched, opening a view tries again.
  const { startReceived } = await import('./page/received');
  startReceived(app).then((received) => {
    page.received = received;
  }, console.warn);
  // The development server has no service worker.
  if (import.meta.env.PROD) {
    const { startInstallation } = await import('./page/install/installation');
    page.installation = startInstallation(app);
  }
}

allowOwnScripts();
const page = document.querySelector('earmark-app');
if (page) void start(page);
