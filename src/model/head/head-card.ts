import { labelId } from '../../shared/contracts/clip';
import type { Head, HeadProof, LabelProof } from '../../shared/contracts/head';
import type { Label } from '../../shared/contracts/label';

/** A head without the parts that have files of their own. */
export type HeadCard = Pick<Head, 'id' | 'name' | 'createdAtMs' | 'backbone' | 'proof'>;

const LONGEST_NAME = 200;
const LONGEST_SENTENCE = 1000;
const LONGEST_LIST = 200_000;
const MOST_LABELS = 2000;

type Check<T> = (value: unknown, what: string) => T;

const finite: Check<number> = (value, what) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`${what} is no number`);
  return value;
};

const text =
  (longest: number): Check<string> =>
  (value, what) => {
    if (typeof value !== 'string' || value.length === 0) throw new TypeError(`${what} is no text`);
    if (value.length > longest) throw new TypeError(`${what} has ${value.length} characters, more than ${longest}`);
    if (/\p{Cc}/u.test(value)) throw new TypeError(`${what} holds characters that cannot be shown`);
    return value;
  };

const nullOr =
  <T>(check: Check<T>): Check<T | null> =>
  (value, what) =>
    value === null ? null : check(value, what);

const list =
  <T>(check: Check<T>, longest = LONGEST_LIST): Check<T[]> =>
  (value, what) => {
    if (!Array.isArray(value) || value.length > longest) throw new TypeError(`${what} is no list, or too long`);
    return value.map((item) => check(item, what));
  };

/** An object with exactly the fields that have a check; what else it brings along is dropped. */
const fields =
  <T extends object>(checks: { readonly [K in keyof T]: Check<T[K]> }): Check<T> =>
  (value, what) => {
    if (typeof value !== 'object' || value === null) throw new TypeError(`${what} is no object`);
    const entries = Object.entries(checks) as [string, Check<unknown>][];
    return Object.fromEntries(
      entries.map(([name, check]) => [name, check((value as Record<string, unknown>)[name], `"${name}"`)]),
    ) as T;
  };

const kind: Check<'missed' | 'false-alarm'> = (value, what) => {
  if (value !== 'missed' && value !== 'false-alarm') throw new TypeError(`${what} is unknown`);
  return value;
};

const name = text(LONGEST_NAME);

const labelProof = fields<LabelProof>({
  id: name,
  positives: finite,
  negatives: finite,
  auc: nullOr(fields({ value: finite, low: finite, high: finite })),
  averagePrecision: nullOr(finite),
  threshold: finite,
  precision: nullOr(finite),
  recall: nullOr(finite),
  roc: list(fields({ falsePositiveRate: finite, truePositiveRate: finite })),
  reliability: list(fields({ meanProbability: finite, share: finite, count: finite })),
});

const proof = fields<HeadProof>({
  folds: finite,
  clips: finite,
  labels: list(labelProof, MOST_LABELS),
  wrongClips: list(fields({ clipId: name, labelId: name, kind, probability: finite })),
  shippedAuc: fields({ before: finite, after: finite }),
  advice: list(text(LONGEST_SENTENCE)),
});

/** Checks a card of unknown origin. @throws TypeError naming the field that cannot be used. */
export function parseHeadCard(value: unknown): HeadCard {
  const card = fields<HeadCard>({ id: name, name, createdAtMs: finite, backbone: name, proof });
  return card(value, 'the card');
}

/**
 * Checks labels of unknown origin: the model's own come first, then the taught ones.
 *
 * @throws TypeError or RangeError saying which label cannot be used.
 */
export function parseHeadLabels(value: unknown, shipped: readonly Label[]): Head['labels'] {
  const labels = list(fields({ id: name, name, group: name }), MOST_LABELS)(value, 'the list of labels');
  for (const [i, { id }] of shipped.entries()) {
    if (labels[i]?.id !== id) throw new TypeError(`its labels do not begin with those of the model, at “${id}”`);
  }
  const taught = labels.slice(shipped.length);
  // A name that could not be given to a label here must not come in with a file.
  for (const label of taught) labelId(label.name);
  if (new Set(labels.map(({ id }) => id)).size < labels.length) throw new TypeError('two of its labels have one id');
  return [...shipped, ...taught];
}
