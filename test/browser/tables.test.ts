import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { ChartData } from '../../src/ui/kit/chart/chart-data';
import '../../src/ui/kit/chart/earmark-chart';
import '../../src/ui/kit/table/earmark-table';
import { numberCell, type TableData } from '../../src/ui/kit/table/table-data';
import { loadAllTexts, useLanguage } from '../../src/ui/messages/messages';
import '../../src/ui/tokens.css';
import { drawnPicture, type SavedFile, watchDownloads } from './saved-files';

const table: TableData = {
  name: 'Proof of “Kitchen”',
  columns: ['Label', 'AUC'],
  rows: [
    ['Dog', numberCell(0.9712, (value) => value.toFixed(2))],
    ['Bell', numberCell(null, String)],
  ],
};

const chart: ChartData = {
  title: 'ROC of Dog',
  x: [0, 1],
  lines: [{ name: 'ROC', values: [0, 1], look: 'measured' }],
  xName: 'False alarms',
  yName: 'Found',
  unit: true,
};

let saved: SavedFile[];

beforeEach(async () => {
  await loadAllTexts();
  saved = watchDownloads();
});

afterEach(async () => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  await useLanguage('en');
});

async function show<Tag extends 'earmark-table' | 'earmark-chart'>(tag: Tag, data: HTMLElementTagNameMap[Tag]['data']) {
  const element = document.createElement(tag);
  Object.assign(element, { data });
  element.style.blockSize = '20rem';
  document.body.append(element);
  await element.updateComplete;
  return element;
}

describe('a table', () => {
  it('has no header without a word: a table of facts leaves its first heading empty', async () => {
    const facts = await show('earmark-table', {
      name: 'Facts',
      columns: ['', 'Value'],
      rows: [
        ['', '1'],
        ['Clips', '2'],
      ],
    });
    const headers = [...(facts.shadowRoot?.querySelectorAll('th') ?? [])].map(({ textContent }) => textContent);
    expect(headers).toEqual(['Value', 'Clips']);
  });

  it('is drawn with its numbers rounded, and downloads as CSV with all of them', async () => {
    await show('earmark-table', table);
    await expect.element(page.getByRole('row', { name: 'Dog 0.97' })).toBeVisible();
    await expect.element(page.getByRole('row', { name: 'Bell –' })).toBeVisible();
    await page.getByRole('button', { name: 'Download as CSV Proof of “Kitchen”' }).click();
    expect(saved.map(({ name }) => name)).toEqual(['Proof-of-Kitchen.csv']);
    expect(await saved[0]?.file.text()).toBe('Label,AUC\nDog,0.9712\nBell,\n');
  });

  it('is copied for a spreadsheet of the page’s language, and says so', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await useLanguage('de');
    await show('earmark-table', table);
    await page.getByRole('button', { name: /^Tabelle kopieren/ }).click();
    expect(write.mock.calls).toEqual([['Label\tAUC\nDog\t0,9712\nBell\t\n']]);
    await expect.element(page.getByRole('status')).toHaveTextContent('Kopiert.');
  });

  it('says what to do if the browser refuses', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    await show('earmark-table', table);
    await page.getByRole('button', { name: /^Copy table/ }).click();
    await expect.element(page.getByRole('status')).toHaveTextContent('Download the table instead.');
  });

  it('draws only so many rows, and hands all out', async () => {
    const element = await show('earmark-table', table);
    element.most = 1;
    await expect.element(page.getByRole('row', { name: 'Bell –' })).not.toBeInTheDocument();
    await page.getByRole('button', { name: /^Download as CSV/ }).click();
    expect(await saved[0]?.file.text()).toContain('Bell');
  });
});

describe('a chart', () => {
  it('downloads as a picture that a browser shows, on a light ground, in a dark page', async () => {
    document.documentElement.dataset.theme = 'dark';
    await show('earmark-chart', chart);
    await page.getByRole('button', { name: 'Download as SVG: ROC of Dog' }).click();
    delete document.documentElement.dataset.theme;
    expect(saved.map(({ name }) => name)).toEqual(['ROC-of-Dog.svg']);
    const context = await drawnPicture(saved[0]?.file as Blob);
    const { width, height } = context.canvas;
    const pixels = context.getImageData(0, 0, width, height).data;
    const colours = new Map<string, number>();
    for (let at = 0; at < pixels.length; at += 4) {
      const colour = pixels.slice(at, at + 4).join();
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    expect(colours.get('255,255,255,255')).toBeGreaterThan(0.8 * (pixels.length / 4));
    // The line in the page's accent.
    expect(colours.get('165,44,116,255')).toBeGreaterThan(300);
  });

  it('has no button where nothing can be pressed', async () => {
    const element = await show('earmark-chart', chart);
    element.bare = true;
    await expect.element(page.getByRole('button')).not.toBeInTheDocument();
  });
});
