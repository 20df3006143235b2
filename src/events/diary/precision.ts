import type { Interval } from '../../shared/contracts/model/figures';
import type { SoundEvent } from '../../shared/contracts/sound-event';
import { wilsonInterval } from './wilson';

/** What is needed of an event to measure precision. */
export type Judged = Pick<SoundEvent, 'label' | 'peakProbability' | 'verdict'>;

/** How often a label was right when its probability reached a threshold. */
export interface PrecisionAt {
  readonly threshold: number;
  /** Events that a person judged right, and all that were judged right or wrong. */
  readonly right: number;
  readonly judged: number;
  readonly precision: Interval;
}

/** The thresholds of the table. */
export const TABLE_THRESHOLDS: readonly number[] = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Fewer verdicts than this propose no threshold. */
const LEAST_VERDICTS = 10;
/** The precision that a proposed threshold should reach. */
export const WANTED_PRECISION = 0.9;

/** Precision at each threshold, from the verdicts about the events of one label. `unsure` counts for nothing. */
export function precisionTable(events: Iterable<Judged>, thresholds = TABLE_THRESHOLDS): PrecisionAt[] {
  const rights: number[] = [];
  const wrongs: number[] = [];
  for (const { peakProbability, verdict } of events) {
    if (verdict && verdict.answer !== 'unsure') (verdict.answer === 'right' ? rights : wrongs).push(peakProbability);
  }
  return thresholds.map((threshold) => {
    const right = atLeast(rights, threshold);
    const judged = right + atLeast(wrongs, threshold);
    return { threshold, right, judged, precision: wilsonInterval(right, judged) };
  });
}

/** The lowest threshold that reaches {@link WANTED_PRECISION}; undefined if too few events were judged, or none does. */
export function proposedThreshold(events: readonly Judged[]): PrecisionAt | undefined {
  const judged = events.filter(({ verdict }) => verdict && verdict.answer !== 'unsure');
  // Rounded down, so that the event itself still passes.
  const peaks = judged.map(({ peakProbability }) => Math.floor(peakProbability * 100) / 100);
  const thresholds = [...new Set(peaks)].sort((a, b) => a - b);
  return precisionTable(judged, thresholds).find(
    ({ judged: count, precision }) => count >= LEAST_VERDICTS && precision.value >= WANTED_PRECISION,
  );
}

function atLeast(values: readonly number[], threshold: number): number {
  return values.reduce((count, value) => count + (value >= threshold ? 1 : 0), 0);
}
