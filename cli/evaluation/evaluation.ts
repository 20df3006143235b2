import { averagePrecision } from '../../src/metrics/average-precision';
import { expectedCalibrationError } from '../../src/metrics/calibration/calibration-error';
import { reliabilityBins } from '../../src/metrics/calibration/reliability';
import { type SureAndWrong, sureAndWrong } from '../../src/metrics/calibration/sure-and-wrong';
import { clipAccuracy } from '../../src/metrics/clip-accuracy';
import { type ClipAnswer, clipAnswers } from '../../src/metrics/clip-answers';
import { confusions } from '../../src/metrics/confusions';
import {
  outputsOfLabel,
  type Predictions,
  pooledOutputs,
  type ScoredOutputs,
  selectPredictions,
} from '../../src/metrics/predictions';
import { aucInterval } from '../../src/metrics/roc/auc-interval';
import { macroAucInterval } from '../../src/metrics/roc/macro-auc-interval';
import { macroMean } from '../../src/metrics/roc/macro-mean';
import { rocAuc } from '../../src/metrics/roc/roc-auc';
import type { ReliabilityBin } from '../../src/shared/contracts/model/figures';
import type { ClipRow } from '../clips/clip-list';
import type { ClipScorer, LabelsAbove } from '../clips/clip-scorer';

/** Outputs below it are left out of the second calibration error: over all outputs, any tagger looks calibrated. */
export const RELIABLE_FROM = 0.05;

/** Number of label pairs in the list of confusions. */
const MOST_CONFUSIONS = 12;

export interface LabelFigures {
  readonly id: string;
  /** Scored clips that hold the label. */
  readonly positives: number;
  /** Null if there are no positives or no negatives, like the others. */
  readonly auc: number | null;
  readonly ap: number | null;
  /** Ends of the AUC's 95 % interval. */
  readonly aucLow: number | null;
  readonly aucHigh: number | null;
}

/** Clips with one label whose highest score is another's. */
export interface NamedConfusion {
  readonly sounding: string;
  readonly heard: string;
  readonly clips: number;
}

/**
 * How well a model does on a list of clips: fractions between 0 and 1, null if a figure is undefined.
 *
 * All except `labels`, `accuracy` and `confusions` cover only the labels that the list names: where the others sound is
 * unknown. A clip holds its own labels and all above them.
 */
export interface Figures {
  /** Clips that were read and scored. */
  readonly clips: number;
  /**
   * Share of the clips with one label whose highest score is that label's, or that of one below it. Labels above the
   * clip's own do not take part.
   */
  readonly accuracy: number | null;
  /** Macro figures are means over the labels that have both a positive and a negative. */
  readonly macroAuc: number | null;
  readonly microAuc: number | null;
  readonly mAP: number | null;
  /** Expected calibration error over all outputs. */
  readonly ece: number | null;
  /** All labels of the model, in its order. */
  readonly labels: readonly LabelFigures[];
  /** Ends of the macro AUC's 95 % interval. */
  readonly macroAucLow: number | null;
  readonly macroAucHigh: number | null;
  /** Expected calibration error over the outputs from {@link RELIABLE_FROM}. */
  readonly reliableEce: number | null;
  readonly sureAndWrong: SureAndWrong;
  /** The reliability diagram, all outputs pooled: ten bins of equal width. */
  readonly reliability: readonly ReliabilityBin[];
  /** The most frequent ones, most frequent first. */
  readonly confusions: readonly NamedConfusion[];
}

export interface Evaluation {
  readonly figures: Figures;
  readonly scored: ScoredClips;
  /** Problems with the clips or the list; one line each, naming the file or label and the reason. */
  readonly faults: readonly string[];
  /** What the figures leave out although nothing is wrong. */
  readonly notes: readonly string[];
}

/** The labels among which a clip's is to score highest: all of the model, or those that the list names. */
export type Among = 'all' | 'named';

export interface EvaluationOptions {
  /** Scores only the clips of one fold. */
  readonly fold?: string | undefined;
  readonly scorer: ClipScorer;
  readonly among: Among;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The scored clips, with a row of {@link Predictions} each. */
export interface ScoredClips {
  /** Labels of the predictions. */
  readonly ids: readonly string[];
  readonly above: LabelsAbove;
  readonly rows: readonly ClipRow[];
  readonly predictions: Predictions;
  /** Clips that could not be scored, one line each. */
  readonly faults: readonly string[];
}

/**
 * Scores clips and evaluates the scores against the list's labels.
 *
 * A clip that cannot be read or scored is reported and left out. A label that the model does not know is reported; the
 * clip is scored for the others, but does not count for the accuracy.
 *
 * @param rows the whole list: in every fold, the labels that it names are evaluated.
 */
export async function evaluateClips(rows: readonly ClipRow[], options: EvaluationOptions): Promise<Evaluation> {
  const { fold, scorer, among, onProgress } = options;
  const clips = rows.filter((row) => fold === undefined || row.fold === fold);
  const scored = await scoreClips(clips, scorer, onProgress);
  const figures = judge(scored, namedLabels(rows), among);

  const onFold = fold === undefined ? '' : ` in fold ${fold}`;
  const named = figures.labels.filter(({ id }) => namedLabels(rows).has(id));
  const withoutPositive = named.filter(({ positives }) => positives === 0);
  const withoutNegative = named.filter(({ positives }) => positives > 0 && positives === scored.rows.length);
  const unjudged = figures.labels.flatMap(({ id, positives }) =>
    positives > 0 || namedLabels(rows).has(id) ? [] : [id],
  );
  return {
    figures,
    scored,
    faults: [
      ...scored.faults,
      ...unknownLabels(clips, scorer.labels),
      ...withoutPositive.map(
        ({ id }) => `${id}: no clip that was scored${onFold} holds this label, so it has no figures`,
      ),
    ],
    notes: [
      ...withoutNegative.map(({ id }) => `${id}: every clip${onFold} holds this label, so it has no figures`),
      ...(unjudged.length === 0 ? [] : [`labels that the list does not name have no figures: ${unjudged.join(', ')}`]),
    ],
  };
}

/** The labels that a list of clips names. */
export function namedLabels(rows: readonly ClipRow[]): Set<string> {
  return new Set(rows.flatMap(({ labels }) => labels));
}

/**
 * Evaluates scores against the labels of their clips.
 *
 * @param named the labels to evaluate.
 * @param among the labels among which a clip's is to score highest.
 */
export function judge(scored: ScoredClips, named: ReadonlySet<string>, among: Among): Figures {
  const { ids, predictions } = scored;
  const labels = ids.map((id, label): LabelFigures => {
    const outputs = outputsOfLabel(predictions, label);
    const positives = outputs.truth.reduce((sum, truth) => sum + truth, 0);
    const { low = null, high = null } = aucInterval(outputs) ?? {};
    return {
      id,
      positives,
      auc: rocAuc(outputs),
      ap: averagePrecision(outputs),
      aucLow: low,
      aucHigh: high,
    };
  });
  const judged = [...ids.keys()].filter((label) => named.has(ids[label] as string));
  const everyClip = [...scored.rows.keys()];
  const answers = answersOf(scored, among === 'all' ? [...ids.keys()] : judged);
  const outputs = pooledOutputs(selectPredictions(predictions, everyClip, judged));
  const ofJudged = judged.map((label) => labels[label] as LabelFigures);
  const interval = macroAucInterval(outputsOfNamed(scored, named));
  const idOf = (label: number): string => ids[label] as string;
  return {
    clips: scored.rows.length,
    accuracy: clipAccuracy(answers),
    macroAuc: macroMean(ofJudged.map(({ auc }) => auc)),
    microAuc: rocAuc(outputs),
    mAP: macroMean(ofJudged.map(({ ap }) => ap)),
    ece: expectedCalibrationError(outputs),
    labels,
    macroAucLow: interval?.low ?? null,
    macroAucHigh: interval?.high ?? null,
    reliableEce: expectedCalibrationError(outputs, { minimum: RELIABLE_FROM }),
    sureAndWrong: sureAndWrong(outputs),
    reliability: reliabilityBins(outputs),
    confusions: confusions(answers)
      .slice(0, MOST_CONFUSIONS)
      .map(({ sounding, heard, clips }) => ({ sounding: idOf(sounding), heard: idOf(heard), clips })),
  };
}

/** The answers for clips whose labels are all known. @param candidates indices of the labels that may be the answer. */
function answersOf({ ids, above, rows, predictions }: ScoredClips, candidates: readonly number[]): ClipAnswer[] {
  const placeOf = new Map(ids.map((id, label) => [id, label]));
  const known = [...rows.keys()].filter((clip) => rows[clip]?.labels.every((id) => placeOf.has(id)));
  const places = ids.map((id) => new Set([...(above.get(id) ?? [])].flatMap((parent) => placeOf.get(parent) ?? [])));
  return clipAnswers(selectPredictions(predictions, known, [...ids.keys()]), candidates, places);
}

/** The outputs of each evaluated label, in the model's order. */
export function outputsOfNamed({ ids, predictions }: ScoredClips, named: ReadonlySet<string>): ScoredOutputs[] {
  return ids.flatMap((id, label) => (named.has(id) ? [outputsOfLabel(predictions, label)] : []));
}

/** One line per label, because a list with another model's labels would otherwise give a line per clip. */
function unknownLabels(clips: readonly ClipRow[], ids: readonly string[]): string[] {
  const filesOf = new Map<string, string[]>();
  for (const { file, labels } of clips) {
    for (const id of labels.filter((label) => !ids.includes(label))) {
      filesOf.set(id, [...(filesOf.get(id) ?? []), file]);
    }
  }
  return [...filesOf].map(([id, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `${first}${more}: the model has no label "${id}"`;
  });
}

/** Scores clips. One that cannot be scored becomes a fault. */
export async function scoreClips(
  clips: readonly ClipRow[],
  scorer: ClipScorer,
  onProgress?: (done: number, total: number) => void,
): Promise<ScoredClips> {
  const ids = scorer.labels;
  const scores: { row: ClipRow; probabilities: Float32Array }[] = [];
  const faults: string[] = [];
  for (const [i, row] of clips.entries()) {
    try {
      scores.push({ row, probabilities: await scorer.score(row.file) });
    } catch (error) {
      faults.push((error as Error).message);
    }
    onProgress?.(i + 1, clips.length);
  }
  const probabilities = new Float32Array(scores.length * ids.length);
  const truth = new Uint8Array(scores.length * ids.length);
  for (const [i, score] of scores.entries()) {
    probabilities.set(score.probabilities, i * ids.length);
    const present = new Set(score.row.labels.flatMap((id) => [id, ...(scorer.above.get(id) ?? [])]));
    truth.set(
      ids.map((id) => (present.has(id) ? 1 : 0)),
      i * ids.length,
    );
  }
  return {
    ids,
    above: scorer.above,
    rows: scores.map(({ row }) => row),
    predictions: { labelCount: ids.length, probabilities, truth },
    faults,
  };
}
