import type { LabelThresholds } from '../../src/events/detector';
import type { JudgedScene } from './judged-scenes';
import { detectEvents, foundSoundings, judgeDetection } from './scene-events';
import type { LabelTruth } from './truth';

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
  for (const scene of scenes) {
    const { truth } = scene;
    const detections = detectEvents(scene, thresholds);
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
