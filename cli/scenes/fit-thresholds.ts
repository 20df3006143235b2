import { labelThresholds, modelThresholds } from '../../src/events/thresholds';
import { countEvents, hoursOf } from './false-alarms';
import type { JudgedScene } from './judged-scenes';

/** The most false alarms an hour that are to be expected of a label at its default threshold. */
const MOST_FALSE_ALARMS_AN_HOUR = 0.5;

/**
 * Added to the false alarms that were counted: hours as long as these would have had one more (the mean of the rate's
 * posterior from a flat prior). A few hours without an alarm do not promise that none comes.
 */
const UNSEEN_FALSE_ALARMS = 1;

/** Thresholds to try, highest first. Below the last one, nobody would call a sound heard. */
const candidates = [0.99, 0.98, 0.97, 0.96, ...Array.from({ length: 84 }, (_, i) => (95 - i) / 100)];

/**
 * Each label's lowest threshold at which it, and every higher one, keeps false alarms rare; the highest candidate if none
 * does. Below four hours of scenes, one false alarm is too many.
 */
export function fitEventThresholds(scenes: readonly JudgedScene[], labelCount: number): number[] {
  const most = Math.max(0, MOST_FALSE_ALARMS_AN_HOUR * hoursOf(scenes) - UNSEEN_FALSE_ALARMS);
  const found = Array.from({ length: labelCount }, () => candidates[0] as number);
  const isOpen = found.map(() => true);
  const never = labelThresholds(Number.POSITIVE_INFINITY);
  for (const candidate of candidates) {
    // Labels that are done need no more events.
    const thresholds = isOpen.map((open) => (open ? modelThresholds(candidate) : never));
    for (const [label, { falseAlarms }] of countEvents(scenes, thresholds).entries()) {
      if (!isOpen[label]) continue;
      if (falseAlarms <= most) found[label] = candidate;
      else isOpen[label] = false;
    }
  }
  return found;
}
