import { EventDetector, type LabelThresholds } from '../../src/events/detector';
import type { Detection } from '../../src/events/sounding';
import { eventTiming } from '../../src/events/timing';
import type { JudgedScene } from './judged-scenes';
import { type LabelTruth, overlaps } from './truth';

/** How far a detection may be from a sound and still mean it: the window lasts longer than the sound. */
const COLLAR_SECONDS = 1;

/** The events that the diary would have of a scene. */
export function detectEvents(
  { windows, probabilities, filled }: Pick<JudgedScene, 'windows' | 'probabilities' | 'filled'>,
  thresholds: readonly LabelThresholds[],
): Detection[] {
  let ids = 0;
  const detector = new EventDetector(thresholds, eventTiming, () => String(ids++));
  const labels = thresholds.length;
  const changes = Array.from(windows.levelsDb, (levelDb, i) => {
    const moment = {
      windowEndSeconds: windows.firstEndSeconds + i * windows.stepSeconds,
      probabilities: probabilities.subarray(i * labels, (i + 1) * labels),
      levelDb,
    };
    const again = filled.get(i);
    if (again === undefined || detector.unsureSoundSeconds(moment) === undefined) return detector.push(moment);
    return detector.push({ ...moment, filledProbabilities: again });
  });
  return [...changes.flat(), ...detector.finish()]
    .filter(({ kind }) => kind === 'end')
    .map(({ detection }) => detection);
}

/** What a detection turned out to be; `unknown` where nobody can say. */
export type Judgement = 'right' | 'false-alarm' | 'unknown';

/** Whether a detected label was there, or close. @param truth of the detection's label. */
export function judgeDetection({ startSeconds, endSeconds }: Detection, truth: LabelTruth): Judgement {
  const near = { startSeconds: startSeconds - COLLAR_SECONDS, endSeconds: endSeconds + COLLAR_SECONDS };
  if (overlaps(truth.sounding, near)) return 'right';
  return overlaps(truth.unknown, near) ? 'unknown' : 'false-alarm';
}

/** How many of a scene's soundings of a label were detected, or almost. */
export function foundSoundings(detections: readonly Detection[], { sounding }: LabelTruth): number {
  return sounding.filter(({ startSeconds, endSeconds }) =>
    overlaps(detections, { startSeconds: startSeconds - COLLAR_SECONDS, endSeconds: endSeconds + COLLAR_SECONDS }),
  ).length;
}
