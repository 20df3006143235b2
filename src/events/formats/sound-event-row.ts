import type { SoundEvent } from '../../shared/contracts/sound-event';
import type { EventRow } from './event-row';

/**
 * A kept event as a row. The diary has no files: the microphone takes their place.
 *
 * @param originMs when second 0 of the table is, in milliseconds since the epoch.
 */
export function soundEventRow(event: SoundEvent, originMs: number): EventRow {
  const { id, label, labelName, startMs, endMs, utcOffsetMinutes, verdict, note, source } = event;
  const { timeZone, meanProbability, peakLevelDb, threshold, model, head } = event;
  return {
    file: { name: source.name, path: source.name, root: '', folder: '', sequenceStartSeconds: 0 },
    startSeconds: (startMs - originMs) / 1000,
    endSeconds: (endMs - originMs) / 1000,
    label,
    labelName,
    probability: event.peakProbability,
    startedAt: { localMs: startMs + 60_000 * utcOffsetMinutes, utcOffsetMinutes },
    ...{ id, timeZone, meanProbability, peakLevelDb, threshold, model, head },
    ...(verdict && { verdict: verdict.answer }),
    ...(verdict?.answer === 'other' && { rightLabel: verdict.label }),
    ...(note !== undefined && { note }),
  };
}
