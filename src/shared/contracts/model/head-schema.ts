import * as v from 'valibot';
import { count, finiteNumber, listOf } from '../../lib/schemas';
import { adviceOfSentence } from '../../lib/spoken-advice';
import { LONGEST_FILE_SECONDS, MOST_LABELS } from '../clip';

const LONGEST_NAME = 200;
const LONGEST_LIST = 200_000;
/** The longest file that is imported, at the highest sample rate. */
const MOST_SAMPLES = LONGEST_FILE_SECONDS * 192_000;

/** Text that fits on a line. */
const textUpTo = (longest: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(longest), v.regex(/^\P{Cc}*$/u));

const finiteOrNull = v.nullable(finiteNumber);

function adviceSchema(label: v.GenericSchema<string>) {
  return v.variant('code', [
    v.object({ code: v.literal('too-few'), label, clips: count, enough: count }),
    v.object({ code: v.literal('no-background') }),
    v.object({ code: v.literal('confused'), actual: label, heard: label, mutual: v.boolean() }),
    v.object({ code: v.literal('one-sitting'), labels: listOf(label, MOST_LABELS) }),
    v.object({ code: v.literal('weak'), label }),
  ]);
}

/** The parts of a proof. Texts of unknown origin are checked more strictly than those that Earmark stored. */
function proofSchema(name: v.GenericSchema<string>) {
  return v.object({
    folds: finiteNumber,
    clips: finiteNumber,
    labels: listOf(
      v.object({
        id: name,
        positives: finiteNumber,
        negatives: finiteNumber,
        auc: v.nullable(v.object({ value: finiteNumber, low: finiteNumber, high: finiteNumber })),
        averagePrecision: finiteOrNull,
        threshold: finiteNumber,
        precision: finiteOrNull,
        recall: finiteOrNull,
        roc: listOf(v.object({ falsePositiveRate: finiteNumber, truePositiveRate: finiteNumber }), LONGEST_LIST),
        reliability: listOf(
          v.object({ meanProbability: finiteNumber, share: finiteNumber, count: finiteNumber }),
          LONGEST_LIST,
        ),
      }),
      MOST_LABELS,
    ),
    wrongClips: listOf(
      v.object({
        clipId: name,
        labelId: name,
        kind: v.picklist(['missed', 'false-alarm']),
        probability: finiteNumber,
      }),
      LONGEST_LIST,
    ),
    shippedAuc: v.object({ before: finiteNumber, after: finiteNumber }),
  });
}

const foreignName = textUpTo(LONGEST_NAME);

/** Advice of unknown origin. Files from before schema 3 hold it as English sentences. */
export const foreignAdviceSchema = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'string' ? adviceOfSentence(value) : value)),
  adviceSchema(foreignName),
);

/** A card of unknown origin. */
export const headCardSchema = v.object({
  id: foreignName,
  name: foreignName,
  createdAtMs: finiteNumber,
  backbone: foreignName,
  proof: v.object({
    ...proofSchema(foreignName).entries,
    advice: listOf(foreignAdviceSchema, LONGEST_LIST),
  }),
});

/** Labels of unknown origin. */
export const headLabelsSchema = listOf(
  v.object({ id: foreignName, name: foreignName, group: foreignName }),
  MOST_LABELS,
);

/** Any sample rate that a browser captures, in Hz. */
export const sampleRate = v.pipe(v.number(), v.minValue(3000), v.maxValue(768_000));

/** Samples, or values computed from them. */
export const floatsSchema = v.pipe(
  v.instance(Float32Array),
  v.check((floats) => floats.length <= MOST_SAMPLES, 'wrong-length'),
);

/** Sound as stored. */
export const soundSchema = v.object({
  samples: v.pipe(
    v.instance(Int16Array<ArrayBuffer>),
    v.check((samples) => samples.length <= MOST_SAMPLES, 'wrong-length'),
  ),
  sampleRateHz: sampleRate,
});

const numbers = v.array(finiteNumber);

/** A head as stored and as passed between threads. For heads of unknown origin use {@link headCardSchema}. */
export const headSchema = v.object({
  id: v.string(),
  name: v.string(),
  createdAtMs: finiteNumber,
  backbone: v.string(),
  labels: v.array(v.object({ id: v.string(), name: v.string(), group: v.string() })),
  kernel: floatsSchema,
  bias: floatsSchema,
  calibration: v.object({ scale: numbers, offset: numbers, bend: v.optional(numbers) }),
  proof: v.object({ ...proofSchema(v.string()).entries, advice: v.array(adviceSchema(v.string())) }),
});

/** The input of a head's training. */
export const trainingRequestSchema = v.object({
  id: v.string(),
  name: v.string(),
  createdAtMs: finiteNumber,
  labels: v.array(v.object({ id: v.string(), name: v.string() })),
  clips: v.array(
    v.object({
      id: v.string(),
      labels: v.array(v.string()),
      heardAtMs: v.exactOptional(finiteNumber),
      embeddings: floatsSchema,
    }),
  ),
});
