import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/ui/after-first-paint';
import { seededRandom } from '../../src/shared/lib/math/random';
import type { EarmarkSpectrogram } from '../../src/ui/listen/display/earmark-spectrogram';
import { loadAllTexts, useLanguage } from '../../src/ui/messages/messages';
import { soundEvent } from '../unit/support/diary';
import { deepAll, fullScale, model, openPage, settled, shownNames, silence, spec } from './fake-app';
import { drawnPicture, type SavedFile, watchDownloads } from './saved-files';

let saved: SavedFile[];

beforeEach(async () => {
  await loadAllTexts();
  saved = watchDownloads();
});

afterEach(async () => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  history.replaceState(null, '', location.pathname + location.search);
  await useLanguage('en');
});

const saveButton = (name: string) => page.getByRole('button', { name: `Download as SVG: ${name}`, exact: true });

async function savedPicture(name: string) {
  await expect.poll(() => saved.map((file) => file.name)).toEqual([name]);
  const file = saved[0]?.file as Blob;
  const texts = [...(await file.text()).matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
  return { svg: await file.text(), texts, context: await drawnPicture(file) };
}

/** The colour of a picture at a place. */
function colourAt(context: CanvasRenderingContext2D, x: number, y: number): number[] {
  return [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
}

/** Mean of the three colours. */
const brightness = (colour: readonly number[]): number => colour.reduce((sum, value) => sum + value, 0) / 3;

/** Silence, and at its end one second of full scale in the upper half of the bands. */
function loudAtTheEnd(seconds: number): Float32Array {
  const perSecond = spec.sampleRateHz / spec.hopSamples;
  const count = Math.round(seconds * perSecond);
  const values = new Float32Array(count * spec.melBands).fill(silence);
  for (let column = Math.round(count - perSecond); column < count; column++) {
    values.fill(fullScale, column * spec.melBands + spec.melBands / 2, (column + 1) * spec.melBands);
  }
  return values;
}

describe('a picture to download', () => {
  it('of an event holds its kept sound, with its times and frequencies', async () => {
    const { app, element } = await openPage({ phase: 'ready' });
    const startMs = new Date(2026, 10, 28, 12).getTime();
    const random = seededRandom(1);
    // Silence for a second, and noise for another.
    const samples = Int16Array.from({ length: 32_000 }, (_, i) => (i < 16_000 ? 0 : 30_000 * (2 * random() - 1)));
    app.diary.clips.set('a', { samples, sampleRateHz: 16_000, startMs, isKept: false });
    app.diary.hold([soundEvent({ id: 'a', startMs, clip: 'a' })]);
    location.hash = '#/diary/event/a';
    await settled(element);
    await saveButton('Spectrogram of Dog').click();
    const { texts, context } = await savedPicture('Spectrogram-of-Dog.svg');
    expect(texts).toEqual(['Spectrogram of Dog', '0 s', '0.5 s', '1 s', '1.5 s', '2 s', ...shownFrequencies]);
    const middle = (72 + 616) / 2;
    expect(brightness(colourAt(context, middle - 100, 250))).toBeLessThan(40);
    expect(brightness(colourAt(context, middle + 100, 250))).toBeGreaterThan(100);
  });

  it('of the spectrogram holds what is shown, with its axes', async () => {
    await openPage({ phase: 'listening' });
    const [spectrogram] = deepAll<EarmarkSpectrogram>('earmark-spectrogram');
    spectrogram?.showLive(loudAtTheEnd(16), 16);
    await saveButton('Spectrogram').click();
    const { texts, context } = await savedPicture('Spectrogram.svg');
    expect(texts).toEqual(['Spectrogram', '−16 s', '−12 s', '−8 s', '−4 s', '0 s', ...shownFrequencies]);
    // The display lies from 72 to 616 and from 56 to 336; a second is 34 pixels wide.
    expect(brightness(colourAt(context, 610, 80))).toBeGreaterThan(200);
    expect(brightness(colourAt(context, 610, 320))).toBeLessThan(10);
    expect(brightness(colourAt(context, 560, 80))).toBeLessThan(10);
  });

  it('of the strongest labels’ lines names each, with its values in words', async () => {
    const { app, element } = await openPage({ phase: 'listening' });
    for (let i = 0; i < 16; i++) app.tag({ dog: 0.9, cat: i < 8 ? 0.1 : 0.6 });
    await expect.poll(() => shownNames().slice(0, 2)).toEqual(['Dog', 'Cat']);
    await settled(element);
    await saveButton('Strongest sounds, one minute').click();
    const { svg, texts } = await savedPicture('Strongest-sounds-one-minute.svg');
    expect(texts.filter((text) => ['Dog', 'Cat', '−60 s', '0 s'].includes(text))).toEqual([
      'Dog',
      'Cat',
      '−60 s',
      '0 s',
    ]);
    expect(svg).toContain('Dog: 90% – 90%. Cat: 10% – 60%.');
    expect(svg.match(/<path d="M[^"]*" fill="none"/g)?.length).toBe(6);
  });

  it('of the snippet shows its wave, its columns and what is cut off', async () => {
    location.hash = '#/teach';
    const { app, element } = await openPage();
    await expect.poll(() => deepAll('earmark-teach'), { timeout: 20_000 }).toHaveLength(1);
    const columns = loudAtTheEnd(2);
    const rate = spec.sampleRateHz;
    app.teach.change({
      draft: {
        name: 'Door & bell',
        keptAtMs: 1_700_000_000_000,
        heardLive: true,
        labels: [],
        samples: new Int16Array(2 * rate),
        sampleRateHz: rate,
        picture: { columns, peaks: new Float32Array(200).fill(0.5, 100) },
        unsaved: { name: 'Door & bell', labels: [], reviewed: false, startSeconds: 0.5, endSeconds: 2 },
      },
    });
    await settled(element);
    await saveButton('Door & bell').click();
    const { texts, context } = await savedPicture('Door-bell.svg');
    expect(texts).toEqual(['Door &amp; bell', '0 s', '0.5 s', '1 s', '1.5 s', '2 s', ...shownFrequencies]);
    // Columns from 176 to 456: the first quarter is cut off, and pale; then silence, then the loud second.
    expect(brightness(colourAt(context, 100, 300))).toBeGreaterThan(150);
    expect(brightness(colourAt(context, 300, 300))).toBeLessThan(10);
    expect(brightness(colourAt(context, 600, 200))).toBeGreaterThan(200);
  });

  it('of a meter’s explanation is reached by keyboard, after its meter', async () => {
    const bin = { from: 0.7, to: 0.8, meanProbability: 0.74, share: 0.7, count: 90 };
    const cat = { id: 'cat', auc: 0.987, aucLow: 0.95, aucHigh: 0.999, averagePrecision: 0.81, positives: 8 };
    const figures = { measuredOn: 'a set', date: '2026-11-25', clips: 400, reliability: [bin], labels: [cat] };
    const { app } = await openPage({ phase: 'listening', model: { ...model, figures } });
    app.tag({ cat: 0.72 });
    await expect.poll(() => shownNames()[0]).toBe('Cat');
    const meter = page.getByRole('meter', { name: 'Cat', exact: true });
    await userEvent.keyboard('{Tab}');
    (deepAll('earmark-meter').find(({ ariaLabel }) => ariaLabel === 'Cat') as HTMLElement).focus();
    const save = saveButton('Reliability of Cat');
    await expect.element(page.getByRole('tooltip')).toBeVisible();
    await userEvent.keyboard('{Tab}');
    const hasFocus = (of: typeof save) => of.element().matches(':focus');
    await expect.poll(() => hasFocus(save)).toBe(true);
    await userEvent.keyboard('{Enter}');
    const { context } = await savedPicture('Reliability-of-Cat.svg');
    expect(context.canvas.width).toBe(640);
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    await expect.poll(() => hasFocus(meter)).toBe(true);
    await expect.element(page.getByRole('tooltip')).toBeVisible();
    await userEvent.keyboard('{Tab}{Tab}');
    await expect.element(page.getByRole('tooltip')).not.toBeInTheDocument();
    expect(hasFocus(meter)).toBe(false);
  });
});

/** The round ones within the display. */
const shownFrequencies = ['200 Hz', '500 Hz', '1 kHz', '2 kHz', '5 kHz', '10 kHz'];
