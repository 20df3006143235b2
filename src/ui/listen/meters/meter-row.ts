import './earmark-meter';
import type { EarmarkMeter } from './earmark-meter';
import type { MeterLabel } from './meter-labels';
import { type MeterMotion, restingMotion } from './meter-motion';

/** A label with its meter. */
export interface MeterRow {
  readonly label: MeterLabel;
  readonly meter: EarmarkMeter;
  readonly motion: MeterMotion;
  /** The newest one; the motion follows it. */
  probability: number;
  /** Whether it may go to the top: no label below it says the same. */
  isTold: boolean;
}

/** Creates the row of a label, with its meter at rest. */
export function createRow(label: MeterLabel): MeterRow {
  const meter = document.createElement('earmark-meter');
  meter.name = label.name;
  meter.threshold = label.threshold;
  meter.sureThreshold = label.sureThreshold;
  meter.tabIndex = -1;
  return { label, meter, motion: restingMotion(), probability: 0, isTold: true };
}

/** Makes the meters of `rows` the children of `parent` in this order, without touching those already in place. */
export function putInOrder(parent: Element, rows: readonly MeterRow[]): void {
  let next = parent.firstElementChild;
  for (const { meter } of rows) {
    if (meter === next) next = next.nextElementSibling;
    else parent.insertBefore(meter, next);
  }
}
