import type { DroppedFiles } from '../../src/app/files/dropped-files';
import { StateHolder } from '../../src/app/state-holder';
import {
  type DraftDecision,
  emptyTeachState,
  type JudgedSound,
  type TeachCommands,
  type TeachState,
} from '../../src/app/teach/teach-state';
import type { HeldSound } from '../../src/shared/contracts/tagger-api';

/** Stands in for the teaching half of the app: holds any state, and writes down what it was asked for. */
export class FakeTeach extends StateHolder<TeachState> implements TeachCommands {
  readonly calls: unknown[][] = [];
  /** What was dropped or picked last. */
  files: Promise<DroppedFiles> | undefined;

  constructor() {
    super({ ...emptyTeachState, storage: 'ready' });
  }

  readonly store = { open: this.#noting('open') };
  readonly snippets = {
    keepRecent: this.#noting('keepRecent'),
    keepSound: this.#noting('keepSound'),
    holdRecent: async (): Promise<HeldSound | undefined> => {
      this.calls.push(['holdRecent']);
      return this.held;
    },
    startRecording: this.#noting('startRecording'),
    finishRecording: this.#noting('finishRecording'),
  };
  readonly drafts = {
    open: this.#noting('openClip'),
    edit: (decision: DraftDecision): void => {
      this.edited = decision;
    },
    save: this.#noting('saveDraft'),
    label: this.#noting('labelDraft'),
    close: this.#noting('closeDraft'),
    startTeaching: this.#noting('startTeaching'),
    endTeaching: this.#noting('endTeaching'),
  };
  readonly playback = {
    clip: this.#noting('play'),
    draft: this.#noting('playDraft'),
    past: this.#noting('playSound'),
  };
  /** No clip was computed with. */
  readonly embeddings = async (): Promise<ReadonlyMap<string, Float32Array>> => new Map();
  readonly clips = {
    relabel: this.#noting('relabel'),
    keepJudged: async (sounds: AsyncIterable<JudgedSound>): Promise<void> => {
      const kept: JudgedSound[] = [];
      for await (const sound of sounds) kept.push(sound);
      this.calls.push(['keepJudged', kept]);
    },
    acceptLabels: this.#noting('acceptLabels'),
    renameLabel: this.#noting('renameLabel'),
    remove: this.#noting('removeClips'),
    discardDraft: this.#noting('discardDraft'),
    exportSetAside: this.#noting('exportSetAside'),
    deleteSetAside: this.#noting('deleteSetAside'),
  };
  readonly transfers = {
    importFiles: async (files: Promise<DroppedFiles>): Promise<boolean> => {
      this.calls.push(['importFiles']);
      this.files = files;
      await files.catch(() => undefined);
      return true;
    },
    exportDataset: this.#noting('exportDataset'),
    exportBackup: this.#noting('exportBackup'),
    takeSettings: this.#noting('takeSettings'),
    leaveSettings: async (): Promise<void> => void this.calls.push(['leaveSettings']),
  };
  readonly training = { start: this.#noting('train'), stop: this.#noting('stopTraining') };
  readonly heads = {
    use: this.#noting('useHead'),
    compare: this.#noting('compareHead'),
    rename: this.#noting('renameHead'),
    remove: this.#noting('removeHead'),
    export: this.#noting('exportHead'),
  };
  readonly undo = { take: this.#noting('undo'), forget: this.#noting('forgetUndo') };
  readonly notices = {
    dismissNotice: this.#noting('dismissNotice'),
    dismissProblems: this.#noting('dismissProblems'),
  };

  /** What was decided last of the draft. */
  edited: DraftDecision | undefined;

  /** What `holdRecent` gives. */
  held: HeldSound | undefined;

  #noting(name: string) {
    return async (...values: unknown[]): Promise<void> => {
      this.calls.push([name, ...values]);
    };
  }
}
