import * as v from 'valibot';
import { share, within } from '../../lib/schemas';

/** Ranges of an {@link AlertRule}. */
const alertLimits = {
  /** The least keeps a tone from alerting to itself again and again. */
  cooldownSeconds: { least: 10, most: 86_400 },
  leastSeconds: { least: 0, most: 3600 },
  minutesOfDay: { least: 0, most: 1439 },
} as const;

/** By what a person is told. */
export const alertMeans = ['notification', 'tone', 'flash', 'vibration'] as const;

export type AlertMeans = (typeof alertMeans)[number];

const minutesOfDay = within(alertLimits.minutesOfDay);

export const alertRuleSchema = v.object({
  /** The name when the rule was made, for a label that nobody knows any more. */
  name: v.string(),
  means: v.array(v.picklist(alertMeans)),
  /** After an alert there is none for this long. */
  cooldownSeconds: within(alertLimits.cooldownSeconds),
  /** Only the first event of a day alerts. */
  firstOfDay: v.boolean(),
  /** From one local time of day to another, in minutes since midnight; null: none are quiet. */
  quiet: v.nullable(v.object({ fromMinutes: minutesOfDay, toMinutes: minutesOfDay })),
  /** What an event must reach: its peak probability, and how long it has lasted. */
  leastProbability: share,
  leastSeconds: within(alertLimits.leastSeconds),
});

/** When one label or group alerts, and how. */
export type AlertRule = Readonly<v.InferOutput<typeof alertRuleSchema>>;

export const alertRulesSchema = v.object({
  /** By label id: its events, and those of labels below it that have no rule. */
  labels: v.record(v.string(), alertRuleSchema),
  /** By group: events of labels that neither have a rule nor are below one that does. */
  groups: v.record(v.string(), alertRuleSchema),
});

export interface AlertRules {
  readonly labels: Readonly<Record<string, AlertRule>>;
  readonly groups: Readonly<Record<string, AlertRule>>;
}

export const noAlerts: AlertRules = { labels: {}, groups: {} };

/** Whether any label or group alerts. */
export function hasAlerts({ labels, groups }: AlertRules): boolean {
  return Object.keys(labels).length + Object.keys(groups).length > 0;
}

/** Type of the service worker's message that asks the page to go to an address within it, such as `#/diary`. */
export const OPEN_ADDRESS = 'OPEN_ADDRESS';

/** What a notification carries. */
export interface NotificationData {
  /** Where a click leads, within the page. */
  readonly address: string;
}
