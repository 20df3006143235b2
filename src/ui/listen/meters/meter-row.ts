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
 * Makes the meters of `rows` the children of `parent`, in this order. The longest run of meters whose order is right stays
 * where it is, so that of hundreds only those move that overtook others.
 */
export function putInOrder(parent: Element, rows: readonly MeterRow[]): void {
  const wanted = new Set<Element>(rows.map(({ meter }) => meter));
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  const places = new Map([...parent.children].map((child, place) => [child, place]));
  const staying = longestRise(rows.map(({ meter }) => places.get(meter)));
  let next: Element | null = null;
  for (const [i, { meter }] of [...rows.entries()].reverse()) {
    if (!staying.has(i)) parent.insertBefore(meter, next);
    next = meter;
  }
}

/** Indices of a longest part of the values, in their order, that only rises (patience sorting). */
function longestRise(values: readonly (number | undefined)[]): Set<number> {
  // Of the rises of each length, the index of the last value of the one that ends lowest; and each value's predecessor.
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  values.forEach((value, i) => {
    if (value === undefined) return;
    let length = ends.length;
    while (length > 0 && (values[ends[length - 1] as number] as number) > value) length--;
    before[i] = ends[length - 1];
    ends[length] = i;
  });
  const rise = new Set<number>();
  for (let i = ends.at(-1); i !== undefined; i = before[i]) rise.add(i);
  return rise;
}
