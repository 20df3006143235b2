import type { LevelSpan, SoundEvent } from '../sound-event';

/** What the worker knows about an event. The page adds where it was heard. */
export type HeardEvent = Omit<SoundEvent, 'timeZone' | 'utcOffsetMinutes' | 'source' | 'verdict' | 'note' | 'clip'> & {
  /** Whether it still sounded. */
  readonly isOpen: boolean;
};

/** The sound of an event, cut when all of it was there. */
export interface HeardClip {
  /** Id of the event. */
  readonly event: string;
  /** Of its first sample, in milliseconds since the epoch. */
  readonly startMs: number;
  /** Mono, 16-bit. */
  readonly samples: Int16Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

/** What happened since the last report, at most a second of sound ago. */
export interface HeardReport {
  /** The newest state of every event that started, went on or ended. */
  readonly events: readonly HeardEvent[];
  /** What was heard of each span since the last report: parts, to be joined. */
  readonly levels: readonly LevelSpan[];
  readonly clips: readonly HeardClip[];
  /** Clips that were not kept since the last report because of speech in them. */
  readonly droppedForSpeech: number;
}
