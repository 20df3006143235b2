import type { DiaryCommands } from '../../../app/diary/diary-state';
import { levelSummary } from '../../../events/diary/levels';
import type { DiaryFilter } from '../../../shared/contracts/diary/diary-query';
import type { SoundEvent } from '../../../shared/contracts/sound-event';

/** The newest verdicts count. */
const MOST_JUDGED = 20_000;

/** How far back events are counted for false alarms an hour. */
const RECENT_MS = 30 * 24 * 3_600_000;

/** What a person's verdicts tell about each label. */
export interface VerdictFigures {
  /** Judged events, by the label that Earmark gave. */
  readonly byLabel: ReadonlyMap<string, readonly SoundEvent[]>;
  /** Events of each label in an hour of listening, in the last 30 days; empty if Earmark did not listen. */
  readonly perHour: ReadonlyMap<string, number>;
}

/** Reads the verdicts, and how often each label was heard. */
export async function verdictFigures(diary: DiaryCommands, nowMs: number): Promise<VerdictFigures> {
  const found = await diary.find({ verdicts: ['right', 'wrong', 'other'] });
  const byLabel = new Map<string, SoundEvent[]>();
  for (const event of await diary.rows(found, 0, Math.min(found.count, MOST_JUDGED))) {
    if (!event) continue;
    const events = byLabel.get(event.label);
    if (events) events.push(event);
    else byLabel.set(event.label, [event]);
  }
  const sinceMs = nowMs - RECENT_MS;
  // With those that were wrong: false alarms are looked for.
  const everyVerdict: DiaryFilter = { verdicts: ['none', 'right', 'wrong', 'other', 'unsure'] };
  const [counts, levels] = await Promise.all([
    diary.counts(everyVerdict, [sinceMs, nowMs]),
    byLabel.size === 0 ? [] : diary.levels(sinceMs, nowMs),
  ]);
  const heardHours = (levelSummary(levels)?.heardSeconds ?? 0) / 3600;
  const perHour = counts.map((label) => [label.label, (label.counts[0] ?? 0) / heardHours] as const);
  return { byLabel, perHour: new Map(heardHours > 0 ? perHour : []) };
}
