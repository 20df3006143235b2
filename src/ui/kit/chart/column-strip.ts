import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { silenceValue } from '../../../shared/lib/math/silence-value';
import { COLOURS, createColourMap } from './colour-map';

/**
 * Paints log-mel columns, one pixel wide and one pixel per band high, onto a canvas that is a ring buffer.
 *
 * The canvas holds the ring twice, side by side, so that any stretch of `visibleColumns` can be shown whole just by
 * moving the canvas. Old columns are never repainted.
 */
export class ColumnStrip {
  /** Columns painted since the last `clear`. */
  paintedColumns = 0;

  /** First column of the visible stretch on the canvas, once it stands still. May be fractional. */
  private startColumn = 0;
  private scroll: Animation | undefined;
  private readonly ringColumns: number;
  private readonly context: CanvasRenderingContext2D;
  /** One 32-bit word per colour. Its bytes are in `ImageData`'s order, whatever the machine's byte order. */
  private readonly colours = new Uint32Array(createColourMap().buffer);
  private readonly lowest: number;
  private readonly coloursPerUnit: number;

  /** @param spareColumns how far behind the newest column the visible stretch may end. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly spec: FeatureSpec,
    private readonly visibleColumns: number,
    spareColumns: number,
  ) {
    this.ringColumns = visibleColumns + spareColumns;
    canvas.width = 2 * this.ringColumns;
    canvas.height = spec.melBands;
    canvas.style.inlineSize = `${(100 * canvas.width) / visibleColumns}%`;
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new Error('the browser offers no 2D canvas');
    this.context = context;

    // Digital silence is the map's first colour, a full-scale sine its last.
    this.lowest = silenceValue(spec);
    const highest = (0 - spec.logMean) / spec.logStandardDeviation;
    this.coloursPerUnit = (COLOURS - 1) / (highest - this.lowest);
    this.clear();
  }

  clear(): void {
    const { width, height } = this.canvas;
    const image = this.context.createImageData(width, height);
    new Uint32Array(image.data.buffer).fill(this.colours[0] ?? 0);
    this.context.putImageData(image, 0, 0);
    this.paintedColumns = 0;
    this.showUpTo(0);
  }

  /** Paints the columns, [columns, melBands], oldest first, after the existing ones. */
  paint(values: Float32Array): void {
    const { melBands } = this.spec;
    const all = Math.floor(values.length / melBands);
    const count = Math.min(all, this.ringColumns);
    if (count === 0) return;
    const image = this.context.createImageData(count, melBands);
    const pixels = new Uint32Array(image.data.buffer);
    const first = all - count;
    for (let column = 0; column < count; column++) {
      for (let band = 0; band < melBands; band++) {
        const value = values[(first + column) * melBands + band] ?? this.lowest;
        // Low bands are at the bottom.
        pixels[(melBands - 1 - band) * count + column] = this.colourOf(value);
      }
    }
    const x = (this.paintedColumns + first) % this.ringColumns;
    // What runs past the right end of the canvas belongs at the start of the ring; the copy in the middle has it.
    for (const left of [x - this.ringColumns, x, x + this.ringColumns]) this.context.putImageData(image, left, 0);
    this.paintedColumns += all;
  }

  /**
   * Moves the canvas so that the visible stretch ends at this column, counted like `paintedColumns`. May be fractional.
   */
  showUpTo(column: number): void {
    this.scroll?.cancel();
    this.scroll = undefined;
    const ring = this.ringColumns;
    this.startColumn = (((column - this.visibleColumns) % ring) + ring) % ring;
    this.canvas.style.transform = this.placeOf(this.startColumn);
  }

  /**
   * Scrolls evenly to where the visible stretch ends at this column, counted like `paintedColumns`. The browser's compositor
   * moves the canvas, so that no frame asks anything of the page.
   *
   * @param lagColumns how far before that the stretch ends now; at most the spare columns.
   */
  scrollUpTo(column: number, lagColumns: number, durationMs: number): void {
    this.showUpTo(column);
    // Both copies of the ring are needed: the way may begin in the first one and end in the second one.
    const start = (this.startColumn - lagColumns + this.ringColumns) % this.ringColumns;
    const way = [start, start + lagColumns].map((place) => ({ transform: this.placeOf(place) }));
    this.scroll = this.canvas.animate(way, durationMs);
    // From this frame on, not from the one in which the browser is ready for it.
    this.scroll.startTime = document.timeline.currentTime;
  }

  /** Address of a picture of the visible stretch, which holds all of it. */
  toAddress(): string {
    const { canvas, startColumn, visibleColumns } = this;
    const stretch = document.createElement('canvas');
    stretch.width = visibleColumns;
    stretch.height = canvas.height;
    stretch.getContext('2d')?.drawImage(canvas, -Math.round(startColumn), 0);
    return stretch.toDataURL();
  }

  private placeOf(startColumn: number): string {
    return `translateX(${((-100 * startColumn) / this.canvas.width).toFixed(4)}%)`;
  }

  private colourOf(value: number): number {
    const colour = Math.round((value - this.lowest) * this.coloursPerUnit);
    return this.colours[Math.max(0, Math.min(COLOURS - 1, colour))] ?? 0;
  }
}
