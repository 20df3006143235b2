/** What the package exports in browsers and in Node alike. */

export {
  type DetectionChange,
  EventDetector as Detector,
  type EventTiming,
  type LabelThresholds,
} from '../src/events/detector';
export type { EventRow, RowFile, WallTime } from '../src/events/formats/event-row';
export { type EventFormat, eventBytes, eventFormats } from '../src/events/formats/formats';
export type { Detection, Moment } from '../src/events/sounding';
export { eventTiming } from '../src/events/timing';
export type {
  Backend,
  EventChange,
  Listening,
  ListenOptions,
  TaggedEvent,
  TaggedSound,
  TaggedWindow,
  Tagger,
  TaggerLabel,
  TaggerOptions,
} from './api';
