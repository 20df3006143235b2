import type { Interval } from '../../../../shared/contracts/model/figures';
import type { Head, LabelProof } from '../../../../shared/contracts/model/head';
import type { ModelFigures, ReliabilityFigures } from '../../../../shared/contracts/model/model-figures';
import type { ModelInfo } from '../../../../shared/contracts/tagger-api';

/** A share of fewer moments than this says little. */
export const FEWEST_MOMENTS = 20;

/** Number of bins in the reliability diagram of a head's proof. */
const OWN_BINS = 10;

/** Measured reliability of one label, so that a person can tell how far to trust its meter. */
export interface Trust {
  /** Scenes with known times, a named test set, or the person's own clips. */
  readonly measuredOn:
    | { readonly sceneHours: number; readonly date: string }
    | { readonly testSet: string; readonly clips: number; readonly date: string }
    | { readonly ownClips: number };
  /** Of moments of the scenes or clips of the test set, all labels together; or of this label on the person's clips. */
  readonly reliability: readonly ReliabilityFigures[];
  readonly auc: Interval | null;
  readonly averagePrecision: number | null;
  /** Clips that held the label. */
  readonly positives: number;
}

/**
 * Measured reliability of a label.
 *
 * @param head the active head; undefined for the model's own. Taught labels are measured on the person's clips.
 * @returns undefined if nothing was measured.
 */
export function trustOf(id: string, model: ModelInfo | undefined, head: Head | undefined): Trust | undefined {
  const own = head?.proof.labels.find((label) => label.id === id);
  if (own) return ownTrust(own, head?.proof.clips ?? 0);
  const { figures } = model ?? {};
  const label = figures?.labels.find((candidate) => candidate.id === id);
  if (!figures || !label) return undefined;
  const { auc, aucLow, aucHigh, averagePrecision, positives } = label;
  const hasInterval = auc !== null && aucLow !== null && aucHigh !== null;
  return {
    ...reliabilityOf(figures),
    auc: hasInterval ? { value: auc, low: aucLow, high: aucHigh } : null,
    averagePrecision,
    positives,
  };
}

/** Meters show moments, so what moments have meant comes first. */
function reliabilityOf({ moments, measuredOn, clips, date, reliability }: ModelFigures) {
  return moments
    ? { measuredOn: { sceneHours: moments.hours, date: moments.date }, reliability: moments.reliability }
    : { measuredOn: { testSet: measuredOn, clips, date }, reliability };
}

function ownTrust({ reliability, auc, averagePrecision, positives }: LabelProof, ownClips: number): Trust {
  return {
    measuredOn: { ownClips },
    reliability: reliability.map((bin) => {
      const number = Math.min(OWN_BINS - 1, Math.floor(bin.meanProbability * OWN_BINS));
      return { ...bin, from: number / OWN_BINS, to: (number + 1) / OWN_BINS };
    }),
    auc,
    averagePrecision,
    positives,
  };
}

/** The bin of a probability; undefined if nothing was measured there. */
export function binOf(probability: number, bins: readonly ReliabilityFigures[]): ReliabilityFigures | undefined {
  return bins.find(({ from, to, count }) => count > 0 && probability >= from && (probability < to || to === 1));
}

/** A share in everyday numbers: 7 in 10, 2 in 100. */
export function inTen(share: number): { readonly part: number; readonly whole: number } {
  const whole = share > 0.95 || share < 0.05 ? 100 : 10;
  return { part: Math.round(share * whole), whole };
}
