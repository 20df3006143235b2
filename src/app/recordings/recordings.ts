import type { EventFormat } from '../../events/formats/formats';
import { EarmarkError, problemOf } from '../../shared/contracts/messages/problem';
import type { Recording, RecordingEvent } from '../../shared/contracts/recordings/recording';
import type { Verdict } from '../../shared/contracts/sound-event';
import { RESTORED_EVENT, type RecordingsStore } from '../../store/recordings/recordings-store';
import { WRITER_EVENT } from '../../store/store-writer';
import type { SaveTarget } from '../files/save-file';
import { StateHolder } from '../state-holder';
import { cutSound } from './cut-sound';
import { DiskRecording } from './disk-recorder';
import { Looking } from './looking/looking';
import { givenAgain, isOfFile, newRecording, queued, taggedAnew } from './new-recording';
import { leftHere, type Opened, openRecordings, recordedHere } from './open-recordings';
import type { RecordingsHost, RecordingsParts } from './recordings-parts';
import type { QueueProgress } from './recordings-queue';
import {
  emptyRecordingsState,
  type GivenFile,
  type OpenedRecording,
  type Recorder,
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
  readonly #toDisk: DiskRecording;

  constructor(parts: RecordingsParts, host: RecordingsHost, holder = new StateHolder(emptyRecordingsState)) {
    this.#parts = parts;
    this.#host = host;
    this.#holder = holder;
    const tell = (recorder: Recorder): void => holder.change({ recorder });
    this.#toDisk = new DiskRecording(parts, host, tell, (error) => {
      holder.change({ problem: problemOf(error) });
      void this.finishRecording();
    });
    this.subscribe = holder.subscribe;
  }

  get state(): RecordingsState {
    return this.#holder.state;
  }

  async open(): Promise<void> {
    await this.#open().catch(() => undefined);
  }

  async add(given: Promise<readonly GivenFile[]>): Promise<void> {
    await this.#attempt(async (opened) => {
      for (const { file, handle, folder } of await given) {
        const needed = [...this.#absent]
          .flatMap((id) => this.#recordings.get(id) ?? [])
          .find((of) => isOfFile(of, file));
        const place = handle ? 'handle' : 'page';
        const anew = () => newRecording({ id: crypto.randomUUID(), file, folder, place });
        await this.#hand(opened, needed ? givenAgain(needed, file, place) : anew(), file, handle);
      }
    });
  }

  async pause(id: string, isPaused: boolean): Promise<void> {
    await this.#attempt(async ({ store, queue }) => {
      const { problem: _, ...well } = this.#require(id);
      this.#take({ ...well, status: isPaused ? 'paused' : 'waiting' });
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
      const fresh = taggedAnew(this.#require(id));
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
    await this.#attempt((opened) => this.#hand(opened, givenAgain(this.#require(id), file, 'page'), file));
  }

  async events(id: string): Promise<RecordingEvent[]> {
    return (await this.#open()).store.events(id);
  }

  judge(id: string, ids: readonly string[], verdict: Verdict | undefined): Promise<void> {
    return this.#changeEvents(id, (store) => store.judge(id, ids, verdict));
  }

  putEvent(id: string, event: RecordingEvent): Promise<void> {
    return this.#changeEvents(id, (store) => store.putEvents(id, [event]));
  }

  removeEvents(id: string, events: readonly string[]): Promise<void> {
    return this.#changeEvents(id, (store) => store.removeEvents(id, events));
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
      const file = await files.require(this.#require(id));
      const worker = await this.#parts.startWorker();
      await this.#host.keepSound(await cutSound(worker, file, await this.#host.spec(), { fromSeconds, toSeconds }));
    });
  }

  async export(ids: readonly string[], format: EventFormat, target: SaveTarget): Promise<number> {
    const { exportRecordings } = await import('./export-recordings');
    const recordings = [...this.#recordings.values()].filter(({ id }) => ids.includes(id));
    return exportRecordings(recordings, (await this.#open()).store, format, target);
  }

  exportDamaged(): Promise<Blob | undefined> {
    return this.#attempt(({ store }) => store.exportDamaged());
  }

  async removeDamaged(): Promise<void> {
    await this.#attempt(async ({ store }) => {
      await store.removeDamaged();
      this.#holder.change({ damaged: [] });
    });
  }

  async startRecording(): Promise<void> {
    await this.#attempt(() => this.#toDisk.start());
  }

  async finishRecording(): Promise<void> {
    const recorder = this.#toDisk.take();
    if (!recorder) return;
    await this.#attempt(async ({ store, queue }) => {
      const started = await recorder;
      try {
        await started.finish();
      } finally {
        this.#holder.change({ recorder: undefined });
        const recorded = await recordedHere(store, started.name);
        if (recorded) this.#take(recorded);
        queue.wake();
      }
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
    store.addEventListener(RESTORED_EVENT, () => void this.#attempt(() => this.#takeStored(store, false)));
    const begin = async (): Promise<void> => {
      await this.#takeStored(store, true);
      const elsewhere = !(await this.#parts.writer.mayWrite());
      this.#holder.change({ elsewhere });
      if (elsewhere) return;
      // The page ended before these did.
      for (const recording of await leftHere(store)) this.#take(recording);
      queue.wake();
    };
    this.#parts.writer.addEventListener(WRITER_EVENT, () => void this.#attempt(begin));
    await begin();
    this.#holder.change({ storage: 'ready' });
    this.#tell();
    // Not awaited: there can be many events to look at.
    void this.#attempt(async () => this.#holder.change({ damaged: await store.damaged() }));
    return opened;
  }

  /** Takes what is stored. @param isAfresh another window may have changed or deleted what is known. */
  async #takeStored(store: RecordingsStore, isAfresh: boolean): Promise<void> {
    const stored = await store.list();
    if (isAfresh) this.#recordings.clear();
    for (const recording of stored) if (!this.#recordings.has(recording.id)) this.#take(recording);
  }

  async #changeEvents(id: string, change: (store: RecordingsStore) => Promise<void>): Promise<void> {
    await this.#attempt(async ({ store }) => {
      await change(store);
      const recording = { ...this.#require(id), events: (await store.events(id)).length };
      await store.add(recording);
      this.#take(recording);
      this.#revise();
    });
  }

  /** A recording's file is here. @param handle with it, the browser opens the file after a reload. */
  async #hand(opened: Opened, recording: Recording, file: File, handle?: FileSystemFileHandle): Promise<void> {
    opened.files.give(recording.id, file);
    await opened.store.add(recording, handle);
    this.#absent.delete(recording.id);
    this.#take(recording);
    if (!handle) opened.copies.add(recording.id, file);
    opened.queue.found(recording.id);
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

  async #attempt<T>(work: (opened: Opened) => Promise<T>): Promise<T | undefined> {
    try {
      return await work(await this.#open());
    } catch (error) {
      this.#holder.change({ problem: problemOf(error) });
      return undefined;
    }
  }
}
