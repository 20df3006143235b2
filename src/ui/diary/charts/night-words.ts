import { daysLater } from '../../../events/diary/local-hours';
import { t } from '../../messages/messages';
import {
  clockTime,
  eventLength,
  eventName,
  hourEnd,
  type LabelNames,
  length,
  nameOf,
  weekdayName,
} from '../diary-words';
import type { NightBefore } from './day-figures';

/** “Night from Friday to Saturday”. */
export function nightTitle({ evening }: NightBefore): string {
  return t.diaryNight.title(weekdayName(evening, 'long'), weekdayName(daysLater(evening, 1), 'long'));
}

/** A night in at most three sentences; none if Earmark neither listened nor heard anything. */
export function nightSentences({ hours, summary }: NightBefore, zone: string, names: LabelNames): string[] {
  const { events, labels, heardSeconds, most, busiest, longest } = summary;
  const from = clockTime(hours[0]?.startMs ?? 0, zone);
  const to = clockTime(hours.at(-1)?.endMs ?? 0, zone);
  if (events === 0) return heardSeconds === 0 ? [] : [t.diaryNight.nothing(from, to, length(heardSeconds))];
  const sentences = [
    // Without levels, nobody knows how long it listened.
    t.diaryNight.heard(events, labels, from, to, heardSeconds === 0 ? undefined : length(heardSeconds)),
    t.diaryNight.most(most.map((item) => ({ name: nameOf(item.label, item.labelName, names), events: item.events }))),
  ];
  if (busiest && longest) {
    const [began, ended] = [clockTime(busiest.startMs, zone), hourEnd(busiest)];
    const at = clockTime(longest.startMs, zone);
    sentences.push(
      t.diaryNight.peak(began, ended, busiest.events, eventName(longest, names), eventLength(longest), at),
    );
  }
  return sentences;
}
