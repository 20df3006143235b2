import type { TaughtLabel } from '../clip';
import type { Advice } from '../messages/advice';
import type { Interval, ReliabilityBin } from './figures';

/**
 * How well one label is recognised, measured on clips that the measured head was not trained on (cross-validation by
 * clip).
 */
export interface LabelProof {
  readonly id: string;
  /** Clips that hold the label. */
  readonly positives: number;
  readonly negatives: number;
  /** Null if there are too few clips to measure it. */
  readonly auc: Interval | null;
  readonly averagePrecision: number | null;
  /** Probability from which the label counts as heard. */
  readonly threshold: number;
  /** At the threshold. Null if nothing was found or there was nothing to find. */
  readonly precision: number | null;
  readonly recall: number | null;
  /** ROC curve from (0, 0) to (1, 1), given by its corners. */
  readonly roc: readonly { readonly falsePositiveRate: number; readonly truePositiveRate: number }[];
  /** Reliability diagram: the non-empty bins. */
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

/** The proof of a head: the results of cross-validation. */
export interface HeadProof {
  /** 0 if there were too few clips for cross-validation; then no label has figures. */
  readonly folds: number;
  readonly clips: number;
  /** The labels that the person's clips hold. */
  readonly labels: readonly LabelProof[];
  readonly wrongClips: readonly WrongClip[];
  /** What the training cost the shipped labels: mean AUC on the shipped exemplars, before and after. */
  readonly shippedAuc: { readonly before: number; readonly after: number };
  /** Labels with too few clips, and what to record next; most urgent first. */
  readonly advice: readonly Advice[];
}

/** Group of the labels that a person added to the shipped ones. */
export const TAUGHT_GROUP = 'taught';

/** A dense head trained by a person on the frozen backbone of a shipped model. */
export interface Head {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** The backbone that its weights fit: see `ModelInfo.backbone`. */
  readonly backbone: string;
  /** In output order: the shipped model's labels, then the taught ones ({@link TAUGHT_GROUP}). */
  readonly labels: readonly (TaughtLabel & { readonly group: string })[];
  /** [embedding size, labels], row-major. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  /** One number per label, as in a model's calibration. Heads from before the bend was added lack it. */
  readonly calibration: {
    readonly scale: readonly number[];
    readonly offset: readonly number[];
    readonly bend?: readonly number[];
  };
  readonly proof: HeadProof;
}

/** One training clip. */
export interface TrainingClip {
  readonly id: string;
  /** Ids of all labels that sound in it; none means “none of these”. */
  readonly labels: readonly string[];
  /** When it sounded; omitted if unknown, as for imported files. */
  readonly heardAtMs?: number;
  /** The result of `TaggerApi.embedClip`: [positions, embedding size], at least one position. */
  readonly embeddings: Float32Array;
}

/** The input of a head's training. The same request gives the same weights on the same backend. */
export interface TrainingRequest {
  /** Id, name and time of the new head. */
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** Labels that the clips name. The head leaves out those that no clip holds. */
  readonly labels: readonly TaughtLabel[];
  readonly clips: readonly TrainingClip[];
}

/** Progress of a training, reported once per epoch. */
export interface TrainingProgress {
  /** Finished parts of the training, out of `parts`: the folds of the cross-validation and the head itself. */
  readonly part: number;
  readonly parts: number;
  /** `proof`: a fold of the cross-validation. `head`: the head itself, on all clips. */
  readonly stage: 'proof' | 'head';
  /** From 1 to `epochs`. Training may stop early. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean cross-entropy on the training clips. */
  readonly loss: number;
  /** The same on clips set aside; null while the head itself is trained on all clips. */
  readonly validationLoss: number | null;
}
