import type { SoundEvent, Verdict } from '../sound-event';

/** `none`: a person has not judged it yet. */
export type VerdictAnswer = Verdict['answer'] | 'none';

/** Which events are wanted: those that meet every condition given. */
export interface DiaryFilter {
  /** Ids. An event counts under the label that a person named instead, if any. */
  readonly labels?: readonly string[];
  /** It starts at or after this moment, in milliseconds since the epoch. */
  readonly fromMs?: number;
  /** It starts before this moment. */
  readonly toMs?: number;
  readonly leastProbability?: number;
  readonly verdicts?: readonly VerdictAnswer[];
  /** Every word is part of the label's name or the note, whatever the case. */
  readonly text?: string;
  /** What labels are called now, by id, for `text`: the page may speak another language than it did. */
  readonly names?: Readonly<Record<string, string>>;
  /** Only those with a kept sound. */
  readonly withClip?: boolean;
}

/** What a filter found, newest first: enough to lay out a list. The rows are read when they are shown. */
export interface FoundEvents {
  readonly count: number;
  /** Where each event is stored, for `DiaryCommands.rows`. */
  readonly keys: Uint32Array;
  /** Milliseconds since the epoch, descending. */
  readonly startsMs: Float64Array;
}

/** An event that sounds like another one. */
export interface SimilarEvent {
  readonly event: SoundEvent;
  /** Of the angle between their embeddings, −1 to 1. */
  readonly cosine: number;
}

/** How often, and for how long, one label sounded in each of some stretches of time. */
export interface LabelCounts {
  readonly label: string;
  /** The name at its newest event. */
  readonly labelName: string;
  /** Events that start in each stretch. */
  readonly counts: Uint32Array;
  /** Seconds that it sounded within each stretch. */
  readonly seconds: Float64Array;
}

/** One label that events refer to. */
export interface DiaryLabel {
  readonly id: string;
  /** The name at its newest event. */
  readonly name: string;
  /** Events that count: those that a person called wrong do not. */
  readonly count: number;
}
