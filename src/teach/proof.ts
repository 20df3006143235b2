import { averagePrecision } from '../metrics/average-precision';
import { reliabilityBins } from '../metrics/calibration/reliability';
import type { ScoredOutputs } from '../metrics/predictions';
import { fewPositivesAucInterval } from '../metrics/roc/few-positives-auc-interval';
import { rocCurve } from '../metrics/roc/roc';
import { bestF1Threshold } from '../metrics/thresholds';
import type { TaughtLabel } from '../shared/contracts/clip';
import type { HeadProof, LabelProof, WrongClip } from '../shared/contracts/model/head';
import { Pauses } from '../shared/lib/pause';
import { advise } from './advice';

/** Threshold of a label that could not be measured. */
const UNMEASURED_THRESHOLD = 0.5;
/** With fewer positives, training and measuring cannot be separated. */
const FEWEST_MEASURABLE = 2;

/** The results of a cross-validation. */
export interface ProofInput {
  /** 0 if there was none. */
  readonly folds: number;
  /** The labels that the clips hold. */
  readonly labels: readonly TaughtLabel[];
  readonly clips: readonly { readonly id: string; readonly labels: readonly string[]; readonly heardAtMs?: number }[];
  /** Calibrated scores, each by a head that was not trained on the clip, [clips, labels]; ignored if `folds` is 0. */
  readonly probabilities: Float32Array;
  readonly shippedAuc: { readonly before: number; readonly after: number };
}

/** Assembles the proof of a head from its cross-validation. Yields the thread, because it may take a second. */
export async function assembleProof(input: ProofInput): Promise<HeadProof> {
  const { folds, labels, clips, probabilities, shippedAuc } = input;
  const pauses = new Pauses();
  const proofs: LabelProof[] = [];
  const wrong: { clip: WrongClip; distance: number }[] = [];
  for (const [label, { id }] of labels.entries()) {
    const truth = Uint8Array.from(clips, (clip) => Number(clip.labels.includes(id)));
    const scores = Float32Array.from(clips, (_, clip) => probabilities[clip * labels.length + label] as number);
    const positives = truth.reduce((sum, holds) => sum + holds, 0);
    const counts = { id, positives, negatives: clips.length - positives };
    const measurable = folds > 0 && positives >= FEWEST_MEASURABLE && counts.negatives > 0;
    const proof = { ...counts, ...(measurable ? figuresOf({ scores, truth }) : unmeasured) };
    proofs.push(proof);
    if (measurable) wrong.push(...wrongOf(proof, { scores, truth }, clips));
    await pauses.take();
  }
  wrong.sort((a, b) => b.distance - a.distance);
  const wrongClips = wrong.map(({ clip }) => clip);
  const advice = advise({ labels, clips, proofs, wrongClips });
  return { folds, clips: clips.length, labels: proofs, wrongClips, shippedAuc, advice };
}

type Figures = Omit<LabelProof, 'id' | 'positives' | 'negatives'>;

const unmeasured: Figures = {
  auc: null,
  averagePrecision: null,
  threshold: UNMEASURED_THRESHOLD,
  precision: null,
  recall: null,
  roc: [],
  reliability: [],
};

function figuresOf(outputs: ScoredOutputs): Figures {
  const best = bestF1Threshold(outputs);
  return {
    auc: fewPositivesAucInterval(outputs),
    averagePrecision: averagePrecision(outputs),
    threshold: best?.threshold ?? UNMEASURED_THRESHOLD,
    precision: best?.precision ?? null,
    recall: best?.recall ?? null,
    roc: corners(outputs),
    reliability: reliabilityBins(outputs).filter(({ count }) => count > 0),
  };
}

/** The ROC curve without the points that lie on a straight line between their neighbours. */
function corners(outputs: ScoredOutputs): LabelProof['roc'] {
  const points = rocCurve(outputs) ?? [];
  const kept: { falsePositiveRate: number; truePositiveRate: number }[] = [];
  for (const [i, { falsePositiveRate, truePositiveRate }] of points.entries()) {
    const before = kept.at(-1);
    const after = points[i + 1];
    if (before !== undefined && after !== undefined) {
      const turn =
        (falsePositiveRate - before.falsePositiveRate) * (after.truePositiveRate - truePositiveRate) -
        (truePositiveRate - before.truePositiveRate) * (after.falsePositiveRate - falsePositiveRate);
      if (Math.abs(turn) < 1e-12) continue;
    }
    kept.push({ falsePositiveRate, truePositiveRate });
  }
  return kept;
}

/** The clips on the wrong side of the label's threshold, with their distance from it. */
function wrongOf(
  { id, threshold }: LabelProof,
  { scores, truth }: ScoredOutputs,
  clips: ProofInput['clips'],
): { clip: WrongClip; distance: number }[] {
  return clips.flatMap((clip, i) => {
    const probability = scores[i] as number;
    const holds = truth[i] === 1;
    if (probability >= threshold === holds) return [];
    const kind = holds ? ('missed' as const) : ('false-alarm' as const);
    return [{ clip: { clipId: clip.id, labelId: id, kind, probability }, distance: Math.abs(probability - threshold) }];
  });
}
