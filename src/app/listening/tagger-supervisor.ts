import type { Remote } from 'comlink';
import { type BackendChoice, backendNames } from '../../shared/contracts/backend';
import { EarmarkError, problemOf } from '../../shared/contracts/messages/problem';
import type { ModelInfo, TaggerApi } from '../../shared/contracts/tagger-api';
import type { AppState } from '../state';
import type { StateHolder } from '../state-holder';
import type { RetryLimit } from './retry-limit';
import type { TaggerWorker, WorkerDeath } from './tagger-worker';
import { Watchdog } from './watchdog';

/** A worker that sends nothing for this long while sound arrives is dead: the slowest backend takes some seconds. */
const WORKER_TIMEOUT_MS = 15_000;

/** A graphics card that failed this often in one visit is not used again. */
const MOST_GRAPHICS_FAILURES = 2;

/** The parts of a supervisor. */
export interface SupervisorParts {
  startWorker(onDeath: (death: WorkerDeath) => void): TaggerWorker;
  /** Folder of the models, absolute, ending in `/`. */
  readonly modelsUrl: string;
}

/** Parts of the app that use the tagger. */
export interface TaggerUsers {
  /** A worker has loaded a model. Nothing is tagged before this is done. Never fails. */
  prepare(api: Remote<TaggerApi>, model: ModelInfo): Promise<void>;
  /** The model can be used from now on. */
  begin(): Promise<void>;
  /** The worker is gone, with everything in it. */
  lose(): void;
}

/** A worker with its model, from the moment that it can be used until it is lost. */
export interface ReadyTagger {
  readonly worker: TaggerWorker;
  readonly model: ModelInfo;
}

/** The result of a start; `overtaken` if another start replaced it. */
export type StartOutcome = 'ready' | 'overtaken' | Error;

/** Keeps a worker with a model running: starts it, notices its end, and replaces it with a fresh one. */
export class TaggerSupervisor {
  readonly #parts: SupervisorParts;
  readonly #holder: StateHolder<AppState>;
  readonly #users: TaggerUsers;
  readonly #retries: RetryLimit;
  readonly #watchdog: Watchdog;
  #worker: TaggerWorker | undefined;
  #ready: ReadyTagger | undefined;
  #graphicsFailures = 0;
  /** Overrides the settings' backend for this visit. */
  #forcedBackend: BackendChoice | undefined;

  constructor(parts: SupervisorParts, holder: StateHolder<AppState>, users: TaggerUsers, retries: RetryLimit) {
    this.#parts = parts;
    this.#holder = holder;
    this.#users = users;
    this.#retries = retries;
    this.#watchdog = new Watchdog(WORKER_TIMEOUT_MS, () => {
      if (this.#worker) void this.replace(this.#worker, workerDied({ end: 'silent', detail: '' }));
    });
  }

  /** Undefined while the model is loading, and after it failed. */
  get ready(): ReadyTagger | undefined {
    return this.#ready;
  }

  /** The worker's commands, available before its model is; undefined without a worker. */
  get api(): Remote<TaggerApi> | undefined {
    return this.#worker?.api;
  }

  /**
   * Uses this backend until the person chooses another one.
   *
   * @param name from the page's address. @throws EarmarkError unknown-backend.
   */
  force(name: string): void {
    if (name !== 'auto' && !backendNames.some((known) => known === name)) {
      throw new EarmarkError({ code: 'unknown-backend', asked: name, known: [...backendNames, 'auto'] });
    }
    this.#forcedBackend = name as BackendChoice;
  }

  /** The person chose a backend. */
  forceNone(): void {
    this.#forcedBackend = undefined;
  }

  /** Sound is being sent to the worker, or it just answered: it must answer again soon. */
  expectTags(): void {
    this.#watchdog.feed();
  }

  /** No sound is being sent to the worker, so its silence means nothing. */
  expectNothing(): void {
    this.#watchdog.stop();
  }

  /** Starts a fresh worker and loads the model that the settings name. The state shows the result. */
  async restart(): Promise<StartOutcome> {
    this.#drop();
    this.#holder.change({ phase: 'loading', model: undefined });
    const worker = this.#parts.startWorker((death) => void this.replace(worker, workerDied(death)));
    this.#worker = worker;
    const { backend, tagsPerSecond, noiseFloorDb, model: name } = this.#holder.state.settings;
    const modelUrl = new URL(`${name}/`, this.#parts.modelsUrl).href;
    try {
      await worker.api.setNoiseFloor(noiseFloorDb);
      const model = await worker.api.load(modelUrl, this.#forcedBackend ?? backend, tagsPerSecond);
      if (this.#worker === worker) await this.#users.prepare(worker.api, model);
      if (this.#worker !== worker) return 'overtaken';
      void worker.api.backendLost().then((detail) => this.replace(worker, backendLost(detail)));
      this.#ready = { worker, model };
      this.#holder.change({ phase: 'ready', model });
    } catch (error) {
      if (this.#worker !== worker) return 'overtaken';
      this.#holder.change({ phase: 'failed', problem: problemOf(error) });
      return error as Error;
    }
    await this.#users.begin();
    return this.#worker === worker ? 'ready' : 'overtaken';
  }

  /** Replaces a failed worker with a fresh one. After repeated failures the person is asked. */
  async replace(worker: TaggerWorker, error: Error): Promise<void> {
    if (this.#worker !== worker) return;
    if (!this.#retries.take()) {
      this.#drop();
      return this.#holder.change({ phase: 'failed', problem: problemOf(error) });
    }
    console.warn('The worker is started anew:', error.message);
    const taken = this.#holder.state.model?.backend.taken;
    if (taken === 'webgpu' || taken === 'webgl') this.#graphicsFailures++;
    const leaveGraphics = this.#graphicsFailures >= MOST_GRAPHICS_FAILURES;
    if (leaveGraphics) this.#forcedBackend = 'wasm';
    const outcome = await this.restart();
    // A repair of the microphone meanwhile is reported instead.
    if (outcome !== 'ready' || this.#holder.state.recovery !== undefined) return;
    this.#holder.change({ recovery: leaveGraphics ? 'wasm' : 'worker' });
  }

  #drop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#ready = undefined;
    this.#watchdog.stop();
    this.#users.lose();
    worker?.terminate();
  }
}

function workerDied({ end, detail }: WorkerDeath): EarmarkError {
  return new EarmarkError({ code: 'worker-died', end, detail });
}

function backendLost(detail: string): EarmarkError {
  return new EarmarkError({ code: 'backend-lost', detail });
}
