import { App } from '../app/app';
import { nextTurn } from '../shared/next-turn';
import { allowOwnScripts } from '../shared/own-scripts';
import './earmark-app';
import { languageFor, useLanguage } from './messages/messages';
import { pageDrawn } from './page-drawn';
import { addressOf } from './tabs';
import { useTheme } from './theme';

allowOwnScripts();
const page = document.querySelector('earmark-app');
if (page) {
  // In several turns, so that the browser can answer to the person in between.
  await nextTurn();
  const app = App.start();
  // The page is drawn in its language and its colours from the first time on.
  useTheme(app.state.settings.theme);
  await useLanguage(languageFor(app.state.settings.language, navigator.languages));
  const direction = new URLSearchParams(location.search).get('dir');
  if (direction === 'rtl') document.documentElement.dir = direction;
  await nextTurn();
  page.app = app;
  await pageDrawn();
  // What the first paint does without.
  const { importDroppedFiles, importReceivedFiles } = await import('../app/received-files');
  void importReceivedFiles(app);
  importDroppedFiles(app, () => {
    location.hash = addressOf('teach');
  });
  // The development server has no service worker.
  if (import.meta.env.PROD) {
    const { startInstallation } = await import('./installation');
    page.installation = startInstallation(app);
  }
}
