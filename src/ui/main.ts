import { App } from '../app/app';
import './earmark-app';
import { languageFor, useLanguage } from './messages/messages';
import { useTheme } from './theme';

const page = document.querySelector('earmark-app');
if (page) {
  const app = App.start();
  // The page is drawn in its language and its colours from the first time on.
  useTheme(app.state.settings.theme);
  await useLanguage(languageFor(app.state.settings.language, navigator.languages));
  const direction = new URLSearchParams(location.search).get('dir');
  if (direction === 'rtl') document.documentElement.dir = direction;
  page.app = app;
}
