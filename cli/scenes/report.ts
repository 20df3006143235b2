import { modelThresholds } from '../../src/events/thresholds';
import { expectedCalibrationError } from '../../src/metrics/calibration/calibration-error';
import { reliabilityBins } from '../../src/metrics/calibration/reliability';
import type { ReliabilityBin } from '../../src/shared/contracts/model/figures';
import type { MomentFigures } from '../../src/shared/contracts/model/model-figures';
import { RELIABLE_FROM } from '../evaluation/evaluation';
import { countEvents, hoursOf, type LabelCounts } from './false-alarms';
import type { JudgedScene } from './judged-scenes';
import { momentsByLabel, pooledMoments } from './moments';

/** What a set of scenes showed of a model. */
export interface SceneFigures {
  readonly hours: number;
  readonly scenes: number;
  /** Windows and labels whose truth is known. */
  readonly outputs: number;
  /** Expected calibration error of the windows' outputs from {@link RELIABLE_FROM}; null if there are none. */
  readonly momentsError: number | null;
  readonly reliability: readonly ReliabilityBin[];
  readonly labels: readonly (LabelCounts & { readonly id: string; readonly threshold: number })[];
  /** False alarms of all labels together, by kind of scene. */
  readonly ofKind: readonly { readonly kind: string; readonly hours: number; readonly falseAlarms: number }[];
}

/** Judges a model's probabilities and events. @param thresholds each label's on threshold. */
export function judgeScenes(
  scenes: readonly JudgedScene[],
  ids: readonly string[],
  thresholds: readonly number[],
  windowSeconds: number,
): SceneFigures {
  const moments = scenes.map((scene) => ({ ...scene, values: scene.probabilities }));
  const outputs = pooledMoments(momentsByLabel(moments, ids.length, windowSeconds, 1));
  const withBoth = thresholds.map(modelThresholds);
  const counts = countEvents(scenes, withBoth);
  const kinds = [...new Set(scenes.map(({ kind }) => kind))];
  return {
    hours: hoursOf(scenes),
    scenes: scenes.length,
    outputs: outputs.truth.length,
    momentsError: expectedCalibrationError(outputs, { minimum: RELIABLE_FROM }),
    reliability: reliabilityBins(outputs),
    labels: ids.map((id, i) => ({ id, threshold: thresholds[i] as number, ...(counts[i] as LabelCounts) })),
    ofKind: kinds.map((kind) => {
      const ofKind = scenes.filter((scene) => scene.kind === kind);
      const falseAlarms = countEvents(ofKind, withBoth).reduce((sum, count) => sum + count.falseAlarms, 0);
      return { kind, hours: hoursOf(ofKind), falseAlarms };
    }),
  };
}

/** False alarms an hour: of the mean and of the worst label. */
export function falseAlarmRates({ labels, hours }: Pick<SceneFigures, 'labels' | 'hours'>) {
  const rates = labels.map(({ falseAlarms }) => falseAlarms / hours);
  return { mean: rates.reduce((sum, rate) => sum + rate, 0) / rates.length, worst: Math.max(...rates) };
}

/** What moments have meant, for a model folder's `figures.json`. */
export function momentFigures({ hours, reliability }: SceneFigures, date: Date): MomentFigures {
  return {
    date: date.toISOString().slice(0, 10),
    hours,
    reliability: reliability.map((bin, i) => ({
      ...bin,
      from: i / reliability.length,
      to: (i + 1) / reliability.length,
    })),
  };
}

/** Share of the soundings that were detected; null if there are none. */
export function foundShare({ labels }: Pick<SceneFigures, 'labels'>): number | null {
  const soundings = labels.reduce((sum, label) => sum + label.soundings, 0);
  return soundings === 0 ? null : labels.reduce((sum, { found }) => sum + found, 0) / soundings;
}
