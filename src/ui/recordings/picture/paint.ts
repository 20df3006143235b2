import { FIRST_STORED_LEVEL, LEVEL_RATES, type RecordingEvent } from '../../../shared/contracts/recordings/recording';
import type { PaintedTile, TileCache } from './tile-cache';
import { levelFor, type Range } from './view-range';

/** Levels that a picture is drawn of, coarse ones first: what is finer covers them as soon as it is there. */
function levelsOf(view: Range, widthPixels: number): number[] {
  const finest = levelFor(widthPixels / (view.toSeconds - view.fromSeconds));
  const levels = LEVEL_RATES.map((_, level) => level).filter((level) => level >= finest);
  // The stored level below a finer one is there at once; still coarser ones would only be fetched for nothing.
  return levels.filter((level) => level === finest || level === Math.max(FIRST_STORED_LEVEL, finest + 1)).reverse();
}

/** Asks for the tiles of a view at once: the frame that draws them is up to 16 ms away. */
export function fetchTiles(canvas: HTMLCanvasElement, cache: TileCache, view: Range): void {
  for (const level of levelsOf(view, screenPixels(canvas.clientWidth))) cache.tiles(level, view);
}

function screenPixels(cssPixels: number): number {
  return Math.max(1, Math.round(cssPixels * devicePixelRatio));
}

/** Sizes of a canvas whose pixels are those of the screen. */
function fitCanvas(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const width = screenPixels(canvas.clientWidth);
  const height = screenPixels(canvas.clientHeight);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.clearRect(0, 0, width, height);
  return context;
}

/** Draws the spectrogram of a view. */
export function paintSpectrogram(canvas: HTMLCanvasElement, cache: TileCache, view: Range): void {
  const context = fitCanvas(canvas);
  context.fillStyle = '#000004';
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const level of levelsOf(view, canvas.width)) {
    for (const tile of cache.tiles(level, view)) paintTile(context, tile, view);
  }
}

function paintTile(context: CanvasRenderingContext2D, tile: PaintedTile, view: Range): void {
  const { width, height } = context.canvas;
  const rate = LEVEL_RATES[tile.level] as number;
  const pixelsPerSecond = width / (view.toSeconds - view.fromSeconds);
  const first = Math.max(0, Math.floor((view.fromSeconds - tile.fromSeconds) * rate));
  const last = Math.min(tile.columns, Math.ceil((view.toSeconds - tile.fromSeconds) * rate));
  if (last <= first) return;
  const left = (tile.fromSeconds + first / rate - view.fromSeconds) * pixelsPerSecond;
  const columns = last - first;
  context.drawImage(
    tile.canvas,
    first,
    0,
    columns,
    tile.canvas.height,
    left,
    0,
    (columns / rate) * pixelsPerSecond,
    height,
  );
}

/** Draws lowest and highest samples of a view, as editors of sound do. */
export function paintWave(canvas: HTMLCanvasElement, cache: TileCache, view: Range, colour: string): void {
  const context = fitCanvas(canvas);
  context.fillStyle = colour;
  const { width } = canvas;
  const low = new Float32Array(width).fill(1);
  const high = new Float32Array(width).fill(-1);
  const [level] = levelsOf(view, width).slice(-1) as [number];
  const pixelsPerSecond = width / (view.toSeconds - view.fromSeconds);
  const rate = LEVEL_RATES[level] as number;
  for (const tile of cache.tiles(level, view)) {
    for (let column = 0; column < tile.columns; column++) {
      const from = (tile.fromSeconds + column / rate - view.fromSeconds) * pixelsPerSecond;
      const to = from + pixelsPerSecond / rate;
      for (let x = Math.max(0, Math.floor(from)); x < Math.min(width, Math.ceil(to)); x++) {
        low[x] = Math.min(low[x] as number, ((tile.extremes[2 * column] as number) - 128) / 127);
        high[x] = Math.max(high[x] as number, ((tile.extremes[2 * column + 1] as number) - 128) / 127);
      }
    }
  }
  paintExtremes(context, low, high);
}

/** Draws levels at places that are spread over the whole. */
export function paintSketch(canvas: HTMLCanvasElement, bytes: Uint8Array, colour: string): void {
  const context = fitCanvas(canvas);
  context.fillStyle = colour;
  const places = bytes.length / 2;
  const at = (x: number): number => Math.min(places - 1, Math.floor((x / canvas.width) * places));
  const low = Float32Array.from({ length: canvas.width }, (_, x) => ((bytes[2 * at(x)] as number) - 128) / 127);
  const high = Float32Array.from({ length: canvas.width }, (_, x) => ((bytes[2 * at(x) + 1] as number) - 128) / 127);
  paintExtremes(context, low, high);
}

function paintExtremes(context: CanvasRenderingContext2D, low: Float32Array, high: Float32Array): void {
  const { height } = context.canvas;
  for (let x = 0; x < low.length; x++) {
    if ((high[x] as number) < (low[x] as number)) continue;
    // Quiet sound would be a line: a level in decibels shows it, from −60 dB on.
    const top = 0.5 - 0.5 * shown(high[x] as number);
    const bottom = 0.5 - 0.5 * shown(low[x] as number);
    context.fillRect(x, top * height, 1, Math.max(1, (bottom - top) * height));
  }
}

function shown(sample: number): number {
  const level = 20 * Math.log10(Math.max(1e-3, Math.abs(sample)));
  return Math.sign(sample) * (1 + level / 60);
}

/** A row of events of one label. */
export interface Lane {
  readonly label: string;
  readonly name: string;
  /** By start. */
  readonly events: readonly RecordingEvent[];
}

/** Draws the events of lanes, one below the other. */
export function paintLanes(
  canvas: HTMLCanvasElement,
  lanes: readonly Lane[],
  view: Range,
  colours: { readonly bar: string; readonly chosen: string },
  chosen: string | undefined,
): void {
  const context = fitCanvas(canvas);
  const laneHeight = canvas.height / Math.max(1, lanes.length);
  const pixelsPerSecond = canvas.width / (view.toSeconds - view.fromSeconds);
  for (const [row, { events }] of lanes.entries()) {
    for (const { id, startSeconds, endSeconds } of events) {
      if (endSeconds < view.fromSeconds || startSeconds > view.toSeconds) continue;
      context.fillStyle = id === chosen ? colours.chosen : colours.bar;
      const left = (startSeconds - view.fromSeconds) * pixelsPerSecond;
      const width = Math.max(2, (endSeconds - startSeconds) * pixelsPerSecond);
      context.fillRect(left, row * laneHeight + 0.2 * laneHeight, width, 0.6 * laneHeight);
    }
  }
}
