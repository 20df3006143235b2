import type { EventRules } from '../shared/contracts/diary/event-rules';
import type { HeadProof } from '../shared/contracts/model/head';
import type { Thresholds } from '../shared/contracts/model/model-figures';
import type { LabelThresholds } from './detector';

/** An event goes on down to this part of its on threshold. */
const OFF_SHARE = 0.5;

/**
 * It begins at this part of its odds if a window filled with the sound agrees. Of its probability, three quarters would be little
 * where the threshold is high: 0.99 is a hundred to one, 0.74 is three to one.
 */
const STEEP_ODDS_SHARE = 0.75;

/** For labels whose threshold nobody measured. */
const UNMEASURED = 0.5;

/** What is known about the thresholds of a head's labels. */
export interface ThresholdSources {
  /** Ids, in the order of the probabilities. */
  readonly labels: readonly string[];
  /** Those of the model's own labels, which come first in every head. */
  readonly model: Thresholds | undefined;
  /** Of a trained head. It has measured the labels that the person's clips hold. */
  readonly proof?: Pick<HeadProof, 'labels'> | undefined;
}

/** Each label's on threshold if the person chooses none. */
export function defaultThresholds({ labels, model, proof }: ThresholdSources): number[] {
  const proven = new Map(proof?.labels.map(({ id, threshold }) => [id, threshold]));
  return labels.map((id, i) => proven.get(id) ?? model?.default[i] ?? UNMEASURED);
}

/**
 * The thresholds by which events are made. An ignored label never turns on. No event begins below a threshold that the person
 * chose, or that a trained head proved.
 */
export function eventThresholds(
  sources: ThresholdSources,
  { labels: rules }: Pick<EventRules, 'labels'>,
): LabelThresholds[] {
  const defaults = defaultThresholds(sources);
  return sources.labels.map((id, i) => {
    const rule = rules[id];
    const on = rule?.ignored ? Number.POSITIVE_INFINITY : (rule?.threshold ?? (defaults[i] as number));
    const isModels = rule?.threshold === undefined && on === sources.model?.default[i];
    return isModels ? modelThresholds(on) : labelThresholds(on);
  });
}

/** The thresholds of a label whose on threshold belongs to the model: after a steep rise, less is enough. */
export function modelThresholds(on: number): LabelThresholds {
  return { ...labelThresholds(on), steep: (STEEP_ODDS_SHARE * on) / (1 - on + STEEP_ODDS_SHARE * on) };
}

/** Both thresholds of a label that counts as heard from `on` on. */
export function labelThresholds(on: number): LabelThresholds {
  return { on, off: OFF_SHARE * on };
}
