import type { Theme } from '../../shared/contracts/settings';

/** Fired on the document when the page has other colours, for what is drawn on a canvas. */
export const THEME_EVENT = 'themechange';

const deviceIsDark = matchMedia('(prefers-color-scheme: dark)');
let chosen: Theme = '';

/** Gives the page its colours: those that were chosen, else the device's. `tokens.css` says what they are. */
export function useTheme(theme: Theme): void {
  chosen = theme;
  if (theme === '') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  tellBrowser();
}

/** Colours what the browser draws around the page like the page. */
function tellBrowser(): void {
  const colour = getComputedStyle(document.documentElement).getPropertyValue('--page');
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.setAttribute('content', colour);
  document.dispatchEvent(new Event(THEME_EVENT));
}

deviceIsDark.addEventListener('change', () => {
  if (chosen === '') tellBrowser();
});
