import * as v from 'valibot';
import { within } from '../../lib/schemas';
import type { TaughtLabel } from '../clip';
import { type AlertRules, alertRulesSchema, noAlerts } from './alert-rules';
import { defaultEventRules, type EventRules, eventRulesSchema } from './event-rules';

/** Ranges of the diary's settings. */
export const diaryLimits = {
  keepDays: { least: 1, most: 3650 },
  mostEvents: { least: 1000, most: 2_000_000 },
  clipMegabytes: { least: 10, most: 20_000 },
  calibrationDb: { least: 0, most: 200 },
} as const;

/** The diary's settings, kept with the others. A missing or unusable field gets its default. */
export const diarySettingsSchema = v.object({
  /** Whether what is heard is written down. */
  isOn: v.fallback(v.boolean(), true),
  rules: v.fallback(eventRulesSchema, defaultEventRules as v.InferOutput<typeof eventRulesSchema>),
  alerts: v.fallback(alertRulesSchema, noAlerts as v.InferOutput<typeof alertRulesSchema>),
  /** Labels that got another name, by their former ids: {@link CurrentLabels} follows them. */
  renamed: v.fallback(v.record(v.string(), v.object({ id: v.string(), name: v.string() })), {}),
  /** Older events are deleted; null: none is for its age. */
  keepDays: v.fallback(v.nullable(within(diaryLimits.keepDays)), null),
  /** Beyond this, the oldest events are deleted. */
  mostEvents: v.fallback(within(diaryLimits.mostEvents), 1_000_000),
  /** Room for the clips of events. */
  clipMegabytes: v.fallback(within(diaryLimits.clipMegabytes), 500),
  /** What to add to a level in dBFS for one in dB(A) or dB; null: not calibrated. */
  calibrationDb: v.fallback(v.nullable(within(diaryLimits.calibrationDb)), null),
});

export interface DiarySettings
  extends Readonly<Omit<v.InferOutput<typeof diarySettingsSchema>, 'rules' | 'alerts' | 'renamed'>> {
  readonly rules: EventRules;
  readonly alerts: AlertRules;
  readonly renamed: Readonly<Record<string, TaughtLabel>>;
}
