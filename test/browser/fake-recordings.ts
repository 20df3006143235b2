import {
  emptyRecordingsState,
  type GivenFile,
  type OpenedRecording,
  type QueuedRecording,
  type RecordingsCommands,
  type RecordingsState,
} from '../../src/app/recordings/recordings-state';
import { StateHolder } from '../../src/app/state-holder';
import type { RecordingEvent } from '../../src/shared/contracts/recordings/recording';

/** Stands in for recordings: holds any, and writes down what it was asked for. */
export class FakeRecordings extends StateHolder<RecordingsState> implements RecordingsCommands {
  readonly calls: unknown[][] = [];
  held: RecordingEvent[] = [];
  opened: OpenedRecording | undefined;

  constructor() {
    super(emptyRecordingsState);
  }

  /** Shows recordings, as if they had been added. */
  hold(recordings: readonly QueuedRecording[], events: readonly RecordingEvent[] = []): void {
    this.held = [...events];
    this.change({ recordings, revision: this.state.revision + 1 });
  }

  async open(): Promise<void> {
    this.change({ storage: 'ready' });
  }

  async add(files: Promise<readonly GivenFile[]>): Promise<void> {
    this.calls.push(['add', await files]);
  }

  async events(): Promise<RecordingEvent[]> {
    return this.held;
  }

  async look(): Promise<OpenedRecording> {
    if (!this.opened) throw new Error('the test opens nothing');
    return this.opened;
  }

  async exportDamaged(): Promise<Blob> {
    this.calls.push(['exportDamaged']);
    return new Blob(['[]']);
  }

  /** Called when a piece is sent to Teach. */
  whenTaught = (): void => {};

  async teach(...values: unknown[]): Promise<void> {
    this.calls.push(['teach', ...values]);
    this.whenTaught();
  }

  async export(): Promise<number> {
    return this.held.length;
  }

  readonly pause = this.#noted('pause');
  readonly pauseAll = this.#noted('pauseAll');
  readonly remove = this.#noted('remove');
  readonly again = this.#noted('again');
  readonly allow = this.#noted('allow');
  readonly giveAgain = this.#noted('giveAgain');
  readonly judge = this.#noted('judge');
  readonly putEvent = this.#noted('putEvent');
  readonly removeEvents = this.#noted('removeEvents');
  readonly removeDamaged = this.#noted('removeDamaged');
  readonly startRecording = this.#noted('startRecording');
  readonly finishRecording = this.#noted('finishRecording');
  readonly dismissProblem = this.#noted('dismissProblem');

  #noted(name: string) {
    return async (...values: unknown[]): Promise<void> => {
      this.calls.push([name, ...values]);
    };
  }
}
