import * as v from 'valibot';
import { share, within } from '../../lib/schemas';
import { REMEMBERED_SECONDS } from '../recent-past';

/** Ranges of a {@link ClipRule}. */
export const clipRuleLimits = {
  secondsBefore: { least: 0, most: 20 },
  secondsAfter: { least: 0, most: 30 },
  /** The sound must still be in the worker's memory when the clip is cut. */
  longestSeconds: { least: 1, most: REMEMBERED_SECONDS / 2 },
} as const;

const clipRuleSchema = v.object({
  /** How much of the sound before the event's start is kept. */
  secondsBefore: within(clipRuleLimits.secondsBefore),
  /** How much after the event's start, or after its end with `untilEnd`. */
  secondsAfter: within(clipRuleLimits.secondsAfter),
  longestSeconds: within(clipRuleLimits.longestSeconds),
  /** Whether the clip lasts as long as the event, up to `longestSeconds`. */
  untilEnd: v.boolean(),
});

/** Which part of an event's sound is kept. */
export type ClipRule = Readonly<v.InferOutput<typeof clipRuleSchema>>;

const labelRuleSchema = v.object({
  /** The name when its clips were chosen, for a label that nobody knows any more. */
  name: v.optional(v.string()),
  /** The on threshold that the person chose. Omitted: the model's or the head's. */
  threshold: v.optional(share),
  /** Whether the label makes no events. */
  ignored: v.optional(v.boolean()),
  /** Null: no clips, whatever the group's rule says. Omitted: the group's rule. */
  clip: v.optional(v.nullable(clipRuleSchema)),
});

/** What the person decided about one label. */
export type LabelRule = Readonly<v.InferOutput<typeof labelRuleSchema>>;

/** What the worker must know to make events and to cut their clips. */
export const eventRulesSchema = v.object({
  /** By label id. */
  labels: v.record(v.string(), labelRuleSchema),
  /** By group. */
  groupClips: v.record(v.string(), clipRuleSchema),
  /** A clip in which speech reaches this probability is not kept. Null: all clips are kept. */
  speechThreshold: v.nullable(share),
});

export interface EventRules {
  readonly labels: Readonly<Record<string, LabelRule>>;
  readonly groupClips: Readonly<Record<string, ClipRule>>;
  readonly speechThreshold: number | null;
}

/** Labels with which a person can be overheard. */
export const SPEECH_LABELS: readonly string[] = ['speech'];

/** No label has a rule, so nothing is kept; and once a person asks for clips, none with speech is. */
export const defaultEventRules: EventRules = { labels: {}, groupClips: {}, speechThreshold: 0.3 };
