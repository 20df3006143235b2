import type { EventFormat } from '../../events/formats/formats';
import type { Problem } from '../../shared/contracts/messages/problem';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import type { Recording, RecordingEvent, Sketch, Tile } from '../../shared/contracts/recordings/recording';
import type { Verdict } from '../../shared/contracts/sound-event';
import type { DamagedRecording } from '../../store/recordings/damaged-recordings';
import type { SaveTarget } from '../files/save-file';
import type { Watchable } from '../state-holder';

/** What a recording of the queue is doing. `absent`: its file must be allowed or chosen again. */
export type RecordingActivity = Recording['status'] | 'tagging' | 'absent';

/** A recording as the queue shows it. */
export interface QueuedRecording extends Recording {
  readonly activity: RecordingActivity;
  /** While it is tagged; undefined until it is known. */
  readonly secondsLeft?: number;
}

/** A recording that is being made. */
export interface Recorder {
  readonly name: string;
  readonly seconds: number;
  readonly levelDb: number;
}

/** What the page draws of recordings. Replaced as a whole on every change. */
export interface RecordingsState {
  /** `closed`: not read yet. `missing`: it cannot be read; `problem` says why. */
  readonly storage: 'closed' | 'opening' | 'ready' | 'missing';
  /** Another window has the queue. */
  readonly elsewhere: boolean;
  readonly recordings: readonly QueuedRecording[];
  /** Recordings and events that cannot be used. */
  readonly damaged: readonly DamagedRecording[];
  /** Grows with every change of events. */
  readonly revision: number;
  readonly recorder?: Recorder;
  /** The outcome of the last command. */
  readonly problem?: Problem;
}

/** Recordings before they were opened. */
export const emptyRecordingsState: RecordingsState = {
  storage: 'closed',
  elsewhere: false,
  recordings: [],
  damaged: [],
  revision: 0,
};

/** A file that was dropped, picked or shared. */
export interface GivenFile {
  readonly file: File;
  /** With it the file can be opened again after a reload. */
  readonly handle?: FileSystemFileHandle;
  /** The folder below the chosen one that holds it; empty at the top. */
  readonly folder: string;
}

/** What plays at the moment. */
export interface PlayerState {
  readonly isPlaying: boolean;
  readonly isLooping: boolean;
}

/** Plays the recording that is looked at. */
export interface PlayerCommands extends Watchable<PlayerState> {
  /** Where it plays, in seconds since the recording's start. */
  readonly positionSeconds: number;
  /** Plays a stretch once, or again and again. */
  play(fromSeconds: number, toSeconds: number, isLooping: boolean): void;
  stop(): void;
}

/** A recording that a person looks at. */
export interface OpenedRecording {
  readonly spec: FeatureSpec;
  /** Whether the file is at hand: without it, only what is stored can be looked at. */
  readonly hasFile: boolean;
  readonly player: PlayerCommands;
  /** Levels at places spread over the whole, before it was tagged; undefined if its format can only be read from the start. */
  sketch(): Promise<Sketch | undefined>;
  /** Undefined where nothing is known yet. */
  tile(level: number, index: number): Promise<Tile | undefined>;
  close(): void;
}

/** The page's commands for recordings. Failures become `state.problem`, or stand at the recording. */
export interface RecordingsCommands extends Watchable<RecordingsState> {
  /** Reads the queue, once, and goes on with it. */
  open(): Promise<void>;
  /** Adds files to the queue. What is no sound gets a sentence when its turn comes. */
  add(files: Promise<readonly GivenFile[]>): Promise<void>;
  /** Holds one recording, or lets it go on. */
  pause(id: string, isPaused: boolean): Promise<void>;
  /** Holds the whole queue. */
  pauseAll(isPaused: boolean): Promise<void>;
  /** Deletes a recording with its events; the person's file stays. */
  remove(id: string): Promise<void>;
  /** Tags a recording once more from its start. What a person drew stays. */
  again(id: string): Promise<void>;
  /** Asks the browser to open the file again. Call it directly from a press. */
  allow(id: string): Promise<void>;
  /** Hands the file of a recording over once more: to go on tagging it or, if that is done, to look at it and play it. */
  giveAgain(id: string, file: File): Promise<void>;
  events(id: string): Promise<RecordingEvent[]>;
  judge(id: string, events: readonly string[], verdict: Verdict | undefined): Promise<void>;
  /** Adds an event that a person drew, or changes one. */
  putEvent(id: string, event: RecordingEvent): Promise<void>;
  removeEvents(id: string, events: readonly string[]): Promise<void>;
  /** Opens a recording to be looked at. One at a time: the one before is closed. */
  look(id: string): Promise<OpenedRecording>;
  /** Sends a piece to Teach. */
  teach(id: string, fromSeconds: number, toSeconds: number): Promise<void>;
  /** Writes the events of some recordings into a file. @returns how many. */
  export(ids: readonly string[], format: EventFormat, target: SaveTarget): Promise<number>;
  /** The unusable recordings and events as they are, in JSON. Undefined if they cannot be read, of which the person is told. */
  exportDamaged(): Promise<Blob | undefined>;
  /** Deletes them for good. */
  removeDamaged(): Promise<void>;
  startRecording(): Promise<void>;
  finishRecording(): Promise<void>;
  dismissProblem(): Promise<void>;
}
