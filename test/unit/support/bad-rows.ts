import type { CheckedStore } from '../../../src/store/row-schemas';

/** A row with one part that is wrong. */
export interface BadRowKind {
  readonly store: CheckedStore;
  /** Which part, as the report on it begins. */
  readonly where: string;
  /** What stands there. */
  readonly what: string;
  readonly row: Readonly<Record<string, unknown>>;
}

type Path = readonly (string | number)[];

/** Marks a part that is left out. */
const MISSING = Symbol('missing');

const noText = [MISSING, null, 7, true, [], ['x'], {}, 5n, new Uint8Array(2)];
const noNumber = [MISSING, null, 'x', '7', true, [], {}, Number.NaN, Number.POSITIVE_INFINITY, 5n, new Date(0)];
const noFlag = [MISSING, null, 'true', 0, 1, [], {}];
const noList = [MISSING, null, 'dog', 7, true, {}, { length: 1 }, new Map(), new Uint8Array(2)];
const noObject = [MISSING, null, 'x', 7, true, [7]];
const noFloats = [MISSING, null, 'x', 7, [1, 2], {}, new Float64Array(2), new Float32Array(0)];
const later = (values: readonly unknown[]): unknown[] => values.filter((value) => value !== MISSING);

/** A part, what it cannot be, and, where a part beside it is reported for not fitting it, that one. */
type Fault = readonly [part: Path, values: readonly unknown[], reported?: string];

/** What each part of a row cannot be. */
const faults: Readonly<Record<CheckedStore, readonly Fault[]>> = {
  clips: [
    [['name'], noText],
    [['fileName'], later(noText)],
    [['keptAtMs'], [...noNumber, 9e15, -9e15]],
    [['sampleRateHz'], [...noNumber, 0, -1]],
    [['sampleCount'], [...noNumber, -1, 0.5]],
    [['labels'], [...noList, [7], [null], [''], [['dog']], ['dog', undefined]]],
    [['reviewed'], noFlag],
    [['hash'], noText],
    [['heardLive'], [null, false, 'true', 1]],
  ],
  labels: [[['name'], [...noText, '']]],
  heads: [
    [['name'], noText],
    [['backbone'], noText],
    [['createdAtMs'], [...noNumber, 9e15]],
    [['labels'], [...noList, [7], [null], ['dog']]],
    [['labels'], [[]], 'bias'],
    [['labels', 0, 'id'], noText],
    [['labels', 0, 'name'], noText],
    [['labels', 0, 'group'], noText],
    [['kernel'], [...noFloats, Float32Array.of(1, Number.NaN), Float32Array.of(Number.POSITIVE_INFINITY, 1)]],
    [['bias'], [...noFloats, Float32Array.of(1, 2), Float32Array.of(Number.NaN)]],
    [['calibration'], noObject],
    [
      ['calibration', 'scale'],
      [...noList, [], [1, 2], ['x'], [Number.NaN]],
    ],
    [
      ['calibration', 'offset'],
      [...noList, [], [1, 2], ['x'], [Number.NaN]],
    ],
    [
      ['calibration', 'bend'],
      [...later(noList), [], [1, 2], ['x'], [Number.NaN]],
    ],
    [['proof'], noObject],
    [['proof', 'folds'], noNumber],
    [
      ['proof', 'labels'],
      [...noList, [7], ['dog']],
    ],
    [
      ['proof', 'labels', 0, 'auc'],
      [MISSING, 7, 'x', {}, { value: Number.NaN, low: 0, high: 1 }],
    ],
    [['proof', 'labels', 0, 'threshold'], noNumber],
    [
      ['proof', 'labels', 0, 'roc'],
      [...noList, [7], [{ falsePositiveRate: 0 }]],
    ],
    [
      ['proof', 'wrongClips'],
      [...noList, [7], [{ clipId: 'a', labelId: 'b', kind: 'other', probability: 0 }]],
    ],
    [['proof', 'shippedAuc'], noObject],
    [
      ['proof', 'advice'],
      [...noList, ['a sentence'], [{ code: 'other' }], [{ code: 'weak' }]],
    ],
  ],
};

/**
 * Rows as a hand would write them that knows nothing of Earmark: each part of a good row replaced by each thing that it
 * cannot be.
 */
export function badRowKinds(good: Readonly<Record<CheckedStore, Readonly<Record<string, unknown>>>>): BadRowKind[] {
  return Object.entries(faults).flatMap(([store, parts]) =>
    parts.flatMap(([path, values, reported]) =>
      values.map((value) => ({
        store: store as CheckedStore,
        where: reported ?? String(path[0]),
        what: `${path.join('.')} = ${String(value)}`,
        row: replaced(good[store as CheckedStore], path, value) as Record<string, unknown>,
      })),
    ),
  );
}

function replaced(whole: unknown, [key, ...path]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(whole)) return whole.map((part, at) => (at === key ? replaced(part, path, value) : part));
  const { [key]: part, ...rest } = whole as Record<string, unknown>;
  const now = replaced(part, path, value);
  return now === MISSING ? rest : { ...rest, [key]: now };
}
