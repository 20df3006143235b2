import type { TaughtLabel } from '../clip';
import type { Advice } from '../messages/advice';
import type { Interval, ReliabilityBin } from './figures';

/** How sure one label is, measured on clips that the measured head had not heard (cross-validation by clip). */
export interface LabelProof {
  readonly id: string;
  /** Clips that hold the label. */
  readonly positives: number;
  readonly negatives: number;
  /** Null where there are too few clips to measure it. */
  readonly auc: Interval | null;
  readonly averagePrecision: number | null;
  /** Probability from which the label counts as heard. */
  readonly threshold: number;
  /** At the threshold. Null where nothing was found or nothing could be found. */
  readonly precision: number | null;
  readonly recall: number | null;
  /** ROC curve, from (0, 0) to (1, 1); its corners. */
  readonly roc: readonly { readonly falsePositiveRate: number; readonly truePositiveRate: number }[];
  /** Reliability diagram: the bins that hold outputs. */
  readonly reliability: readonly ReliabilityBin[];
}

/** One clip that the measured head got wrong. */
export interface WrongClip {
  readonly clipId: string;
  readonly labelId: string;
  /** `missed`: it holds the label; `false-alarm`: it does not. */
  readonly kind: 'missed' | 'false-alarm';
  readonly probability: number;
}

/** The proof of a head: what cross-validation measured. */
export interface HeadProof {
  /** 0 where there were too few clips for a cross-validation: then no label has figures. */
  readonly folds: number;
  readonly clips: number;
  /** The labels that the person's clips hold. */
  readonly labels: readonly LabelProof[];
  readonly wrongClips: readonly WrongClip[];
  /** What the shipped labels lost by the training: mean AUC on the shipped exemplars, before and after. */
  readonly shippedAuc: { readonly before: number; readonly after: number };
  /** Labels with too few clips, and what to record next; the most pressing first. */
  readonly advice: readonly Advice[];
}

/** Group of the labels that a person has added to the shipped ones. */
export const TAUGHT_GROUP = 'taught';

/** A dense head that a person has trained, on the frozen backbone of a shipped model. */
export interface Head {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** What its weights fit: see `ModelInfo.backbone`. */
  readonly backbone: string;
  /** In the order of its outputs: the shipped model's labels, then the taught ones ({@link TAUGHT_GROUP}). */
  readonly labels: readonly (TaughtLabel & { readonly group: string })[];
  /** [embedding size, labels], row by row. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  /** One number a label each, as a model's; heads of before the bend lack it. */
  readonly calibration: {
    readonly scale: readonly number[];
    readonly offset: readonly number[];
    readonly bend?: readonly number[];
  };
  readonly proof: HeadProof;
}

/** One clip to train with. */
export interface TrainingClip {
  readonly id: string;
  /** Ids of all labels that sound in it; none means “none of these”. */
  readonly labels: readonly string[];
  readonly keptAtMs: number;
  /** What `TaggerApi.embedClip` made of it: [positions, embedding size], at least one position. */
  readonly embeddings: Float32Array;
}

/** What a head is trained from. The same request gives the same weights on the same backend. */
export interface TrainingRequest {
  /** Id, name and time of the head to be. */
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** Labels that the clips name; those that no clip holds are left out of the head. */
  readonly labels: readonly TaughtLabel[];
  readonly clips: readonly TrainingClip[];
}

/** How far a training is: once an epoch. */
export interface TrainingProgress {
  /** Parts of the training that are done, the cross-validation's folds and the head itself, of `parts`. */
  readonly part: number;
  readonly parts: number;
  /** `proof`: a fold of the cross-validation. `head`: the head itself, on all clips. */
  readonly stage: 'proof' | 'head';
  /** From 1 to at most `epochs`; training may stop earlier. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean cross-entropy on the clips that are trained with. */
  readonly loss: number;
  /** The same on clips that are kept aside; null while the head itself is trained on all clips. */
  readonly validationLoss: number | null;
}
