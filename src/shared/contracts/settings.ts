import * as v from 'valibot';
import { within } from '../lib/schemas';
import { backendNames } from './backend';
import { languages } from './messages/language';
import { labelGroups } from './model/label';
import { SHIPPED_MODEL } from './model/shipped-model';
import { settingLimits } from './setting-limits';

/** What the person wants to see of the labels. */
const filterSchema = v.object({
  /** Part of a name; empty: any. */
  text: v.fallback(v.string(), ''),
  /** Undefined: all groups. `taught`: those that the person has taught. */
  group: v.optional(v.fallback(v.optional(v.picklist([...labelGroups, 'taught'])), undefined)),
});

/** What the person set; kept over reloads. A field that is missing or not usable has its default. */
export const settingsSchema = v.object({
  /** Empty: the system's default microphone. */
  deviceId: v.fallback(v.string(), ''),
  /** Echo cancellation, noise suppression and gain control: off, because they remove what a tagger listens for. */
  voiceProcessing: v.fallback(v.boolean(), false),
  /** Whether the screen stays on while it listens. */
  keepAwake: v.fallback(v.boolean(), false),
  backend: v.fallback(v.picklist(['auto', ...backendNames]), 'auto'),
  tagsPerSecond: v.fallback(within(settingLimits.tagsPerSecond), 8),
  /**
   * Level in dB of full scale below which the network rests; null: it never rests. Quiet recordings are far louder than
   * the default; a muted microphone and digital silence are not.
   */
  noiseFloorDb: v.fallback(v.nullable(within(settingLimits.noiseFloorDb)), -75),
  /** How far back a sound is kept after it happened. */
  keepSeconds: v.fallback(within(settingLimits.keepSeconds), 5),
  /** Id of the head that tags; `shipped` is the model's own. */
  head: v.fallback(v.pipe(v.string(), v.minLength(1)), 'shipped'),
  /** Id of a second one that is shown beside it; empty: none. */
  comparedHead: v.fallback(v.string(), ''),
  /** Empty: as the browser. */
  language: v.fallback(v.picklist(['', ...languages]), ''),
  /** Colours of the page. Empty: as the device. */
  theme: v.fallback(v.picklist(['', 'light', 'dark']), ''),
  /** Whether keys do something by themselves, without another one held down. */
  shortcuts: v.fallback(v.boolean(), true),
  filter: v.fallback(filterSchema, { text: '' }),
  /** Folder of the model that listens: `earmark-52`. */
  model: v.fallback(v.pipe(v.string(), v.regex(/^[\w.-]+$/)), SHIPPED_MODEL),
});

export type LabelFilter = Readonly<v.InferOutput<typeof filterSchema>>;
export type Settings = Readonly<Omit<v.InferOutput<typeof settingsSchema>, 'filter'>> & {
  readonly filter: LabelFilter;
};
export type Theme = Settings['theme'];
