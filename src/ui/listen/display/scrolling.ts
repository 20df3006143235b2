import type { ColumnStrip } from '../../kit/chart/column-strip';

/** Drawing may lag this far behind, so that columns arriving in bursts still move evenly. */
export const LONGEST_LAG_SECONDS = 0.5;

/** A hidden page draws nothing. Columns that will be out of sight when it is shown again are not worth keeping. */
const MOST_PENDING_CHUNKS = 320;

/** Scrolls a strip of columns evenly, although they arrive in bursts. */
export class Scrolling {
  private pending: Float32Array[] = [];
  /** When the picture will have caught up with the newest column, on the clock of animations. */
  private caughtUpAtMs = 0;

  /** Takes columns to be drawn. */
  push(columns: Float32Array): void {
    this.pending.push(columns);
    if (this.pending.length > MOST_PENDING_CHUNKS) this.pending.shift();
  }

  /** Discards what is not drawn yet. */
  clear(): void {
    this.pending = [];
    this.caughtUpAtMs = 0;
  }

  /** How far the picture lags behind the newest painted column. */
  get lagSeconds(): number {
    return Math.max(0, this.caughtUpAtMs - animationMs()) / 1000;
  }

  /** Paints new columns, and lets the picture scroll to the newest one. */
  draw(strip: ColumnStrip, columnsPerSecond: number): void {
    const painted = strip.paintedColumns;
    for (const columns of this.pending) strip.paint(columns);
    this.pending = [];
    const newSeconds = (strip.paintedColumns - painted) / columnsPerSecond;
    const lagSeconds = Math.min(this.lagSeconds + newSeconds, LONGEST_LAG_SECONDS);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      strip.showUpTo(strip.paintedColumns);
      return;
    }
    this.caughtUpAtMs = animationMs() + 1000 * lagSeconds;
    strip.scrollUpTo(strip.paintedColumns, lagSeconds * columnsPerSecond, 1000 * lagSeconds);
  }
}

/** By the clock on which the picture moves, one scroll goes on exactly where the last one was. */
function animationMs(): number {
  return Number(document.timeline.currentTime);
}
