import { proxy } from 'comlink';
import { isAboutStorage, isPassing, type Problem, problemOf } from '../../shared/contracts/messages/problem';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import {
  FIRST_STORED_LEVEL,
  LEVEL_RATES,
  type Recording,
  TILE_COLUMNS,
} from '../../shared/contracts/recordings/recording';
import type { TaggingEnd, TaggingReport, TaggingRequest } from '../../shared/contracts/recordings/recordings-api';
import type { RecordingsStore } from '../../store/recordings/recordings-store';
import type { RecordingFiles } from './recording-files';
import type { RecordingsHost, RecordingsParts } from './recordings-parts';
import { type RecordingsWorkerLink, StallWatch } from './recordings-worker';

/** Tagging goes on at a border between two tiles, so far before what is settled that the network has heard enough. */
const WARM_UP_SECONDS = 12;
const TILE_SECONDS = TILE_COLUMNS / (LEVEL_RATES[FIRST_STORED_LEVEL] as number);

/** What the queue tells about the recording that is tagged. */
export interface QueueProgress {
  readonly id: string;
  readonly secondsLeft?: number;
}

/** What a queue needs. */
export interface QueueParts {
  readonly store: RecordingsStore;
  readonly files: RecordingFiles;
  readonly host: RecordingsHost;
  readonly startWorker: RecordingsParts['startWorker'];
  /** The recordings, in their order. */
  list(): readonly Recording[];
  /** A recording is now so. It was stored already. */
  take(recording: Recording): void;
  onProgress(progress: QueueProgress | undefined): void;
  /** Its file must be allowed or chosen again. */
  onAbsent(id: string): void;
}

/** Tags recordings, one at a time, in a worker of its own. */
export class RecordingsQueue {
  readonly #parts: QueueParts;
  readonly #absent = new Set<string>();
  #worker: RecordingsWorkerLink | undefined;
  #running: Promise<void> | undefined;
  /** The recording that is being tagged. */
  #current: string | undefined;
  #isStopping = false;
  /** Whether something came in since the last look. */
  #isCalled = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Goes on if there is something to do. Never fails. */
  wake(): void {
    this.#isCalled = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#isCalled) this.wake();
    });
  }

  /** Its file is there now. */
  found(id: string): void {
    this.#absent.delete(id);
    this.wake();
  }

  /** Stops tagging a recording, if it is the current one. Resolves when it was stopped. */
  async stop(id: string): Promise<void> {
    if (this.#current !== id) return;
    this.#isStopping = true;
    await this.#worker?.api.stop();
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#isCalled = false;
    for (;;) {
      const next = this.#parts.list().find(({ id, status }) => status === 'waiting' && !this.#absent.has(id));
      if (!next) break;
      this.#current = next.id;
      this.#isStopping = false;
      this.#parts.onProgress({ id: next.id });
      const goesOn = await this.#tag(next);
      this.#current = undefined;
      this.#parts.onProgress(undefined);
      if (!goesOn || this.#isStopping) break;
    }
    this.#isStopping = false;
    // It holds the engine's memory.
    if (!this.#parts.list().some(({ id, status }) => status === 'waiting' && !this.#absent.has(id))) this.#end();
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** @returns false if nothing else can be tagged either. */
  async #tag(recording: Recording): Promise<boolean> {
    try {
      const file = await this.#parts.files.find(recording);
      if (!file) {
        this.#absent.add(recording.id);
        this.#parts.onAbsent(recording.id);
        return true;
      }
      await this.#tagFile(recording, file);
      return true;
    } catch (error) {
      return this.#fail(recording.id, problemOf(error));
    }
  }

  async #fail(id: string, problem: Problem): Promise<boolean> {
    const isStalled = problem.code === 'recording-unreadable' && problem.fault === 'stalled';
    if (problem.code === 'worker-died' || isStalled) this.#end();
    const now = this.#find(id);
    if (!now) return true;
    const failed: Recording = { ...now, status: 'failed', problem };
    this.#parts.take(failed);
    await this.#parts.store.add(failed).catch(() => undefined);
    return !isAboutStorage(problem) && !(isPassing(problem) || problem.code === 'model-missing');
  }

  async #tagFile(recording: Recording, file: File): Promise<void> {
    const { host, startWorker } = this.#parts;
    const choice = await host.choice();
    const spec = await host.spec();
    this.#worker ??= await startWorker();
    const watch = new StallWatch(recording.name);
    await this.#tagWatched(recording, { file, choice }, spec, this.#worker, watch).finally(() => watch.end());
  }

  async #tagWatched(
    recording: Recording,
    { file, choice }: Pick<TaggingRequest, 'file' | 'choice'>,
    spec: FeatureSpec,
    worker: RecordingsWorkerLink,
    watch: StallWatch,
  ): Promise<void> {
    const { store } = this.#parts;
    const ended = [worker.died, watch.stalled];
    const opened = await Promise.race([worker.api.open(file, spec), ...ended]);
    const fromSeconds =
      TILE_SECONDS * Math.max(0, Math.floor((recording.settledSeconds - WARM_UP_SECONDS) / TILE_SECONDS));
    const coarse = LEVEL_RATES.flatMap((rate, level) => (level > FIRST_STORED_LEVEL ? [{ level, rate }] : []));
    const begun = fromSeconds === 0 ? [] : await store.begun(recording.id, fromSeconds, coarse);
    // The person may have paused or deleted it meanwhile.
    const now = this.#find(recording.id);
    if (this.#isStopping || !now) return;
    const { problem: _, ...well } = now;
    let current: Recording = { ...well, facts: opened.facts, ...(opened.start && { start: opened.start }) };
    this.#parts.take(current);
    const startedMs = performance.now();
    // The worker waits for it: it never runs ahead of what is stored.
    const onReport = async ({ doneSeconds, settledSeconds, events, tiles }: TaggingReport): Promise<void> => {
      current = { ...current, doneSeconds, settledSeconds };
      this.#tellProgress(current, fromSeconds, startedMs);
      await this.#write(current, events, tiles);
      watch.heard();
    };
    const places = await store.places(recording.id);
    const request = {
      file,
      choice,
      fromSeconds,
      settledSeconds: fromSeconds === 0 ? 0 : recording.settledSeconds,
      begun,
      ...(places && { places }),
    };
    const end = await Promise.race([worker.api.tag(request, proxy(onReport)), ...ended]);
    if (end.places && this.#find(recording.id)) await store.putPlaces(recording.id, end.places);
    if (!end.stopped) await this.#finish(recording.id, end);
  }

  async #write(recording: Recording, events: TaggingReport['events'], tiles: TaggingReport['tiles']): Promise<void> {
    const before = this.#find(recording.id);
    // It was deleted meanwhile.
    if (!before) return;
    const { status, place } = before;
    const count = await this.#parts.store.change({ recording: { ...recording, status, place }, events, tiles });
    // The person may have paused it while it was written.
    const now = this.#find(recording.id);
    if (now) this.#parts.take({ ...recording, status: now.status, place: now.place, events: count });
  }

  #find(wanted: string): Recording | undefined {
    return this.#parts.list().find(({ id }) => id === wanted);
  }

  async #finish(id: string, { seconds, mix, model, head }: TaggingEnd): Promise<void> {
    const now = this.#find(id);
    if (!now) return;
    const done: Recording = { ...now, status: 'done', seconds, doneSeconds: seconds, mix, model, head };
    await this.#parts.store.add(done);
    this.#parts.take(done);
  }

  #tellProgress({ id, doneSeconds, facts }: Recording, fromSeconds: number, startedMs: number): void {
    const elapsedSeconds = (performance.now() - startedMs) / 1000;
    const rate = (doneSeconds - fromSeconds) / elapsedSeconds;
    const { claimedSeconds } = facts ?? {};
    const isKnown = claimedSeconds !== undefined && rate > 0;
    this.#parts.onProgress({
      id,
      ...(isKnown && { secondsLeft: Math.max(0, claimedSeconds - doneSeconds) / rate }),
    });
  }
}
