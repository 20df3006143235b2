import * as v from 'valibot';
import { backendNames } from '../shared/contracts/backend';
import { eventRulesSchema } from '../shared/contracts/diary/event-rules';
import { EarmarkError } from '../shared/contracts/messages/problem';
import {
  floatsSchema,
  headSchema,
  sampleRate,
  soundSchema,
  trainingRequestSchema,
} from '../shared/contracts/model/head-schema';
import { settingLimits } from '../shared/contracts/setting-limits';
import type { TaggerApi } from '../shared/contracts/tagger-api';
import { finiteNumber, listOf, within } from '../shared/lib/schemas';
import { causeOf, validate } from '../shared/lib/validate';

const rate = within(settingLimits.tagsPerSecond);
const choiceSchema = v.union([v.literal('shipped'), headSchema]);

/** The parameters of each method, in order. */
const parameters: { readonly [Method in keyof TaggerApi]: Readonly<Record<string, v.GenericSchema>> } = {
  load: {
    modelUrl: v.pipe(
      v.string(),
      v.check((text) => URL.canParse(text)),
    ),
    backend: v.picklist(['auto', ...backendNames]),
    tagsPerSecond: rate,
  },
  backendLost: {},
  listen: {
    port: v.instance(MessagePort),
    sampleRateHz: sampleRate,
    onTags: v.function(),
    onFailure: v.function(),
    onHeard: v.function(),
  },
  stop: {},
  setTagsPerSecond: { tagsPerSecond: rate },
  setNoiseFloor: { levelDb: v.nullable(finiteNumber) },
  setEventRules: { rules: eventRulesSchema },
  tag: { samples: floatsSchema },
  setHeads: { heads: listOf(choiceSchema, 2) },
  keepRecent: { seconds: v.pipe(finiteNumber, v.minValue(0)) },
  holdRecent: {},
  startRecording: {},
  finishRecording: {},
  embedClip: { sound: soundSchema },
  trainHead: { request: trainingRequestSchema, onProgress: v.function() },
  stopTraining: {},
  exportHead: { head: headSchema },
  importHead: { zip: v.instance(Blob), name: v.string() },
  state: {},
};

/**
 * The tagger as the page may call it: every message is checked before it is acted on. After an update, a page and a
 * worker of two versions would otherwise fail somewhere in the middle.
 *
 * Every method can fail with bad-message; nothing was changed then.
 */
export function checkedTagger(tagger: TaggerApi): TaggerApi {
  const methods = Object.entries(parameters).map(([method, expected]) => {
    const call = async (...values: unknown[]): Promise<unknown> => {
      for (const [i, [name, schema]] of Object.entries(expected).entries()) {
        if (!v.is(schema, values[i])) throw refused(method, name, schema, values[i]);
      }
      const work = tagger[method as keyof TaggerApi] as (...values: unknown[]) => Promise<unknown>;
      return work.apply(tagger, values);
    };
    return [method, call];
  });
  return Object.fromEntries(methods) as unknown as TaggerApi;
}

/** The fault is looked for only if there is one: a check is faster than a parse. */
function refused(method: string, name: string, schema: v.GenericSchema, value: unknown): EarmarkError {
  try {
    validate(v.object({ [method]: v.object({ [name]: schema }) }), { [method]: { [name]: value } });
    return badMessage(`${method}: “${name}” cannot be used`);
  } catch (cause) {
    return new EarmarkError({ code: 'bad-message', ...causeOf(cause) }, { cause });
  }
}

/** A call that makes no sense, or not now. */
export function badMessage(detail: string): EarmarkError {
  return new EarmarkError({ code: 'bad-message', detail });
}
