import * as v from 'valibot';
import { within } from '../lib/schemas';
import { backendNames } from './backend';
import { type DiarySettings, diarySettingsSchema } from './diary/diary-settings';
import { languages } from './messages/language';
import { labelGroups } from './model/label';
import { SHIPPED_MODEL } from './model/shipped-model';
import { settingLimits } from './setting-limits';

/** Which labels the person wants to see. */
const filterSchema = v.object({
  /** Part of a name. Empty: any. */
  text: v.fallback(v.string(), ''),
  /** Undefined: all groups. `taught`: labels that the person taught. */
  group: v.optional(v.fallback(v.optional(v.picklist([...labelGroups, 'taught'])), undefined)),
});

/** Stands for the sound of a tab or of the computer where a microphone's id is expected. */
export const SHARED_SOUND = 'shared-sound';

/** The person's settings, kept across reloads. A missing or unusable field gets its default. */
export const settingsSchema = v.object({
  /** Empty: the system's default microphone. {@link SHARED_SOUND}: none. */
  deviceId: v.fallback(v.string(), ''),
  /** Echo cancellation, noise suppression and gain control. Off, because they remove what a tagger listens for. */
  voiceProcessing: v.fallback(v.boolean(), false),
  /** Whether the screen stays on while Earmark listens. */
  keepAwake: v.fallback(v.boolean(), false),
  backend: v.fallback(v.picklist(['auto', ...backendNames]), 'auto'),
  tagsPerSecond: v.fallback(within(settingLimits.tagsPerSecond), 8),
  /**
   * Level in dBFS below which the network pauses; null: never. Quiet recordings are far louder than the default; a
   * muted microphone and digital silence are not.
   */
  noiseFloorDb: v.fallback(v.nullable(within(settingLimits.noiseFloorDb)), -75),
  /** How many seconds of the past a kept sound covers. */
  keepSeconds: v.fallback(within(settingLimits.keepSeconds), 5),
  /** Id of the active head; `shipped` is the model's own. */
  head: v.fallback(v.pipe(v.string(), v.minLength(1)), 'shipped'),
  /** Id of a second head shown next to it; empty: none. */
  comparedHead: v.fallback(v.string(), ''),
  /** Empty: the browser's language. */
  language: v.fallback(v.picklist(['', ...languages]), ''),
  /** Colours of the page. Empty: the device's setting. */
  theme: v.fallback(v.picklist(['', 'light', 'dark']), ''),
  /** Whether single keys work as shortcuts, without a modifier. */
  shortcuts: v.fallback(v.boolean(), true),
  /** Whether the tab's title and icon show what was just heard. */
  heardInTitle: v.fallback(v.boolean(), true),
  filter: v.fallback(filterSchema, { text: '' }),
  /** Folder of the model that listens: `earmark-52`. */
  model: v.fallback(v.pipe(v.string(), v.regex(/^[\w.-]+$/)), SHIPPED_MODEL),
  diary: v.fallback(diarySettingsSchema, () => v.parse(diarySettingsSchema, {})),
});

export type LabelFilter = Readonly<v.InferOutput<typeof filterSchema>>;
export type Settings = Readonly<Omit<v.InferOutput<typeof settingsSchema>, 'filter' | 'diary'>> & {
  readonly filter: LabelFilter;
  readonly diary: DiarySettings;
};
export type Theme = Settings['theme'];
