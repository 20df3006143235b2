import type { MeterRow } from './meter-row';

/** How many rows an arrow key moves. */
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The one meter that the Tab key reaches. Arrow keys move on from it. Fifty tab stops would be in everyone's way. */
export class TabStop {
  private row: MeterRow | undefined;

  /** Moves the stop to this row. */
  moveTo(row: MeterRow | undefined): void {
    if (this.row) this.row.meter.tabIndex = -1;
    this.row = row;
    if (row) row.meter.tabIndex = 0;
  }

  /** Keeps the stop on one of the visible rows. */
  keepAmong(shown: readonly MeterRow[]): void {
    if (!this.row || !shown.includes(this.row)) this.moveTo(shown[0]);
  }

  /** Moves the focus on from a row. @returns whether the key does so. */
  follow(key: string, from: MeterRow, shown: readonly MeterRow[]): boolean {
    const step = steps[key];
    if (step === undefined) return false;
    shown[shown.indexOf(from) + step]?.meter.focus();
    return true;
  }
}
