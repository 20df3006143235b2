import type { ChannelReason } from '../../lib/sound/mono-mixer';
import type { Problem } from '../messages/problem';
import type { Verdict } from '../sound-event';

/** When a recording began, by the first source that says so. */
export interface RecordingStart {
  /** The recorder's clock, without a zone: `2025-06-01T04:30:00`. */
  readonly localTime: string;
  /** Undefined if the zone of that clock is unknown. */
  readonly utcOffsetMinutes?: number;
  readonly source: 'name' | 'bext' | 'guano' | 'comment' | 'file-date';
}

/** What a file's header says. */
export interface SoundFacts {
  readonly container: string;
  readonly codec: string;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** What decodes it. */
  readonly decoder: string;
  /** What the header claims, for progress. Undefined if it does not say. */
  readonly claimedSeconds?: number;
}

/** What was done to the channels and the level, to be said to people. */
export interface MixFacts {
  readonly channel?: { readonly number: number; readonly reason: ChannelReason };
  readonly beyondFullScale?: number;
}

/** How a person and the queue stand to a recording. */
export type RecordingStatus = 'waiting' | 'paused' | 'done' | 'failed';

/**
 * Where its bytes are. `handle`: in the person's file, which the browser lets the page open again. `copy`: in the page's own
 * part of the disk. `page`: only this page has the file; after a reload the person must choose it again.
 */
export type FilePlace = 'handle' | 'copy' | 'page';

/** A recording of the queue, as it is stored. */
export interface Recording {
  readonly id: string;
  readonly name: string;
  /** The folder below the chosen one that holds it; empty at the top. */
  readonly folder: string;
  readonly bytes: number;
  /** When the file was last written, in milliseconds since the epoch. */
  readonly modifiedMs: number;
  readonly addedAtMs: number;
  readonly status: RecordingStatus;
  readonly place: FilePlace;
  readonly problem?: Problem;
  readonly facts?: SoundFacts;
  readonly start?: RecordingStart;
  readonly mix?: MixFacts;
  /** How far it was tagged. */
  readonly doneSeconds: number;
  /** Events that begin before this are final: a continued tagging adds none there. */
  readonly settledSeconds: number;
  /** As decoded; undefined until all of it was read. */
  readonly seconds?: number;
  readonly events: number;
  /** Folder name of the model and id of the head that tagged it. */
  readonly model?: string;
  readonly head?: string;
}

/** What the detector says of an event. */
export interface DetectionFacts {
  readonly peakProbability: number;
  readonly meanProbability: number;
  readonly peakLevelDb: number;
  readonly threshold: number;
}

/** An event in a recording. Times are seconds since the recording's start. */
export interface RecordingEvent {
  /** Unique within the recording, and the same if it is tagged again. */
  readonly id: string;
  readonly label: string;
  readonly labelName: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Undefined for events that a person drew. */
  readonly found?: DetectionFacts;
  /** Frequencies that a person drew. */
  readonly lowHz?: number;
  readonly highHz?: number;
  readonly verdict?: Verdict;
  readonly note?: string;
}

/** How many columns a second each level of the picture has, finest first. */
export const LEVEL_RATES = [256, 64, 8, 1, 0.125] as const;
/** Levels from this one on are stored; finer ones are computed from the file when they are looked at. */
export const FIRST_STORED_LEVEL = 2;
/** Columns in a tile of the levels that are stored. */
export const TILE_COLUMNS = 512;
/** What a tile of the finer levels covers: all of it is decoded, also what a view does not show. */
const FINE_TILE_SECONDS = 2;
/** A column begins with its lowest and highest sample, each as `128 + 127 × sample`; then come the bands, low ones first. */
export const LEVEL_BYTES = 2;

/** A part of the picture: {@link tileColumns} of one level, or fewer at the end. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How many columns a tile of a level has. */
export function tileColumns(level: number): number {
  return level < FIRST_STORED_LEVEL ? FINE_TILE_SECONDS * (LEVEL_RATES[level] as number) : TILE_COLUMNS;
}

/** Lowest and highest samples at places that are spread over a recording, before it was tagged. */
export interface Sketch {
  /** Two bytes a place, as in a column. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}
