import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { RecentHistory } from '../../src/app/rewind/recent-history';
import type { Tags } from '../../src/shared/contracts/tagger-api';
import { ColumnStrip } from '../../src/ui/kit/chart/column-strip';
import '../../src/ui/listen/display/earmark-spectrogram';
import type { EarmarkSpectrogram } from '../../src/ui/listen/display/earmark-spectrogram';
import type { MomentEvent } from '../../src/ui/listen/display/moment-event';
import { deepAll, fullScale, milliseconds, openPage, silence, spec } from './fake-app';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  document.body.replaceChildren();
});

const BLACK = [0, 0, 4];
const BRIGHT = [252, 253, 191];
const COLUMNS_A_SECOND = spec.sampleRateHz / spec.hopSamples;

async function openSpectrogram(): Promise<EarmarkSpectrogram> {
  const element = document.createElement('earmark-spectrogram');
  element.spec = spec;
  document.body.replaceChildren(element);
  await element.updateComplete;
  return element;
}

function canvasOf(element: EarmarkSpectrogram): HTMLCanvasElement {
  return element.shadowRoot?.querySelector('canvas') as HTMLCanvasElement;
}

/** `count` columns that are silent, except that these bands hold full scale. */
function columns(count: number, ...loudBands: number[]): Float32Array {
  const values = new Float32Array(count * spec.melBands).fill(silence);
  for (let column = 0; column < count; column++) {
    for (const band of loudBands) values[column * spec.melBands + band] = fullScale;
  }
  return values;
}

function pastTags(values: Float32Array, windowEndSeconds: number): Tags {
  const rest = { heardAtMs: 0, levelDb: 0, isResting: false, modelMs: 0, tagsPerSecond: 1, droppedPieces: 0 };
  return { ...rest, columns: values, windowEndSeconds, head: 'shipped', probabilities: new Float32Array(52) };
}

/** The colour that the display shows `ago` columns before the newest one, in `band`; read where the canvas stands. */
function shown(element: EarmarkSpectrogram, ago: number, band: number): number[] {
  const canvas = canvasOf(element);
  const display = (canvas.parentElement as HTMLElement).getBoundingClientRect();
  const strip = canvas.getBoundingClientRect();
  const columnPx = strip.width / canvas.width;
  const x = Math.floor((display.right - (ago + 0.5) * columnPx - strip.left) / columnPx);
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  return [...context.getImageData(x, spec.melBands - 1 - band, 1, 1).data.slice(0, 3)];
}

describe('the spectrogram', () => {
  it('is an image with a name that says what it shows', async () => {
    await openPage();
    const name = 'Spectrogram of the last 16 s as the model receives them, 50 Hz to 14 kHz, newest sound on the right';
    await expect.element(page.getByRole('img', { name })).toBeVisible();
  });

  it('paints silence black and full scale bright, low bands at the bottom, the newest column at the right', async () => {
    const element = await openSpectrogram();
    element.showColumns(columns(10, 20), 0);
    element.showColumns(columns(3, 100), 0);
    await milliseconds(600);
    expect(shown(element, 0, 100)).toEqual(BRIGHT);
    expect(shown(element, 2, 100)).toEqual(BRIGHT);
    expect(shown(element, 3, 100)).toEqual(BLACK);
    expect(shown(element, 3, 20)).toEqual(BRIGHT);
    expect(shown(element, 12, 20)).toEqual(BRIGHT);
    expect(shown(element, 13, 20)).toEqual(BLACK);
    expect(shown(element, 0, 20)).toEqual(BLACK);
  });

  it('continues seamlessly past the end of its ring', () => {
    const canvas = document.createElement('canvas');
    const strip = new ColumnStrip(canvas, spec, 100, 9);
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    for (let chunk = 0; chunk < 40; chunk++) {
      // Every column is loud in another band than its neighbours.
      const seven = new Float32Array(7 * spec.melBands).fill(silence);
      for (let column = 0; column < 7; column++) {
        seven[column * spec.melBands + ((chunk * 7 + column) % spec.melBands)] = fullScale;
      }
      strip.paint(seven);
      strip.showUpTo(strip.paintedColumns);
      const left = Math.round(
        (-Number.parseFloat(canvas.style.transform.slice('translateX('.length)) / 100) * canvas.width,
      );
      const { data } = context.getImageData(left, 0, 100, spec.melBands);
      for (let x = Math.max(0, 100 - strip.paintedColumns); x < 100; x++) {
        const column = strip.paintedColumns - 100 + x;
        const loud = Array.from({ length: spec.melBands }, (_, band) => band).filter(
          (band) => data[4 * ((spec.melBands - 1 - band) * 100 + x)] === BRIGHT[0],
        );
        expect(loud).toEqual([column % spec.melBands]);
      }
    }
  });

  it('paints new columns only', async () => {
    const element = await openSpectrogram();
    const painting = vi.spyOn(CanvasRenderingContext2D.prototype, 'putImageData');
    for (let chunk = 0; chunk < 5; chunk++) {
      element.showColumns(columns(8, 50), 0);
      await milliseconds(125);
    }
    expect(new Set(painting.mock.calls.map(([image]) => image.width))).toEqual(new Set([8]));
  });

  it('brackets the network’s window', async () => {
    const element = await openSpectrogram();
    const bracket = element.shadowRoot?.querySelector('.window') as HTMLElement;
    const display = canvasOf(element).parentElement as HTMLElement;
    const share = bracket.getBoundingClientRect().width / display.getBoundingClientRect().width;
    expect(share).toBeCloseTo(spec.frames / (16 * COLUMNS_A_SECOND), 2);
    expect(bracket.textContent).toContain('1.92 s');
  });

  it('scrolls evenly between chunks and then requests no more frames', async () => {
    const element = await openSpectrogram();
    const canvas = canvasOf(element);
    const left = () => canvas.getBoundingClientRect().left;
    const nextFrame = requestAnimationFrame.bind(window);
    const frames = vi.spyOn(window, 'requestAnimationFrame');
    element.showColumns(columns(16, 50), 0);
    await milliseconds(100);
    const columnPx = canvas.getBoundingClientRect().width / canvas.width;
    const [scroll, ...others] = canvas.getAnimations();
    expect(others).toEqual([]);
    expect(scroll?.effect?.getTiming()).toMatchObject({ duration: (1000 * 16) / COLUMNS_A_SECOND, easing: 'linear' });
    // In one frame: before and after eight more columns were painted.
    const places = await new Promise<number[]>((resolve) => {
      const seen: number[] = [];
      nextFrame(() => seen.push(left()));
      element.showColumns(columns(8, 50), 0);
      nextFrame(() => resolve([...seen, left()]));
    });
    expect(places[1]).toBeCloseTo(places[0] as number, 1);
    await milliseconds(600);
    expect(canvas.getAnimations()).toEqual([]);
    expect((places[1] as number) - left()).toBeGreaterThan(8 * columnPx);
    expect(frames).toHaveBeenCalledTimes(2);
  });

  it('does not scroll if reduced motion is preferred', async () => {
    const element = await openSpectrogram();
    vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: true } as MediaQueryList);
    element.showColumns(columns(16, 50), 0);
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(canvasOf(element).getAnimations()).toEqual([]);
    expect(shown(element, 0, 50)).toEqual(BRIGHT);
  });

  it('paints nothing while the page is hidden, and catches up afterwards', async () => {
    const element = await openSpectrogram();
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const painting = vi.spyOn(CanvasRenderingContext2D.prototype, 'putImageData');
    element.showColumns(columns(8, 30), 0);
    await milliseconds(100);
    expect(painting).toHaveBeenCalledTimes(0);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await milliseconds(400);
    expect(shown(element, 0, 30)).toEqual(BRIGHT);
  });

  it('shows any stretch of the past, frozen, with the moment and the network’s window that ends there', async () => {
    const element = await openSpectrogram();
    const history = new RecentHistory(spec);
    for (let second = 2; second <= 40; second += 2) {
      // Each two seconds are loud in a band of their own.
      history.push(pastTags(columns(2 * COLUMNS_A_SECOND, second), second));
    }
    element.showMoment({ history, atSeconds: 20 });
    await milliseconds(200);
    // The moment keeps two seconds from the left edge, so the stretch goes from 18 s to 34 s.
    const ofSecond = (second: number) => shown(element, (34 - second) * COLUMNS_A_SECOND + 3, second);
    expect(ofSecond(20)).toEqual(BRIGHT);
    expect(ofSecond(34)).toEqual(BRIGHT);
    expect(shown(element, 3, 32)).toEqual(BLACK);
    const display = (canvasOf(element).parentElement as HTMLElement).getBoundingClientRect();
    const edge = (selector: string) => {
      const place = (element.renderRoot.querySelector(selector) as HTMLElement).getBoundingClientRect();
      return (display.right - place.right) / display.width;
    };
    expect(edge('.window')).toBeCloseTo(14 / 16, 2);
    expect(edge('.moment')).toBeCloseTo(14 / 16, 2);
    expect(element.shadowRoot?.querySelector('.time')?.textContent).toContain('−22 s');
    element.showLive(columns(16, 7), 41);
    expect(shown(element, 0, 7)).toEqual(BRIGHT);
    expect(edge('.window')).toBeCloseTo(0, 2);
  });

  it('reports the moment that a person points at', async () => {
    const element = await openSpectrogram();
    element.showColumns(columns(16, 50), 30);
    await milliseconds(700);
    const told: MomentEvent[] = [];
    element.addEventListener('moment', (event) => told.push(event as MomentEvent));
    const display = canvasOf(element).parentElement as HTMLElement;
    const { left, width, top } = display.getBoundingClientRect();
    vi.spyOn(display, 'setPointerCapture').mockReturnValue();
    const point = (type: string, share: number) =>
      display.dispatchEvent(new PointerEvent(type, { clientX: left + share * width, clientY: top + 9, button: 0 }));
    point('pointermove', 0.1);
    point('pointerdown', 0.5);
    point('pointerup', 0.5);
    point('pointerdown', 0.5);
    point('pointermove', 0.75);
    point('pointerup', 0.75);
    expect(told.map(({ clicked }) => clicked)).toEqual([true, false, false]);
    expect(told[0]?.seconds).toBeCloseTo(30 - 8, 1);
    expect(told[2]?.seconds).toBeCloseTo(30 - 4, 1);
  });

  it('starts empty when listening starts again, and keeps its picture when it stops', async () => {
    const { app, element } = await openPage({ phase: 'listening' });
    const spectrogram = deepAll('earmark-spectrogram', element.shadowRoot as ShadowRoot)[0] as EarmarkSpectrogram;
    app.tag({}, { columns: columns(8, 60) });
    await milliseconds(400);
    app.change({ phase: 'ready' });
    await milliseconds(50);
    expect(shown(spectrogram, 0, 60)).toEqual(BRIGHT);
    app.change({ phase: 'listening' });
    await milliseconds(50);
    expect(shown(spectrogram, 0, 60)).toEqual(BLACK);
  });
});
