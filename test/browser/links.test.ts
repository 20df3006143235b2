import { afterEach, describe, expect, it } from 'vitest';
import '../../src/ui/after-first-paint';
import { addressOf, tabs } from '../../src/ui/kit/tabs';
import { useTheme } from '../../src/ui/kit/theme';
import { loadAllTexts } from '../../src/ui/messages/messages';
import { deepAll, openPage, settled } from './fake-app';

afterEach(() => {
  useTheme('');
  document.body.replaceChildren();
  history.replaceState(null, '', location.pathname + location.search);
});

/** The browser's own colour for a link in this theme. */
function plainColour(): string {
  const link = document.createElement('a');
  link.href = '#/';
  document.body.append(link);
  const { color } = getComputedStyle(link);
  link.remove();
  return color;
}

describe.each(['light', 'dark'] as const)('a link on the %s theme', (theme) => {
  it('has a colour of the theme in every view and in the notices, not the browser’s own', async () => {
    await loadAllTexts();
    const { app, element } = await openPage({ phase: 'listening' });
    useTheme(theme);
    app.teach.change({
      notice: { code: 'head-trained', head: 'Kitchen' },
      justKept: { name: 'Door', keptAtMs: 1_700_000_000_000 },
    });
    let links = 0;
    for (const tab of tabs) {
      location.hash = addressOf(tab);
      await expect.poll(() => deepAll(`earmark-${tab}`).length).toBe(1);
      await settled(element);
      for (const link of deepAll<HTMLAnchorElement>('a[href]')) {
        links++;
        expect(getComputedStyle(link).color, link.outerHTML).not.toBe(plainColour());
      }
    }
    // Those of notices and of the tabs are there in every view.
    expect(deepAll('.notice a, .kept a').length).toBe(2);
    expect(links).toBeGreaterThan(5 * (5 + 2));
  });
});
