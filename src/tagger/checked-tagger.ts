import { backendNames } from '../shared/contracts/backend';
import type { Head, TrainingRequest } from '../shared/contracts/head';
import { EarmarkError } from '../shared/contracts/problem';
import type { TaggerApi } from '../shared/contracts/tagger-api';

/** Ten minutes at the highest rate: the longest file that is imported. */
const MOST_SAMPLES = 600 * 192_000;

type Check = (value: unknown) => boolean;

const isNumber = (value: unknown, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): boolean =>
  Number.isFinite(value) && (value as number) >= least && (value as number) <= most;
const isText: Check = (value) => typeof value === 'string';
const isUrl: Check = (value) => isText(value) && URL.canParse(value as string);
const isFunction: Check = (value) => typeof value === 'function';
const isFloats: Check = (value) => value instanceof Float32Array && value.length <= MOST_SAMPLES;
const isList =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
/** An object whose fields pass; others may be there. */
const isObject =
  <T extends object>(fields: { readonly [K in keyof T]?: Check }): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => (check as Check)((value as Record<string, unknown>)[name]));

const isLabel = isObject({ id: isText, name: isText });
const isNumbers = isList((value) => isNumber(value));

const isHead = isObject<Head>({
  id: isText,
  name: isText,
  createdAtMs: (value) => isNumber(value),
  backbone: isText,
  labels: isList(isObject({ id: isText, name: isText, group: isText })),
  kernel: isFloats,
  bias: isFloats,
  calibration: isObject({
    scale: isNumbers,
    offset: isNumbers,
    bend: (value) => value === undefined || isNumbers(value),
  }),
  proof: isObject({}),
});

const isRequest = isObject<TrainingRequest>({
  id: isText,
  name: isText,
  createdAtMs: (value) => isNumber(value),
  labels: isList(isLabel),
  clips: isList(
    isObject({ id: isText, labels: isList(isText), keptAtMs: (value) => isNumber(value), embeddings: isFloats }),
  ),
});

/** What each method takes, in order. */
const parameters: { readonly [Method in keyof TaggerApi]: readonly (readonly [name: string, check: Check])[] } = {
  load: [
    ['modelUrl', isUrl],
    ['backend', (value) => ['auto', ...backendNames].includes(value as string)],
    ['tagsPerSecond', (value) => isNumber(value, 1, 20)],
  ],
  backendLost: [],
  listen: [
    ['port', (value) => value instanceof MessagePort],
    ['sampleRateHz', (value) => isNumber(value, 3000, 768_000)],
    ['onTags', isFunction],
    ['onFailure', isFunction],
  ],
  stop: [],
  setTagsPerSecond: [['tagsPerSecond', (value) => isNumber(value, 1, 20)]],
  setNoiseFloor: [['levelDb', (value) => value === null || isNumber(value)]],
  tag: [['samples', isFloats]],
  setHeads: [
    ['heads', (value) => isList((head) => head === 'shipped' || isHead(head))(value) && (value as []).length <= 2],
  ],
  keepRecent: [['seconds', (value) => isNumber(value, 0)]],
  holdRecent: [],
  startRecording: [],
  finishRecording: [],
  embedClip: [['samples', isFloats]],
  trainHead: [
    ['request', isRequest],
    ['onProgress', isFunction],
  ],
  stopTraining: [],
  exportHead: [['head', isHead]],
  importHead: [
    ['zip', (value) => value instanceof Blob],
    ['name', isText],
  ],
  state: [],
};

/**
 * The tagger as the page may call it: what comes in a message is looked at before anything is done with it. A page and a
 * worker of two versions, after an update, would else fail somewhere in the middle.
 *
 * Every method can fail with bad-message; then nothing was changed.
 */
export function checkedTagger(tagger: TaggerApi): TaggerApi {
  const methods = Object.entries(parameters).map(([method, expected]) => {
    const call = async (...values: unknown[]): Promise<unknown> => {
      for (const [i, [name, check]] of expected.entries()) {
        if (!check(values[i])) throw badMessage(`${method}: “${name}” cannot be used`);
      }
      const work = tagger[method as keyof TaggerApi] as (...values: unknown[]) => Promise<unknown>;
      return work.apply(tagger, values);
    };
    return [method, call];
  });
  return Object.fromEntries(methods) as unknown as TaggerApi;
}

/** A call that does not make sense, or not now. */
export function badMessage(detail: string): EarmarkError {
  return new EarmarkError(
    'bad-message',
    `Two parts of Earmark do not understand each other (${detail}). Reload the page: a part of it may be older.`,
  );
}
