import * as v from 'valibot';
import { count, finiteNumber, share } from '../../lib/schemas';
import { BadValue, validate } from '../../lib/validate';

const shareOrNull = v.nullable(share);

/* @__NO_SIDE_EFFECTS__ */
function thresholdsSchema(labelCount: number) {
  const oneALabel = v.pipe(v.array(shareOrNull), v.length(labelCount));
  return v.object({
    /** From here on a sound counts as heard, unless a person says otherwise. */
    default: oneALabel,
    /** The lowest threshold with 95 % precision. */
    precision95: oneALabel,
  });
}

/** Probabilities from which a label counts as heard, one per label; null if none was found. */
export type Thresholds = Readonly<v.InferOutput<ReturnType<typeof thresholdsSchema>>>;

const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/));

const reliabilitySchema = v.pipe(
  v.object({ from: share, to: share, meanProbability: share, share, count }),
  v.forward(
    v.check(({ from, to }) => from < to, 'empty-range'),
    ['from'],
  ),
);

/** For outputs between two probabilities: how often the label was present. */
export type ReliabilityFigures = Readonly<v.InferOutput<typeof reliabilitySchema>>;

const momentsSchema = v.object({
  /** As YYYY-MM-DD. */
  date,
  /** How long the scenes last together. */
  hours: v.pipe(finiteNumber, v.gtValue(0)),
  /** Over all labels together. */
  reliability: v.array(reliabilitySchema),
});

/** How often a sound was there at the moment for which a probability was shown, in scenes with known times. */
export type MomentFigures = Readonly<v.InferOutput<typeof momentsSchema>>;

const labelFiguresSchema = v.object({
  id: v.string(),
  auc: shareOrNull,
  /** 95 % interval. */
  aucLow: shareOrNull,
  aucHigh: shareOrNull,
  averagePrecision: shareOrNull,
  /** Clips of the test set that hold the label. */
  positives: count,
});

/** How well one label was recognised; null if the test set could not show it. */
export type LabelFigures = Readonly<v.InferOutput<typeof labelFiguresSchema>>;

const modelFiguresSchema = v.object({
  /** A `KnownTestSet`, or the name of another test set. */
  measuredOn: v.pipe(v.string(), v.minLength(1)),
  /** As YYYY-MM-DD. */
  date,
  clips: count,
  /** Of clips' pooled scores, over all labels together. */
  reliability: v.array(reliabilitySchema),
  /** A model that was not measured on scenes has none. */
  moments: v.exactOptional(momentsSchema),
  labels: v.array(labelFiguresSchema),
});

/** How a model performed on sounds that it was not trained on. */
export type ModelFigures = Readonly<v.InferOutput<typeof modelFiguresSchema>>;

/** Checks thresholds from a file. @throws BadValue naming what cannot be used. */
export function parseThresholds(value: unknown, labelCount: number): Thresholds {
  return validate(thresholdsSchema(labelCount), value);
}

/** Checks figures from a file. @throws BadValue naming what cannot be used. */
export function parseModelFigures(value: unknown, labelIds: readonly string[]): ModelFigures {
  const figures = validate(modelFiguresSchema, value);
  const stranger = figures.labels.findIndex(({ id }) => !labelIds.includes(id));
  if (stranger >= 0) throw new BadValue(`labels.${stranger}.id`, 'no-such-label');
  return figures;
}
