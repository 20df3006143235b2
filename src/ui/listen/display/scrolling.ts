import type { ColumnStrip } from '../../kit/chart/column-strip';

/** Drawing may lag this far behind, so that columns arriving in bursts still move evenly. */
export const LONGEST_LAG_SECONDS = 0.5;

/** A hidden page draws nothing. Columns that will be out of sight when it is shown again are not worth keeping. */
const MOST_PENDING_CHUNKS = 320;

/** Scrolls a strip of columns evenly, although they arrive in bursts. */
export class Scrolling {
  /** How far the picture lags behind the newest column. */
  lagColumns = 0;
  private pending: Float32Array[] = [];

  /** Takes columns to be drawn. */
  push(columns: Float32Array): void {
    this.pending.push(columns);
    if (this.pending.length > MOST_PENDING_CHUNKS) this.pending.shift();
  }

  /** Discards what is not drawn yet. */
  clear(): void {
    this.pending = [];
    this.lagColumns = 0;
  }

  /** Paints new columns and scrolls the picture. @returns whether it still has to move. */
  draw(strip: ColumnStrip, columnsPerSecond: number, elapsedMs: number): boolean {
    const painted = strip.paintedColumns;
    for (const columns of this.pending) strip.paint(columns);
    this.pending = [];
    const lag = Math.min(this.lagColumns + strip.paintedColumns - painted, LONGEST_LAG_SECONDS * columnsPerSecond);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.lagColumns = still ? 0 : Math.max(0, lag - (columnsPerSecond * elapsedMs) / 1000);
    strip.showUpTo(strip.paintedColumns - this.lagColumns);
    return this.lagColumns > 0;
  }
}
