import type { LabelThresholds } from '../../src/events/detector';
import { detectEvents, foundSoundings, judgeDetection } from './scene-events';
import type { WindowLogits } from './scene-logits';
import type { LabelTruth } from './truth';

/** A scene with everything that judging it needs. */
export interface JudgedScene {
  readonly file: string;
  readonly kind: string;
  readonly seconds: number;
  readonly windows: WindowLogits;
  /** Calibrated, [windows, labels]. */
  readonly probabilities: Float32Array;
  /** In the order of the labels. */
  readonly truth: readonly LabelTruth[];
}

/** What became of one label in some scenes. */
export interface LabelCounts {
  readonly falseAlarms: number;
  /** Soundings, and how many of them were detected. */
  readonly soundings: number;
  readonly found: number;
}

/** Counts per label, in the order of the thresholds. */
export function countEvents(scenes: readonly JudgedScene[], thresholds: readonly LabelThresholds[]): LabelCounts[] {
  const counts = thresholds.map(() => ({ falseAlarms: 0, soundings: 0, found: 0 }));
  for (const { windows, probabilities, truth } of scenes) {
    const detections = detectEvents(windows, probabilities, thresholds);
    for (const [label, count] of counts.entries()) {
      const ofLabel = truth[label] as LabelTruth;
      const detected = detections.filter((event) => event.label === label);
      count.falseAlarms += detected.filter((event) => judgeDetection(event, ofLabel) === 'false-alarm').length;
      count.soundings += ofLabel.sounding.length;
      count.found += foundSoundings(detected, ofLabel);
    }
  }
  return counts;
}

export function hoursOf(scenes: readonly JudgedScene[]): number {
  return scenes.reduce((sum, { seconds }) => sum + seconds / 3600, 0);
}
