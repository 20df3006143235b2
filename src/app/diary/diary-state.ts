import type {
  DiaryFilter,
  DiaryLabel,
  FoundEvents,
  LabelCounts,
  SimilarEvent,
} from '../../shared/contracts/diary/diary-query';
import type { Problem } from '../../shared/contracts/messages/problem';
import type { LevelSpan, SoundEvent, Verdict } from '../../shared/contracts/sound-event';
import type { CapturedSound } from '../../shared/contracts/tagger-api';
import type { DamagedEntry } from '../../store/diary/damaged/damaged-entry';
import type { Watchable } from '../state-holder';

/** What the page draws of the diary. Replaced as a whole on every change. */
export interface DiaryState {
  /** `closed`: not read yet. `missing`: it cannot be read; `problem` says why. */
  readonly storage: 'closed' | 'opening' | 'ready' | 'missing';
  /** Another window writes it; this one only shows it. */
  readonly elsewhere: boolean;
  /** Grows with every change of events, levels or clips: what was found before may be out of date. */
  readonly revision: number;
  readonly eventCount: number;
  /** By name. */
  readonly labels: readonly DiaryLabel[];
  readonly clips: DiaryClipFigures;
  /** Rows that cannot be used. They are in no list, and stay until a person deletes them. */
  readonly damaged: readonly DamagedEntry[];
  /** Events that could not be written yet: they are written once it is possible again. */
  readonly unwritten: number;
  /** Why what is heard cannot be written, until it can. */
  readonly unwrittenBecause?: Problem;
  /** Why the diary cannot be read, until it can. */
  readonly problem?: Problem;
}

/** The diary before it was opened. */
export const emptyDiaryState: DiaryState = {
  storage: 'closed',
  elsewhere: false,
  revision: 0,
  eventCount: 0,
  labels: [],
  clips: { count: 0, bytes: 0, droppedForSpeech: 0, droppedForRoom: 0 },
  damaged: [],
  unwritten: 0,
};

/** The kept sounds of events. */
export interface DiaryClipFigures {
  readonly count: number;
  readonly bytes: number;
  /** Clips that were not kept because of speech in them. */
  readonly droppedForSpeech: number;
  /** Clips that were deleted for newer or better ones. */
  readonly droppedForRoom: number;
}

/** The sound of an event. */
export interface DiaryClip extends CapturedSound {
  /** Of the first sample, in milliseconds since the epoch. */
  readonly startMs: number;
  /** Whether a person kept it: then it is never deleted for others. */
  readonly isKept: boolean;
}

/**
 * The page's commands for the diary. Its settings are among those of the app. Questions fail with the store's problems.
 * Changes resolve to the problem because of which nothing was changed, if there was one; it is among the notices then.
 */
export interface DiaryCommands extends Watchable<DiaryState> {
  /** Reads the diary, once. Call it before asking anything. */
  open(): Promise<void>;
  find(filter: DiaryFilter): Promise<FoundEvents>;
  /** Events of a result, from index `from` up to but not including `to`. One deleted since is undefined. */
  rows(found: FoundEvents, from: number, to: number): Promise<(SoundEvent | undefined)[]>;
  /** The same for many: a hundred times as fast, but without embeddings. Those deleted since are left out. */
  details(found: FoundEvents, from: number, to: number): Promise<SoundEvent[]>;
  event(id: string): Promise<SoundEvent | undefined>;
  /** The events that sound most like one, best first. None if it has no embedding. */
  similar(event: SoundEvent): Promise<SimilarEvent[]>;
  /**
   * Counts events per label in the stretches between neighbouring moments. Events that a person called wrong do not
   * count, unless the filter asks for that verdict.
   *
   * @param edgesMs ascending; n + 1 of them make n stretches.
   */
  counts(filter: DiaryFilter, edgesMs: readonly number[]): Promise<LabelCounts[]>;
  /** Levels between two moments, oldest first; stretches in which nothing was heard are left out. */
  levels(fromMs: number, toMs: number): Promise<LevelSpan[]>;
  /** Undefined if it has none, or it was deleted. */
  clip(id: string): Promise<DiaryClip | undefined>;
  /** Says what events really were; undefined takes an answer back. */
  judge(ids: readonly string[], verdict: Verdict | undefined): Promise<Problem | undefined>;
  /** What a person has typed about what an event was, and not used yet; empty if nothing. */
  typedName(id: string): Promise<string>;
  /** Keeps it until events are judged, or it is empty. */
  keepTypedName(id: string, name: string): Promise<void>;
  /** An empty note is none. */
  annotate(id: string, note: string): Promise<Problem | undefined>;
  /** Deletes events with their clips. */
  remove(ids: readonly string[]): Promise<Problem | undefined>;
  /** Deletes what the settings do not let be kept; while listening, that happens by itself. */
  prune(): Promise<Problem | undefined>;
  /** The damaged rows as they are, in JSON. Undefined if they cannot be read, of which the person is told. */
  exportDamaged(): Promise<Blob | undefined>;
  /** Deletes the damaged rows for good. */
  removeDamaged(): Promise<Problem | undefined>;
  /** Whether an event's clip is never deleted for others. */
  keepClip(id: string, isKept: boolean): Promise<Problem | undefined>;
}
