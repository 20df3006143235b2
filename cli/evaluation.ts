import { averagePrecision } from '../src/metrics/average-precision';
import { expectedCalibrationError } from '../src/metrics/calibration-error';
import { clipAccuracy } from '../src/metrics/clip-accuracy';
import { macroMean } from '../src/metrics/macro-mean';
import { outputsOfLabel, type Predictions, pooledOutputs, selectPredictions } from '../src/metrics/predictions';
import { rocAuc } from '../src/metrics/roc-auc';
import type { ClipRow } from './clip-list';
import type { ClipScorer } from './clip-scorer';

/** Outputs below it are left out of the second calibration error: over all of them any tagger looks calibrated. */
export const RELIABLE_FROM = 0.05;

export interface LabelFigures {
  readonly id: string;
  /** Scored clips that hold the label. */
  readonly positives: number;
  /** Null where there is no positive or no negative, as is `ap`. */
  readonly auc: number | null;
  readonly ap: number | null;
}

/**
 * How well a model does on a list of clips: fractions between 0 and 1, null where a figure is undefined.
 *
 * All but `labels` are over the labels that the list names at all: of the others it cannot be known where they sound.
 */
export interface Figures {
  /** Clips that were read and scored. */
  readonly clips: number;
  /** Share of the clips with one label whose highest score is that label's. */
  readonly accuracy: number | null;
  /** Macro figures are means over the labels that have a positive and a negative. */
  readonly macroAuc: number | null;
  readonly microAuc: number | null;
  readonly mAP: number | null;
  /** Expected calibration error over all outputs. */
  readonly ece: number | null;
  /** All labels of the model, in its order. */
  readonly labels: readonly LabelFigures[];
}

export interface Evaluation {
  readonly figures: Figures;
  /** Expected calibration error over the outputs from {@link RELIABLE_FROM} on. */
  readonly reliableEce: number | null;
  /** What is wrong with the clips or the list; one line each, naming the file or label and the reason. */
  readonly faults: readonly string[];
  /** What the figures leave out without anything being wrong. */
  readonly notes: readonly string[];
}

export interface EvaluationOptions {
  /** Scores the clips of one fold alone. */
  readonly fold?: string | undefined;
  readonly scorer: ClipScorer;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Clips that were scored, with a row of {@link Predictions} each. */
interface ScoredClips {
  readonly rows: readonly ClipRow[];
  readonly predictions: Predictions;
  readonly faults: readonly string[];
}

/**
 * Scores clips and judges the scores by the list's labels.
 *
 * A clip that cannot be read or scored is reported and left out. A label that the model does not know is reported; the
 * clip is scored for the others, but does not count for the accuracy.
 *
 * @param rows the whole list: the labels that it names are the ones that are judged, in every fold.
 */
export async function evaluateClips(rows: readonly ClipRow[], options: EvaluationOptions): Promise<Evaluation> {
  const ids = options.scorer.labels;
  const scored = await scoreClips(rows, options);
  const { predictions } = scored;

  const labels = ids.map((id, label): LabelFigures => {
    const outputs = outputsOfLabel(predictions, label);
    const positives = outputs.truth.reduce((sum, truth) => sum + truth, 0);
    return { id, positives, auc: rocAuc(outputs), ap: averagePrecision(outputs) };
  });

  const named = new Set(rows.flatMap((row) => row.labels));
  const judged = [...ids.keys()].filter((label) => named.has(ids[label] as string));
  const everyClip = [...scored.rows.keys()];
  const knownClips = everyClip.filter((clip) => scored.rows[clip]?.labels.every((id) => ids.includes(id)));
  const outputs = pooledOutputs(selectPredictions(predictions, everyClip, judged));
  const ofJudged = judged.map((label) => labels[label] as LabelFigures);

  const onFold = options.fold === undefined ? '' : ` in fold ${options.fold}`;
  const withoutPositive = ofJudged.filter(({ positives }) => positives === 0);
  const withoutNegative = ofJudged.filter(({ positives }) => positives > 0 && positives === scored.rows.length);
  const unjudged = ids.filter((id) => !named.has(id));
  return {
    figures: {
      clips: scored.rows.length,
      accuracy: clipAccuracy(selectPredictions(predictions, knownClips, judged)),
      macroAuc: macroMean(ofJudged.map(({ auc }) => auc)),
      microAuc: rocAuc(outputs),
      mAP: macroMean(ofJudged.map(({ ap }) => ap)),
      ece: expectedCalibrationError(outputs),
      labels,
    },
    reliableEce: expectedCalibrationError(outputs, { minimum: RELIABLE_FROM }),
    faults: [
      ...scored.faults,
      ...unknownLabels(rows, ids, options),
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

function isInFold(row: ClipRow, fold: string | undefined): boolean {
  return fold === undefined || row.fold === fold;
}

/** One line a label, since a list of another model's labels would otherwise bring a line a clip. */
function unknownLabels(rows: readonly ClipRow[], ids: readonly string[], { fold }: EvaluationOptions): string[] {
  const filesOf = new Map<string, string[]>();
  for (const { file, labels } of rows.filter((row) => isInFold(row, fold))) {
    for (const id of labels.filter((label) => !ids.includes(label))) {
      filesOf.set(id, [...(filesOf.get(id) ?? []), file]);
    }
  }
  return [...filesOf].map(([id, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `${first}${more}: the model has no label "${id}"`;
  });
}

async function scoreClips(
  rows: readonly ClipRow[],
  { fold, scorer, onProgress }: EvaluationOptions,
): Promise<ScoredClips> {
  const ids = scorer.labels;
  const clips = rows.filter((row) => isInFold(row, fold));
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
    truth.set(
      ids.map((id) => (score.row.labels.includes(id) ? 1 : 0)),
      i * ids.length,
    );
  }
  return {
    rows: scores.map(({ row }) => row),
    predictions: { labelCount: ids.length, probabilities, truth },
    faults,
  };
}
