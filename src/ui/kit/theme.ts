import type { Theme } from '../../shared/contracts/settings';

/** Fired on the document when the page's colours change, for canvas drawings. */
export const THEME_EVENT = 'themechange';

const deviceIsDark = matchMedia('(prefers-color-scheme: dark)');
let chosen: Theme = '';

/** Sets the page's colours: the chosen theme, or else the device's. `tokens.css` defines them. */
export function useTheme(theme: Theme): void {
  chosen = theme;
  if (theme === '') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  tellBrowser();
}

/** Matches the browser's own interface to the page's colours. */
function tellBrowser(): void {
  const colour = getComputedStyle(document.documentElement).getPropertyValue('--page');
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.setAttribute('content', colour);
  document.dispatchEvent(new Event(THEME_EVENT));
}

deviceIsDark.addEventListener('change', () => {
  if (chosen === '') tellBrowser();
});
