import type { DroppedFiles } from '../../src/app/files/dropped-files';
import { StateHolder } from '../../src/app/state-holder';
import {
  type DraftDecision,
  emptyTeachState,
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

  open = this.#noting('open');
  keepRecent = this.#noting('keepRecent');
  keepSound = this.#noting('keepSound');
  playSound = this.#noting('playSound');
  startRecording = this.#noting('startRecording');
  finishRecording = this.#noting('finishRecording');
  openClip = this.#noting('openClip');
  editDraft(decision: DraftDecision): void {
    this.edited = decision;
  }

  saveDraft = this.#noting('saveDraft');
  closeDraft = this.#noting('closeDraft');
  discardDraft = this.#noting('discardDraft');
  play = this.#noting('play');
  playDraft = this.#noting('playDraft');
  relabel = this.#noting('relabel');
  acceptLabels = this.#noting('acceptLabels');
  renameLabel = this.#noting('renameLabel');
  removeClips = this.#noting('removeClips');
  exportDataset = this.#noting('exportDataset');
  exportSetAside = this.#noting('exportSetAside');
  deleteSetAside = this.#noting('deleteSetAside');
  train = this.#noting('train');
  stopTraining = this.#noting('stopTraining');
  useHead = this.#noting('useHead');
  compareHead = this.#noting('compareHead');
  renameHead = this.#noting('renameHead');
  removeHead = this.#noting('removeHead');
  exportHead = this.#noting('exportHead');
  undo = this.#noting('undo');
  forgetUndo = this.#noting('forgetUndo');
  dismissNotice = this.#noting('dismissNotice');
  dismissProblems = this.#noting('dismissProblems');

  /** What was decided last of the draft. */
  edited: DraftDecision | undefined;

  /** What {@link holdRecent} gives. */
  held: HeldSound | undefined;

  async holdRecent(): Promise<HeldSound | undefined> {
    this.calls.push(['holdRecent']);
    return this.held;
  }

  async importFiles(files: Promise<DroppedFiles>): Promise<boolean> {
    this.calls.push(['importFiles']);
    this.files = files;
    await files.catch(() => undefined);
    return true;
  }

  #noting(name: string) {
    return async (...values: unknown[]): Promise<void> => {
      this.calls.push([name, ...values]);
    };
  }
}
