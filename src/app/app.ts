import { proxy, transfer } from 'comlink';
import { listMicrophones } from '../audio/devices';
import { type Microphone, type MicrophoneOptions, openMicrophone } from '../audio/microphone';
import { type BackendChoice, backendNames } from '../shared/backend';
import { EarmarkError, type Problem, problemOf } from '../shared/problem';
import type { Settings } from '../shared/settings';
import type { ModelInfo, TaggerState, Tags } from '../shared/tagger-api';
import { loadSettings, saveSettings } from '../store/settings';
import { type AppCommands, type AppState, STATE_EVENT, TagsEvent } from './state';
import { startTaggerWorker, type TaggerWorker } from './tagger-worker';
import { Teach } from './teach';
import { type TeachParts, teachParts } from './teach-core';
import { Watchdog } from './watchdog';

const MODEL_NAME = 'earmark-52';

/** A worker that sends nothing for this long while sound comes in is dead: the slowest backend takes some seconds. */
const WORKER_TIMEOUT_MS = 15_000;

/** What an app is made of; tests pass their own. */
export interface AppParts {
  startWorker(onDeath: (detail: string) => void): TaggerWorker;
  openMicrophone(options: MicrophoneOptions): Promise<Microphone>;
  listMicrophones: typeof listMicrophones;
  loadSettings(): Settings;
  saveSettings(settings: Settings): void;
  readonly teach: TeachParts;
  /** Folder that the models lie in, absolute, ending in `/`. */
  readonly modelsUrl: string;
  /** The page's query string; `?backend=wasm` forces a backend for this visit. */
  readonly query: string;
}

/** The one app state, and the commands that change it: joins microphone, worker and settings. */
export class App extends EventTarget implements AppCommands {
  readonly teach: Teach;
  readonly #parts: AppParts;
  readonly #watchdog: Watchdog;
  /** From the address; until the person chooses another one in the settings. */
  #forcedBackend: BackendChoice | undefined;
  #state: AppState;
  #worker: TaggerWorker | undefined;
  #microphone: Microphone | undefined;
  /** Counts starts and stops, so that a start which was overtaken notices it. */
  #turn = 0;

  /** The real app: starts the worker and loads the model at once, so that the button answers quickly. */
  static start(): App {
    const app = new App({
      startWorker: startTaggerWorker,
      openMicrophone,
      listMicrophones,
      loadSettings,
      saveSettings,
      teach: teachParts(),
      modelsUrl: new URL('models/', document.baseURI).href,
      query: location.search,
    });
    navigator.mediaDevices?.addEventListener('devicechange', () => void app.refreshDevices());
    void app.refreshDevices();
    void app.teach.open();
    void app.restart();
    return app;
  }

  constructor(parts: AppParts) {
    super();
    this.#parts = parts;
    this.#watchdog = new Watchdog(WORKER_TIMEOUT_MS, () => this.#workerDied('it stopped answering'));
    const asked = new URLSearchParams(parts.query).get('backend');
    const known = asked === 'auto' || backendNames.some((name) => name === asked);
    this.#forcedBackend = known ? (asked as BackendChoice) : undefined;
    this.#state = { phase: 'loading', settings: parts.loadSettings(), devices: [] };
    const settings = (): Settings => this.#state.settings;
    this.teach = new Teach(parts.teach, {
      get settings() {
        return settings();
      },
      changeSettings: (change) => this.changeSettings(change),
    });
    if (asked !== null && !known) {
      this.#fail(
        new EarmarkError(
          'unknown-backend',
          `“${asked}” is no backend, so Earmark chooses by itself. Use ?backend=${backendNames.join(', ')} or auto.`,
        ),
      );
    }
  }

  get state(): AppState {
    return this.#state;
  }

  async refreshDevices(): Promise<void> {
    this.#change({ devices: await this.#parts.listMicrophones() });
  }

  /** Starts a fresh worker and loads the model into it; ends in the phase `ready` or `failed`. */
  async restart(): Promise<void> {
    await this.#closeMicrophone();
    this.teach.loseWorker();
    this.#worker?.terminate();
    const { model: _, ...rest } = this.#state;
    this.#state = rest;
    this.#change({ phase: 'loading' });
    const worker = this.#parts.startWorker((detail) => this.#workerDied(detail));
    this.#worker = worker;
    const { backend, tagsPerSecond, noiseFloorDb } = this.#state.settings;
    const modelUrl = new URL(`${MODEL_NAME}/`, this.#parts.modelsUrl).href;
    try {
      await worker.api.setNoiseFloor(noiseFloorDb);
      const model = await worker.api.load(modelUrl, this.#forcedBackend ?? backend, tagsPerSecond);
      if (this.#worker === worker) await this.teach.useWorker(worker.api, model);
      if (this.#worker === worker) this.#change({ phase: 'ready', model });
    } catch (error) {
      if (this.#worker === worker) this.#fail(error, 'failed');
    }
  }

  async startListening(): Promise<void> {
    const { model, phase } = this.#state;
    if (model === undefined || phase !== 'ready') return;
    this.#turn++;
    const turn = this.#turn;
    this.dismissProblem();
    this.#change({ phase: 'starting' });
    try {
      const microphone = await this.#openMicrophone(model);
      if (turn !== this.#turn) return await microphone.stop();
      this.#microphone = microphone;
      this.#watchdog.feed();
      await this.#worker?.api.listen(
        transfer(microphone.port, [microphone.port]),
        microphone.sampleRateHz,
        proxy((tags: Tags) => this.#takeTags(tags, microphone)),
        proxy((failure) => this.#stopAndFail(Object.assign(new Error(failure.message), { name: failure.name }))),
      );
      if (turn !== this.#turn) return;
      this.#change({ phase: 'listening' });
      if (!microphone.running) this.#suspended();
      await this.refreshDevices();
    } catch (error) {
      if (turn === this.#turn) await this.#stopAndFail(error);
    }
  }

  async stopListening(): Promise<void> {
    void this.teach.listeningEnds();
    await this.#closeMicrophone();
    if (this.#state.phase === 'listening' || this.#state.phase === 'starting') this.#change({ phase: 'ready' });
    // Not awaited: a worker that is stuck must not keep the button from answering.
    void this.#worker?.api.stop();
  }

  async changeSettings(change: Partial<Settings>): Promise<void> {
    const before = this.#state.settings;
    const settings = { ...before, ...change };
    this.#parts.saveSettings(settings);
    this.#change({ settings });
    const listening = this.#state.phase === 'listening' || this.#state.phase === 'starting';
    if (settings.backend !== before.backend) {
      this.#forcedBackend = undefined;
      await this.restart();
      if (listening) await this.startListening();
      return;
    }
    if (settings.tagsPerSecond !== before.tagsPerSecond) {
      await this.#worker?.api.setTagsPerSecond(settings.tagsPerSecond);
    }
    if (settings.noiseFloorDb !== before.noiseFloorDb) await this.#worker?.api.setNoiseFloor(settings.noiseFloorDb);
    if (settings.head !== before.head || settings.comparedHead !== before.comparedHead) await this.teach.applyHeads();
    const otherSound = settings.deviceId !== before.deviceId || settings.voiceProcessing !== before.voiceProcessing;
    if (otherSound && listening) {
      await this.stopListening();
      await this.startListening();
    }
  }

  async remedy(): Promise<void> {
    const remedy = this.#state.problem?.remedy;
    this.dismissProblem();
    if (remedy === 'listen') await this.startListening();
    if (remedy === 'resume') await this.#microphone?.resume();
    if (remedy === 'restart') await this.restart();
  }

  dismissProblem(): void {
    const { problem: _, ...rest } = this.#state;
    this.#state = rest;
    this.#change({});
  }

  /** What the worker says of itself; undefined while there is none. For the tests and the benchmark. */
  async taggerState(): Promise<TaggerState | undefined> {
    return this.#worker?.api.state();
  }

  #openMicrophone({ spec }: ModelInfo): Promise<Microphone> {
    const { deviceId, voiceProcessing } = this.#state.settings;
    return this.#parts.openMicrophone({
      spec,
      deviceId,
      voiceProcessing,
      onEnded: () =>
        void this.#stopAndFail(
          new EarmarkError(
            'microphone-unplugged',
            'The microphone is gone: it was unplugged, or its permission was taken back. ' +
              'Plug it in or choose another one under Settings, then press “Try again”.',
          ),
        ),
      onRunningChange: (running) => {
        if (running) this.dismissProblem();
        else this.#suspended();
      },
    });
  }

  #takeTags(tags: Tags, microphone: Microphone): void {
    if (this.#microphone !== microphone) return;
    this.#watchdog.feed();
    const latencyMs = performance.timeOrigin + performance.now() - tags.heardAtMs;
    this.dispatchEvent(new TagsEvent(tags, latencyMs));
  }

  /** The browser holds the audio back: nothing can arrive, which is not the worker's fault. */
  #suspended(): void {
    this.#watchdog.stop();
    this.#fail(
      new EarmarkError(
        'audio-suspended',
        'The browser paused the sound, so nothing is heard. Press “Resume” to go on listening.',
      ),
    );
  }

  #workerDied(detail: string): void {
    const died = new EarmarkError(
      'worker-died',
      `The part of Earmark that tags the sound has ended unexpectedly (${detail}). Press “Restart” to start it anew.`,
    );
    void this.#closeMicrophone();
    this.teach.loseWorker();
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#fail(died, 'failed');
  }

  async #stopAndFail(error: unknown): Promise<void> {
    await this.stopListening();
    this.#fail(error);
  }

  async #closeMicrophone(): Promise<void> {
    this.#turn++;
    this.#watchdog.stop();
    const microphone = this.#microphone;
    this.#microphone = undefined;
    await microphone?.stop();
  }

  #fail(error: unknown, phase = this.#state.phase): void {
    const problem: Problem = problemOf(error);
    this.#change({ problem, phase });
  }

  #change(change: Partial<AppState>): void {
    this.#state = { ...this.#state, ...change };
    this.dispatchEvent(new Event(STATE_EVENT));
  }
}
