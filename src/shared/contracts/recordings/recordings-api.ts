import type { BackendChoice } from '../backend';
import type { EventRules } from '../diary/event-rules';
import type { FeatureSpec } from '../model/feature-spec';
import type { HeadChoice } from '../tagger-api';
import type { MixFacts, RecordingEvent, RecordingStart, Sketch, SoundFacts, Tile } from './recording';

/** Beginning of the names of workers that serve recordings: the script is that of the tagger. */
export const RECORDINGS_WORKER = 'recordings';
/** The first message of such a worker: from now on it answers. */
export const RECORDINGS_READY = 'recordings-ready';

/** The folder in the page's own part of the disk (OPFS) that holds copies and what was recorded here. */
export const RECORDINGS_FOLDER = 'recordings';

/** A lock that is held while the picture of a recording waits for tiles: copying waits for it between two pieces. */
export const LOOKING_LOCK = 'earmark.looking';

/** What decides the events of a recording. */
export interface TaggingChoice {
  /** Folder of the model, absolute, ending in `/`. */
  readonly modelUrl: string;
  readonly backend: BackendChoice;
  readonly head: HeadChoice;
  readonly rules: EventRules;
}

/** Bytes at which a file without an index can be entered: what was read of it once need not be read again for a jump. */
export type Places = Float64Array<ArrayBuffer>;

/** A recording to be tagged, or the rest of one. */
export interface TaggingRequest {
  readonly file: File;
  readonly choice: TaggingChoice;
  /** A place between two tiles of the finest stored level: the tagging goes on there. */
  readonly fromSeconds: number;
  /** Events that begin before this are already known. */
  readonly settledSeconds: number;
  /** Tiles of coarser levels that hold what was before, and are to be completed. */
  readonly begun: readonly Tile[];
  readonly places?: Places;
}

/** What has been found since the last report. */
export interface TaggingReport {
  readonly doneSeconds: number;
  readonly settledSeconds: number;
  /** They have ended. */
  readonly events: readonly RecordingEvent[];
  /** Tiles as they are now; later reports may complete them. */
  readonly tiles: readonly Tile[];
}

/** How a tagging ended. */
export interface TaggingEnd {
  /** Whether {@link RecordingsApi.stop} ended it before the end of the file. */
  readonly stopped: boolean;
  readonly seconds: number;
  readonly mix: MixFacts;
  /** If its format has no index. */
  readonly places?: Places;
  readonly model: string;
  readonly head: string;
}

/** What a file is. */
export interface OpenedFile {
  readonly facts: SoundFacts;
  /** By everything that says when it began. */
  readonly start?: RecordingStart;
}

/** What a worker for recordings does. Files that cannot be read fail with `recording-unreadable`. */
export interface RecordingsApi {
  /** Tags a file. Its memory does not depend on the file's length. It waits for each report to be taken, and fails if that fails. */
  tag(request: TaggingRequest, onReport: (report: TaggingReport) => Promise<void>): Promise<TaggingEnd>;
  /** Ends the running tagging at its next report. */
  stop(): Promise<void>;
  /** Opens a file to be looked at and heard. The one before is closed. */
  open(file: File, spec: FeatureSpec, places?: Places): Promise<OpenedFile>;
  /** Looks at places of the opened file. Undefined if its format can only be read from the start. */
  sketch(places: number): Promise<Sketch | undefined>;
  /** A tile of a level that is not stored. */
  tile(level: number, index: number): Promise<Tile>;
  /** Sound of the opened file as one channel; shorter at the end of the file. */
  sound(
    fromSeconds: number,
    seconds: number,
  ): Promise<{ readonly samples: Float32Array<ArrayBuffer>; readonly sampleRateHz: number }>;
  /** Copies a file into the page's part of the disk. Fails with storage-full. */
  copy(file: File, name: string): Promise<void>;
  /** Writes what arrives at the port into a WAV file in the page's part of the disk, until {@link finishRecording}. */
  record(
    port: MessagePort,
    sampleRateHz: number,
    name: string,
    onProgress: (seconds: number, levelDb: number) => void,
    onFailure: (detail: string) => void,
  ): Promise<void>;
  /** @returns its length in seconds. */
  finishRecording(): Promise<number>;
}
