import type { RecordingEvent } from '../../../shared/contracts/recordings/recording';
import { eventName } from '../recording-words';
import type { Lane } from './paint';

/** More lanes would leave none of them room. The table shows all events. */
const MOST_LANES = 12;

/** Events as lanes, one for each name, in the order of names. If there are too many, those with the most events. */
export function lanesOf(events: readonly RecordingEvent[], names: ReadonlyMap<string, string>): Lane[] {
  const lanes = new Map<string, { label: string; name: string; events: RecordingEvent[] }>();
  for (const event of events) {
    const name = eventName(event, names);
    const lane = lanes.get(name);
    if (lane) lane.events.push(event);
    else lanes.set(name, { label: event.label, name, events: [event] });
  }
  return [...lanes.values()]
    .sort((a, b) => b.events.length - a.events.length)
    .slice(0, MOST_LANES)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The event of a lane that is nearest to a moment, within so many seconds. */
export function eventAt(lane: Lane, seconds: number, toleranceSeconds: number): RecordingEvent | undefined {
  const distance = ({ startSeconds, endSeconds }: RecordingEvent): number =>
    Math.max(0, startSeconds - seconds, seconds - endSeconds);
  const [nearest] = lane.events
    .filter((event) => distance(event) <= toleranceSeconds)
    .sort((a, b) => distance(a) - distance(b));
  return nearest;
}
