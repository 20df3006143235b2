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
  /** Whether it is on the screen, or near it. What nobody can see is not drawn. */
  isNear: boolean;
}

/** Creates the row of a label, with its meter at rest. */
export function createRow(label: MeterLabel): MeterRow {
  const meter = document.createElement('earmark-meter');
  meter.name = label.name;
  meter.threshold = label.threshold;
  meter.sureThreshold = label.sureThreshold;
  meter.tabIndex = -1;
  return { label, meter, motion: restingMotion(), probability: 0, isTold: true, isNear: true };
}

/**
 * Makes the meters of `rows` the first children of `parent` in this order, without touching those already in place. A
 * meter changes places with the one in its place, so that of hundreds only those move that overtook each other.
 */
export function putInOrder(parent: Element, rows: readonly MeterRow[]): void {
  let next = parent.firstElementChild;
  for (const { meter } of rows) {
    const hasPlace = meter.parentElement === parent || parent.childElementCount >= rows.length;
    if (meter === next) next = next.nextElementSibling;
    else if (next && hasPlace) next = swap(meter, next);
    else parent.insertBefore(meter, next);
  }
}

/** Puts a meter in another one's place, and that one where the meter was. @returns what follows the meter then. */
function swap(meter: Element, other: Element): Element | null {
  const { parentElement: home, nextElementSibling: place } = meter;
  other.replaceWith(meter);
  home?.insertBefore(other, place === other ? meter.nextElementSibling : place);
  return meter.nextElementSibling;
}
