import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import type { NamedClip, Notice, UndoOffer } from '../../shared/contracts/messages/notice';
import type { Problem } from '../../shared/contracts/messages/problem';
import type { Head, TrainingProgress } from '../../shared/contracts/model/head';
import type { LastLabels } from '../../shared/contracts/remembered';
import type { Settings } from '../../shared/contracts/settings';
import type { CapturedSound, HeldSound } from '../../shared/contracts/tagger-api';
import type { ClipsChange } from '../../store/clips/clip-library';
import type { BadRow } from '../../store/set-aside';
import type { StorageRoom } from '../../store/storage-room';
import type { DroppedFiles } from '../files/dropped-files';
import type { Watchable } from '../state-holder';
import type { SnippetPicture } from './editor/snippet-picture';

/** Stands for the model's own head wherever a head's id is expected. */
export const SHIPPED_HEAD = 'shipped';

/** The snippet that is being trimmed and labelled. */
export interface Draft {
  /** As in the library; undefined if it could not be saved. */
  readonly clip?: ClipInfo;
  /** Empty until a person names it: see `ClipInfo.name`. */
  readonly name: string;
  readonly keptAtMs: number;
  /** See `ClipInfo.heardLive`. */
  readonly heardLive: boolean;
  readonly labels: readonly TaughtLabel[];
  /** 16-bit, see `wav.ts`. */
  readonly samples: Int16Array<ArrayBuffer>;
  readonly sampleRateHz: number;
  /** What the person had decided before the page was reloaded. */
  readonly unsaved?: DraftDecision;
  /** Undefined while it is computed. */
  readonly picture?: SnippetPicture;
}

/** What the person decided about a draft. */
export interface DraftDecision {
  readonly name: string;
  /** None, with `reviewed`, means “none of these”. */
  readonly labels: readonly TaughtLabel[];
  /** False leaves the clip “to be labelled”. */
  readonly reviewed: boolean;
  /** The part of the sound that is kept. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Progress of a training: first every clip goes through the network, then the head is trained. */
export type Training =
  | { readonly stage: 'clips'; readonly done: number; readonly total: number }
  | ({ readonly stage: 'epochs'; readonly stopping: boolean } & { readonly progress: TrainingProgress });

/** A running import or export. */
export interface Transfer {
  readonly kind: 'import' | 'export';
  readonly done: number;
  readonly total: number;
}

/** Everything the page draws of teaching. Replaced as a whole on every change. */
export interface TeachState {
  /** `missing`: the browser offers no storage; the first problem says why. */
  readonly storage: 'opening' | 'ready' | 'missing';
  /** Another tab holds the store. This one can only read until that tab is closed. */
  readonly elsewhere: boolean;
  readonly clips: readonly ClipInfo[];
  /** Every label that a clip has or had, by name. */
  readonly labels: readonly TaughtLabel[];
  readonly lastLabels: LastLabels;
  readonly heads: readonly Head[];
  /** What is stored but cannot be used. */
  readonly setAside: readonly BadRow[];
  readonly room?: StorageRoom;
  /** Ids of the active heads: {@link SHIPPED_HEAD} or trained ones. */
  readonly active: string;
  readonly compared?: string;
  readonly draft?: Draft;
  /** The label that the person is teaching: it is added to opened snippets that have none. */
  readonly teaching?: TaughtLabel;
  /**
   * Start of the running recording, on the clock of `performance.now()`, which changes of the system time do not
   * affect.
   */
  readonly recordingSinceMs?: number;
  /** The last kept snippet, to be mentioned briefly. */
  readonly justKept?: NamedClip;
  readonly training?: Training;
  /** Every epoch of the current or last training. */
  readonly losses: readonly TrainingProgress[];
  readonly transfer?: Transfer;
  /** The outcome of the last command. */
  readonly notice?: Notice;
  /** Settings from a backup that wait for the person's decision. */
  readonly offeredSettings?: Settings;
  /** The last change that can be undone. */
  readonly undo?: UndoOffer;
  /** Number of steps that can be undone one after another, including this one. */
  readonly undoSteps: number;
  readonly problems: readonly Problem[];
  /** Id of the clip being played; `draft` for the snippet in the editor, `past` for a part of the last minutes. */
  readonly playing?: string;
}

/** Before anything was read. */
export const emptyTeachState: TeachState = {
  storage: 'opening',
  elsewhere: false,
  clips: [],
  labels: [],
  lastLabels: [],
  heads: [],
  setAside: [],
  active: SHIPPED_HEAD,
  losses: [],
  undoSteps: 0,
  problems: [],
};

/** Makes clips of what is heard. */
export interface SnippetCommands {
  /** Keeps the newest seconds as a clip to be labelled, and opens it. */
  keepRecent(seconds: number): Promise<void>;
  /** The last two minutes as the worker remembers them; undefined if it does not. */
  holdRecent(): Promise<HeldSound | undefined>;
  /** Keeps a part of them in the same way. */
  keepSound(sound: CapturedSound): Promise<void>;
  startRecording(): Promise<void>;
  finishRecording(): Promise<void>;
}

/** The snippet in the editor. */
export interface DraftCommands {
  /** Opens a clip of the library in the editor. An already open clip stays as it is. */
  open(clipId: string): Promise<void>;
  /** Notes what the person has decided so far. It is saved before another snippet replaces this one. */
  edit(decision: DraftDecision): void;
  save(decision: DraftDecision): Promise<void>;
  /** Saves the snippet with these labels and all that was decided so far. */
  label(labels: readonly TaughtLabel[]): Promise<void>;
  /** Closes the editor; the clip stays as it is. */
  close(): void;
  /** From now on, snippets without a label are opened with this one. */
  startTeaching(name: string): Promise<void>;
  endTeaching(): void;
}

/** Each plays a sound, or stops it if it is already playing. */
export interface PlaybackCommands {
  clip(id: string): Promise<void>;
  /** A part of the draft. */
  draft(startSeconds: number, endSeconds: number): Promise<void>;
  /** A part of the last two minutes. */
  past(samples: Int16Array, sampleRateHz: number): Promise<void>;
}

/** A sound of the diary, and what a person said that it is. */
export interface JudgedSound extends CapturedSound {
  /** When it began, in milliseconds since the epoch. */
  readonly heardAtMs: number;
  /** None: it is not what Earmark heard in it. */
  readonly labels: readonly TaughtLabel[];
}

/** Changes of what is kept. All except those of damaged entries can be undone. */
export interface ClipCommands {
  relabel(ids: readonly string[], change: ClipsChange): Promise<void>;
  /** Keeps sounds of the diary as reviewed clips. Those that are already there stay as they are. */
  keepJudged(sounds: AsyncIterable<JudgedSound>): Promise<void>;
  /** Marks the labels of clips as correct. */
  acceptLabels(ids: readonly string[]): Promise<void>;
  /** Replaces a label in all its clips: with a new name, or with an existing label. */
  renameLabel(id: string, to: TaughtLabel): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Closes the editor, and deletes the clip if it was already kept. */
  discardDraft(): Promise<void>;
  /** Exports unusable rows as stored. */
  exportSetAside(): Promise<void>;
  /** Deletes them for good. */
  deleteSetAside(): Promise<void>;
}

export interface TransferCommands {
  /**
   * Imports dropped or picked files. A rejection of `files` becomes a problem.
   *
   * @returns false if the same files may succeed later: there was no room, say, or the worker died.
   */
  importFiles(files: Promise<DroppedFiles>): Promise<boolean>;
  exportDataset(): Promise<void>;
  /**
   * Saves everything that the person has made as one file, which {@link importFiles} can read. Call it directly from a
   * press.
   */
  exportBackup(): Promise<void>;
  /** Applies the settings from a backup. */
  takeSettings(): Promise<void>;
  leaveSettings(): Promise<void>;
}

export interface TrainingCommands {
  /** Trains a head of this name with the reviewed clips, and uses it. */
  start(name: string): Promise<void>;
  stop(): Promise<void>;
}

export interface HeadCommands {
  use(id: string): Promise<void>;
  /** Undefined ends the comparison. */
  compare(id: string | undefined): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** Can be undone. */
  remove(id: string): Promise<void>;
  export(id: string): Promise<void>;
}

export interface UndoCommands {
  /** Undoes the newest remaining step, and no later change. */
  take(): Promise<void>;
  /** Gives up all steps for good, which frees their storage. */
  forget(): Promise<void>;
}

export interface NoticeCommands {
  dismissNotice(): void;
  dismissProblems(): void;
}

/** The page's commands. Failures become `state.problems`. */
export interface TeachCommands extends Watchable<TeachState> {
  readonly store: {
    /** Reads what is stored. Can be retried after a failure. */
    open(): Promise<void>;
  };
  readonly snippets: SnippetCommands;
  readonly drafts: DraftCommands;
  readonly playback: PlaybackCommands;
  readonly clips: ClipCommands;
  readonly transfers: TransferCommands;
  readonly training: TrainingCommands;
  readonly heads: HeadCommands;
  readonly undo: UndoCommands;
  readonly notices: NoticeCommands;
  /** A backbone's embeddings of the clips, [windows, embedding size], by clip id: of those that were computed before. */
  embeddings(backbone: string): Promise<ReadonlyMap<string, Float32Array>>;
}
