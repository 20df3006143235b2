/** Probabilities from which a label counts as heard, one a label; null where none was found. */
export interface Thresholds {
  /** With the best F1. */
  readonly bestF1: readonly (number | null)[];
  /** The lowest with 95 % precision. */
  readonly precision95: readonly (number | null)[];
}

/** Of the outputs between two probabilities: how often the label was there. */
export interface ReliabilityFigures {
  readonly from: number;
  readonly to: number;
  readonly meanProbability: number;
  readonly share: number;
  readonly count: number;
}

/** How well one label was told; null where the test set could not tell. */
export interface LabelFigures {
  readonly id: string;
  readonly auc: number | null;
  /** 95 % interval. */
  readonly aucLow: number | null;
  readonly aucHigh: number | null;
  readonly averagePrecision: number | null;
  /** Clips of the test set that hold the label. */
  readonly positives: number;
}

/** What a model was measured to do, on sounds that it was not trained on. */
export interface ModelFigures {
  /** Name of the test set, as a phrase. */
  readonly measuredOn: string;
  /** As YYYY-MM-DD. */
  readonly date: string;
  readonly clips: number;
  /** Over all labels together. */
  readonly reliability: readonly ReliabilityFigures[];
  readonly labels: readonly LabelFigures[];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isShare = (value: unknown): value is number => Number.isFinite(value) && Math.abs((value as number) - 0.5) <= 0.5;

const isShareOrNull = (value: unknown): boolean => value === null || isShare(value);

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;

/** Checks thresholds that came from a file. @throws TypeError naming what cannot be used. */
export function parseThresholds(value: unknown, labelCount: number): Thresholds {
  const { bestF1, precision95 } = isObject(value) ? value : {};
  for (const [name, list] of Object.entries({ bestF1, precision95 })) {
    if (!Array.isArray(list) || list.length !== labelCount || !list.every(isShareOrNull)) {
      throw new TypeError(`"${name}" needs ${labelCount} probabilities or nulls, one a label`);
    }
  }
  return value as unknown as Thresholds;
}

/** Checks figures that came from a file. @throws TypeError naming what cannot be used. */
export function parseModelFigures(value: unknown, labelIds: readonly string[]): ModelFigures {
  if (!isObject(value)) throw new TypeError('it is not an object');
  const { measuredOn, date, clips, reliability, labels } = value;
  if (typeof measuredOn !== 'string' || measuredOn === '') throw new TypeError('"measuredOn" must name the test set');
  if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(date)) throw new TypeError('"date" must be YYYY-MM-DD');
  if (!isCount(clips)) throw new TypeError('"clips" must be a count');
  if (!Array.isArray(reliability) || !reliability.every(isBin)) {
    throw new TypeError('"reliability" must list bins with from, to, meanProbability, share and count');
  }
  if (!Array.isArray(labels)) throw new TypeError('"labels" must be a list');
  for (const label of labels) {
    if (!isLabelFigures(label)) {
      throw new TypeError('each of "labels" needs id, auc, aucLow, aucHigh, averagePrecision and positives');
    }
    if (!labelIds.includes(label.id)) throw new TypeError(`the model has no label "${label.id}"`);
  }
  return value as unknown as ModelFigures;
}

function isBin(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { from, to, meanProbability, share, count } = value;
  return [from, to, meanProbability, share].every(isShare) && (from as number) < (to as number) && isCount(count);
}

function isLabelFigures(value: unknown): value is LabelFigures {
  if (!isObject(value)) return false;
  const { id, auc, aucLow, aucHigh, averagePrecision, positives } = value;
  return typeof id === 'string' && [auc, aucLow, aucHigh, averagePrecision].every(isShareOrNull) && isCount(positives);
}
