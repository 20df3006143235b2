import type { AlertRule } from '../../../shared/contracts/diary/alert-rules';
import { percent, seconds } from '../../kit/format';
import { t } from '../../messages/messages';
import { length } from '../diary-words';

/** A time of day: “06:30”, as in time fields. */
export function timeOfDay(minutes: number): string {
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
}

/** Reads a time field; undefined if it is empty. */
export function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  return hours && minutes ? 60 * Number(hours) + Number(minutes) : undefined;
}

/** A length that a person chose: “2 s”, “5 min”. The unit stays with its number. */
export function chosenLength(value: number): string {
  return (value < 60 ? seconds(value) : length(value)).replaceAll(' ', '\u00a0');
}

/** A rule in words: “notification and tone · at most once every 5 min · only when it lasts 10 s”. */
export function ruleWords(rule: AlertRule): string {
  const { means, cooldownSeconds, firstOfDay, leastProbability, leastSeconds, quiet } = rule;
  const parts = [
    t.diaryAlerts.by(means),
    firstOfDay ? t.diaryAlerts.daily : t.diaryAlerts.every(chosenLength(cooldownSeconds)),
    ...(leastProbability > 0 ? [t.diaryFilter.atLeast(percent(leastProbability))] : []),
    ...(leastSeconds > 0 ? [t.diaryAlerts.lasting(chosenLength(leastSeconds))] : []),
    ...(quiet ? [t.diaryAlerts.quietFrom(timeOfDay(quiet.fromMinutes), timeOfDay(quiet.toMinutes))] : []),
  ];
  return parts.join('\u00a0· ');
}
