import type { AlertRule, AlertRules } from '../../../shared/contracts/diary/alert-rules';
import type { HeardEvent } from '../../../shared/contracts/diary/heard';
import type { LabelPlace, LabelPlaces } from './label-places';

/** The last alert about a label. */
export interface Told {
  readonly atMs: number;
  /** Local date of the event. */
  readonly day: string;
}

/** The last alerts of each rule, by label. They outlast the page: a reload must not alert again. */
export interface AlertMemory {
  read(rule: string): Readonly<Record<string, Told>>;
  write(rule: string, label: string, told: Told): void;
}

/** The time by two clocks. */
export interface AlertTime {
  /** Of a clock that nobody sets, in milliseconds: cooldowns go by it. */
  readonly steadyMs: number;
  /** The device's date, such as “2026-11-28”, and its minutes since midnight. */
  readonly day: string;
  readonly minutes: number;
}

/** A sounding of a label, over all pieces into which a long event is cut. */
interface Sounding {
  readonly startMs: number;
  /** Local date when it was first heard. */
  readonly day: string;
  isTold: boolean;
}

/** So many soundings are remembered. The next piece of a long event comes right after the last one. */
const MOST_SOUNDINGS = 500;

/** The rule that an event falls under. */
interface Applied {
  readonly key: string;
  readonly rule: AlertRule;
  /** Whether an alert about that label holds back one about this label. */
  covers(label: string): boolean;
}

/**
 * Decides which events alert.
 *
 * An event that may not alert yet, because it is too short, too weak or in a cooldown, alerts as soon as it may, if it
 * still sounds. Each sounding alerts once.
 */
export class AlertJudge {
  readonly #memory: AlertMemory;
  readonly #soundings = new Map<string, Sounding>();

  constructor(memory: AlertMemory) {
    this.#memory = memory;
  }

  /** Takes the newest state of an event. @returns the rule by which a person is told of it, if any. */
  take(event: HeardEvent, rules: AlertRules, places: LabelPlaces, now: AlertTime): AlertRule | undefined {
    const sounding = this.#follow(event, now);
    if (sounding.isTold) return undefined;
    const applied = ruleOf(event.label, rules, places);
    if (!applied || !this.#isDue(event, sounding, applied, now)) return undefined;
    sounding.isTold = true;
    this.#memory.write(applied.key, event.label, { atMs: now.steadyMs, day: sounding.day });
    return applied.rule;
  }

  #follow({ id, startMs, continues }: HeardEvent, { day }: AlertTime): Sounding {
    const known = this.#soundings.get(id) ?? (continues === undefined ? undefined : this.#soundings.get(continues));
    const sounding = known ?? { startMs, day, isTold: false };
    this.#soundings.set(id, sounding);
    if (this.#soundings.size > MOST_SOUNDINGS) this.#soundings.delete(this.#soundings.keys().next().value as string);
    return sounding;
  }

  #isDue(event: HeardEvent, sounding: Sounding, { key, rule, covers }: Applied, now: AlertTime): boolean {
    if (event.peakProbability < rule.leastProbability) return false;
    if (event.endMs - sounding.startMs < 1000 * rule.leastSeconds) return false;
    if (rule.quiet && isWithin(now.minutes, rule.quiet)) return false;
    const last = Object.entries(this.#memory.read(key)).filter(([label]) => covers(label));
    if (rule.firstOfDay && last.some(([, { day }]) => day === sounding.day)) return false;
    // After a reload the steady clock may have been set back: then an alert lies in the future.
    return last.every(([, { atMs }]) => Math.abs(now.steadyMs - atMs) >= 1000 * rule.cooldownSeconds);
  }
}

/** The label's own rule, else that of the nearest label above it, else that of its group. */
function ruleOf(label: string, { labels, groups }: AlertRules, places: LabelPlaces): Applied | undefined {
  const { group, above } = places(label);
  const owner = [label, ...above].find((id) => id in labels);
  if (owner !== undefined) return { key: `label:${owner}`, rule: labels[owner] as AlertRule, covers: () => true };
  const rule = groups[group];
  // Two alarms of a group are two alerts; a dog and its bark are one.
  return rule && { key: `group:${group}`, rule, covers: (other) => areRelated(label, above, other, places(other)) };
}

function areRelated(label: string, above: LabelPlace['above'], other: string, place: LabelPlace): boolean {
  return label === other || above.has(other) || place.above.has(label);
}

/** Whether a time of day lies in a stretch, which may go over midnight. */
function isWithin(minutes: number, { fromMinutes, toMinutes }: NonNullable<AlertRule['quiet']>): boolean {
  if (fromMinutes <= toMinutes) return minutes >= fromMinutes && minutes < toMinutes;
  return minutes >= fromMinutes || minutes < toMinutes;
}
