import type { EventFormat } from '../../events/formats/formats';
import { EarmarkError, problemOf } from '../../shared/contracts/messages/problem';
import type { Recording, RecordingEvent } from '../../shared/contracts/recordings/recording';
import type { Verdict } from '../../shared/contracts/sound-event';
import { RESTORED_EVENT, type RecordingsStore } from '../../store/recordings/recordings-store';
import { WRITER_EVENT } from '../../store/store-writer';
import type { SaveTarget } from '../files/save-file';
import { StateHolder } from '../state-holder';
import { cutSound } from './cut-sound';
import { DiskRecorder } from './disk-recorder';
import { Looking } from './looking';
import { givenAgain, newRecording, queued } from './new-recording';
import { leftHere, type Opened, openRecordings, recordedHere } from './open-recordings';
import type { RecordingsHost, RecordingsParts } from './recordings-parts';
import type { QueueProgress } from './recordings-queue';
import {
  emptyRecordingsState,
  type GivenFile,
  type OpenedRecording,
  type RecordingsCommands,
  type RecordingsState,
} from './recordings-state';

/** Recordings of hours: the queue that tags them, and what a person does with the results. */
export class Recordings implements RecordingsCommands {
  readonly #parts: RecordingsParts;
  readonly #host: RecordingsHost;
  readonly #holder: StateHolder<RecordingsState>;
  readonly subscribe: StateHolder<RecordingsState>['subscribe'];
  readonly #recordings = new Map<string, Recording>();
  readonly #absent = new Set<string>();
  #progress: QueueProgress | undefined;
  #opening: Promise<Opened> | undefined;
  #looking: Looking | undefined;
  #recorder: DiskRecorder | undefined;

  constructor(parts: RecordingsParts, host: RecordingsHost, holder = new StateHolder(emptyRecordingsState)) {
    this.#parts = parts;
    this.#host = host;
    this.#holder = holder;
    this.subscribe = holder.subscribe;
  }

  get state(): RecordingsState {
    return this.#holder.state;
  }

  async open(): Promise<void> {
    await this.#open().catch(() => undefined);
  }

  async add(given: Promise<readonly GivenFile[]>): Promise<void> {
    await this.#attempt(async ({ store, files, queue, copies }) => {
      for (const { file, handle, folder } of await given) {
        const recording = newRecording({ id: crypto.randomUUID(), file, folder, place: handle ? 'handle' : 'page' });
        files.give(recording.id, file);
        await store.add(recording, handle);
        this.#take(recording);
        if (!handle) copies.add(recording.id, file);
      }
      queue.wake();
    });
  }

  async pause(id: string, isPaused: boolean): Promise<void> {
    await this.#attempt(async ({ store, queue }) => {
      const { problem: _, ...well } = this.#require(id);
      const changed: Recording = { ...well, status: isPaused ? 'paused' : 'waiting' };
      this.#take(changed);
      if (isPaused) await queue.stop(id);
      await store.add(this.#require(id));
      queue.found(id);
    });
  }

  async pauseAll(isPaused: boolean): Promise<void> {
    const from = isPaused ? 'waiting' : 'paused';
    for (const { id, status } of [...this.#recordings.values()]) if (status === from) await this.pause(id, isPaused);
  }

  async remove(id: string): Promise<void> {
    await this.#attempt(async ({ store, files, queue }) => {
      this.#recordings.delete(id);
      await queue.stop(id);
      files.forget(id);
      await store.remove(id);
      this.#tell();
      queue.wake();
    });
  }

  async again(id: string): Promise<void> {
    await this.#attempt(async ({ store, queue }) => {
      await queue.stop(id);
      await store.removeUntouchedEvents(id);
      const { problem: _, seconds: __, ...recording } = this.#require(id);
      const fresh: Recording = { ...recording, status: 'waiting', doneSeconds: 0, settledSeconds: 0 };
      await store.add(fresh);
      this.#take(fresh);
      queue.found(id);
    });
  }

  async allow(id: string): Promise<void> {
    await this.#attempt(async ({ files, queue }) => {
      if (!(await files.allow(this.#require(id)))) return;
      this.#absent.delete(id);
      this.#tell();
      queue.found(id);
    });
  }

  async giveAgain(id: string, file: File): Promise<void> {
    await this.#attempt(async ({ store, files, queue, copies }) => {
      const given = givenAgain(this.#require(id), file);
      files.give(id, file);
      await store.add(given);
      this.#absent.delete(id);
      this.#take(given);
      copies.add(id, file);
      queue.found(id);
    });
  }

  async events(id: string): Promise<RecordingEvent[]> {
    return (await this.#open()).store.events(id);
  }

  async judge(id: string, ids: readonly string[], verdict: Verdict | undefined): Promise<void> {
    await this.#attempt(async ({ store }) => {
      const events = (await store.events(id)).filter((event) => ids.includes(event.id));
      const judged = events.map(({ verdict: _, ...event }) => (verdict ? { ...event, verdict } : event));
      await store.putEvents(id, judged);
      this.#revise();
    });
  }

  async putEvent(id: string, event: RecordingEvent): Promise<void> {
    await this.#attempt(async ({ store }) => {
      await store.putEvents(id, [event]);
      await this.#recount(store, id);
    });
  }

  async removeEvents(id: string, events: readonly string[]): Promise<void> {
    await this.#attempt(async ({ store }) => {
      await store.removeEvents(id, events);
      await this.#recount(store, id);
    });
  }

  async look(id: string): Promise<OpenedRecording> {
    const { store, files } = await this.#open();
    this.#looking?.close();
    const file = await files.find(this.#require(id)).catch(() => undefined);
    const looking = await Looking.open(id, file, await this.#host.spec(), store, this.#parts.startWorker);
    this.#looking = looking;
    if (looking.facts) this.#take({ ...this.#require(id), ...looking.facts });
    return looking;
  }

  async teach(id: string, fromSeconds: number, toSeconds: number): Promise<void> {
    await this.#attempt(async ({ files }) => {
      const recording = this.#require(id);
      const file = await files.find(recording);
      if (!file) throw new EarmarkError({ code: 'recording-unreadable', file: recording.name, fault: 'out-of-reach' });
      const worker = await this.#parts.startWorker();
      await this.#host.keepSound(await cutSound(worker, file, await this.#host.spec(), { fromSeconds, toSeconds }));
    });
  }

  async export(ids: readonly string[], format: EventFormat, target: SaveTarget): Promise<number> {
    const { store } = await this.#open();
    const { exportRecordings } = await import('./export-recordings');
    const recordings = [...this.#recordings.values()].filter(({ id }) => ids.includes(id));
    return exportRecordings(recordings, store, format, target);
  }

  async startRecording(): Promise<void> {
    if (this.#recorder) return;
    await this.#attempt(async () => {
      await this.#parts.writer.require();
      this.#recorder = await DiskRecorder.start(
        this.#parts,
        this.#host,
        (recorder) => this.#holder.change({ recorder }),
        (error) => {
          if (error) this.#holder.change({ problem: problemOf(error) });
          void this.finishRecording();
        },
      );
    });
  }

  async finishRecording(): Promise<void> {
    const recorder = this.#recorder;
    this.#recorder = undefined;
    if (!recorder) return;
    await this.#attempt(async ({ store, queue }) => {
      await recorder.finish();
      this.#holder.change({ recorder: undefined });
      await this.#adopt(store, recorder.name);
      queue.wake();
    });
  }

  async dismissProblem(): Promise<void> {
    this.#holder.change({ problem: undefined });
  }

  #open(): Promise<Opened> {
    this.#opening ??= this.#begin().catch((error: unknown) => {
      this.#opening = undefined;
      this.#holder.change({ storage: 'missing', problem: problemOf(error) });
      throw error;
    });
    return this.#opening;
  }

  async #begin(): Promise<Opened> {
    this.#holder.change({ storage: 'opening' });
    const opened = await openRecordings(this.#parts, this.#host, {
      list: () => [...this.#recordings.values()],
      take: (recording) => this.#take(recording),
      onProgress: (progress) => {
        this.#progress = progress;
        this.#tell();
      },
      onAbsent: (id) => {
        this.#absent.add(id);
        this.#tell();
      },
    });
    const { store, queue } = opened;
    await this.#takeNew(store);
    store.addEventListener(RESTORED_EVENT, () => void this.#attempt(() => this.#takeNew(store)));
    const begin = async (): Promise<void> => {
      this.#holder.change({ elsewhere: false });
      // The page ended before these did.
      for (const name of await leftHere(store, this.#recordings)) await this.#adopt(store, name);
      queue.wake();
    };
    if (await this.#parts.writer.mayWrite()) await begin();
    else this.#holder.change({ elsewhere: true });
    this.#parts.writer.addEventListener(WRITER_EVENT, () => void begin());
    this.#holder.change({ storage: 'ready' });
    this.#tell();
    return opened;
  }

  /** Takes what is stored and not yet known. */
  async #takeNew(store: RecordingsStore): Promise<void> {
    for (const recording of await store.list()) if (!this.#recordings.has(recording.id)) this.#take(recording);
  }

  /** Adds a recording that was made here. */
  async #adopt(store: RecordingsStore, name: string): Promise<void> {
    const recording = await recordedHere(store, name);
    if (recording) this.#take(recording);
  }

  async #recount(store: RecordingsStore, id: string): Promise<void> {
    const events = (await store.events(id)).length;
    const recording = { ...this.#require(id), events };
    await store.add(recording);
    this.#take(recording);
    this.#revise();
  }

  #require(id: string): Recording {
    const recording = this.#recordings.get(id);
    if (recording) return recording;
    throw new EarmarkError({ code: 'unexpected', detail: `there is no recording ${id}` });
  }

  #take(recording: Recording): void {
    const before = this.#recordings.get(recording.id);
    this.#recordings.set(recording.id, recording);
    if (before && before.events !== recording.events) this.#revise();
    this.#tell();
  }

  #revise(): void {
    this.#holder.change({ revision: this.state.revision + 1 });
  }

  #tell(): void {
    this.#holder.change({
      recordings: [...this.#recordings.values()].map((recording) => queued(recording, this.#progress, this.#absent)),
    });
  }

  async #attempt(work: (opened: Opened) => Promise<void>): Promise<void> {
    try {
      await work(await this.#open());
    } catch (error) {
      this.#holder.change({ problem: problemOf(error) });
    }
  }
}
