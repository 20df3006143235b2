import type { QueuedRecording } from '../../app/recordings/recordings-state';
import type { Problem } from '../../shared/contracts/messages/problem';
import type { Recording, RecordingEvent, RecordingStart } from '../../shared/contracts/recordings/recording';
import { bytes } from '../kit/format';
import { labelName, language, locales, t } from '../messages/messages';

/** A place in a recording as its offset: “1:02:03”, with decimals where a person looks closely. */
export function offset(seconds: number, decimals = 0): string {
  const scale = 10 ** decimals;
  const rounded = Math.round(seconds * scale) / scale;
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor((rounded % 3600) / 60);
  const rest = (rounded % 60).toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, '0');
  const end = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${rest.replace('.', t.decimalMark)}`;
  return hours > 0 ? `${hours}:${end}` : end;
}

/**
 * The recorder's clock at a place in a recording: “04:30:12”. Undefined if it is unknown when it began. It is that of the
 * nearest tenth of a second, which stands beside it.
 */
export function clock(start: RecordingStart | undefined, seconds: number, decimals = 0): string | undefined {
  if (!start) return undefined;
  const ms = Date.parse(`${start.localTime}Z`) + 100 * Math.round(10 * seconds);
  const text = new Date(ms).toISOString();
  return text.slice(11, decimals > 0 ? 20 + decimals : 19).replace('.', t.decimalMark);
}

/** When a recording began: “1 Jun 2025, 04:30:00, UTC+2”. */
export function startWords({ localTime, utcOffsetMinutes, source }: RecordingStart): string {
  const format = new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  const zone = utcOffsetMinutes === undefined ? t.recordings.noZone : zoneName(utcOffsetMinutes);
  return `${format.format(Date.parse(`${localTime}Z`))}, ${zone} (${t.recordings.startSources[source]})`;
}

function zoneName(minutes: number): string {
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  const sign = minutes < 0 ? '−' : '+';
  return `UTC${sign}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** A rough time: “40 s”, “3 min”, “1 h 12 min”. */
export function roughTime(seconds: number): string {
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long a recording is, as far as that is known. */
export function lengthOf({ seconds, facts, doneSeconds }: Recording): number {
  return seconds ?? Math.max(doneSeconds, facts?.claimedSeconds ?? 0);
}

/** What a recording is: “1:00:00 · MP3 · 44.1 kHz, stereo · 58 MB”. */
export function factsWords(recording: Recording): string {
  const { facts } = recording;
  const length = lengthOf(recording);
  const channels = facts && [t.recordings.mono, t.recordings.stereo][facts.channels - 1];
  const parts = [
    length > 0 && offset(length),
    facts?.codec,
    facts &&
      `${String(facts.sampleRateHz / 1000).replace('.', t.decimalMark)} kHz, ${channels ?? t.recordings.channels(facts.channels)}`,
    bytes(recording.bytes),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** How far a recording is: “Looking for sounds, 12:00 of 1:00:00, about 40 s left”. */
export function activityWords(recording: QueuedRecording): string {
  const { activity, doneSeconds, secondsLeft, events, problem, facts } = recording;
  if (activity === 'failed' && problem) return storedProblem(problem);
  if (activity === 'done') return t.recordings.found(events);
  const total = facts?.claimedSeconds;
  const parts = [
    t.recordings.activities[activity],
    doneSeconds > 0 &&
      (total === undefined
        ? t.recordings.soFar(offset(doneSeconds))
        : t.recordings.of(offset(doneSeconds), offset(total))),
    secondsLeft !== undefined && t.recordings.left(roughTime(secondsLeft)),
    doneSeconds > 0 && t.recordings.events(events),
  ];
  return parts.filter(Boolean).join(', ');
}

/** A problem of an earlier visit. Another version may have stored it, with a code or parameters that this one does not know. */
function storedProblem(problem: Problem): string {
  try {
    return t.problemText(problem);
  } catch {
    return t.problemText({ code: 'command-failed', detail: problem.code });
  }
}

/** What an event was: its label in the page's language, or what a person said instead. */
export function eventName(
  { label, labelName: name, verdict }: RecordingEvent,
  names: ReadonlyMap<string, string>,
): string {
  const id = verdict?.answer === 'other' ? verdict.label : label;
  return labelName({ id, name: names.get(id) ?? (id === label ? name : id) });
}
