import { proxy, transfer } from 'comlink';
import { listMicrophones } from '../audio/devices';
import type { Microphone, MicrophoneOptions } from '../audio/microphone';
import { type BackendChoice, backendNames } from '../shared/contracts/backend';
import { EarmarkError, type Problem, type ProblemCode, problemOf } from '../shared/contracts/problem';
import type { Settings } from '../shared/contracts/settings';
import type { ModelInfo, TaggerState, Tags } from '../shared/contracts/tagger-api';
import { loadSettings, saveSettings } from '../store/settings';
import { RetryLimit } from './listening/retry-limit';
import { startTaggerWorker, type TaggerWorker } from './listening/tagger-worker';
import { ScreenWakeLock } from './listening/wake-lock';
import { Watchdog } from './listening/watchdog';
import { type ModelLibrary, modelLibrary } from './model-library';
import { Rewind } from './rewind/rewind';
import type { AppCommands, AppState, HeardTags, Recovery } from './state';
import { type Change, Feed, StateHolder } from './state-holder';
import { Teach } from './teach/teach';
import { type TeachParts, teachParts } from './teach/teach-core';

/** A worker that sends nothing for this long while sound comes in is dead: the slowest backend takes some seconds. */
const WORKER_TIMEOUT_MS = 15_000;

/** What fails more often than this within a minute does not mend itself: the person is asked. */
const MOST_RETRIES = 3;
const RETRIES_WITHIN_MS = 60_000;

/** A graphics card that failed this often in one visit is left alone. */
const MOST_GRAPHICS_FAILURES = 2;

/** What an app is made of; tests pass their own. */
export interface AppParts {
  startWorker(onDeath: (detail: string) => void): TaggerWorker;
  openMicrophone(options: MicrophoneOptions): Promise<Microphone>;
  listMicrophones: typeof listMicrophones;
  loadSettings(): Settings;
  saveSettings(settings: Settings): void;
  readonly wakeLock: Pick<ScreenWakeLock, 'hold' | 'release'>;
  readonly teach: TeachParts;
  /** Folder that the models lie in, absolute, ending in `/`. */
  readonly modelsUrl: string;
  /** The page's query string; `?backend=wasm` forces a backend for this visit. */
  readonly query: string;
}

/** The one app state, and the commands that change it: joins microphone, worker and settings. */
export class App implements AppCommands {
  readonly teach: Teach;
  readonly models: ModelLibrary;
  readonly rewind: Rewind;
  readonly tags = new Feed<HeardTags>();
  readonly subscribe: StateHolder<AppState>['subscribe'];
  readonly #holder: StateHolder<AppState>;
  readonly #parts: AppParts;
  readonly #watchdog: Watchdog;
  readonly #retries = new RetryLimit(MOST_RETRIES, RETRIES_WITHIN_MS);
  #graphicsFailures = 0;
  /** The person wants to listen, also while something is being put right. */
  #wanted = false;
  /** From the address; until the person chooses another one in the settings. */
  #forcedBackend: BackendChoice | undefined;
  #worker: TaggerWorker | undefined;
  #microphone: Microphone | undefined;
  /** The device that was asked for; another one than the settings name where that is not there. */
  #openedDeviceId = '';
  /** Counts starts and stops, so that a start which was overtaken notices it. */
  #turn = 0;

  /** The real app: starts the worker and loads the model at once, so that the button answers quickly. */
  static start(): App {
    const app = new App({
      startWorker: startTaggerWorker,
      // Its code is fetched when the button is pressed: the first paint does without it.
      openMicrophone: async (options) => (await import('../audio/microphone')).openMicrophone(options),
      listMicrophones,
      loadSettings,
      saveSettings,
      wakeLock: new ScreenWakeLock(),
      teach: teachParts(),
      modelsUrl: new URL('models/', document.baseURI).href,
      query: location.search,
    });
    navigator.mediaDevices?.addEventListener('devicechange', () => void app.devicesChanged());
    document.addEventListener('visibilitychange', () => {
      // Browsers that hold the sound back do so for pages that nobody sees.
      if (!document.hidden && app.state.problem?.code === 'audio-suspended') void app.remedy();
    });
    void app.refreshDevices();
    void app.teach.open();
    void app.restart();
    return app;
  }

  constructor(parts: AppParts) {
    this.#parts = parts;
    this.models = modelLibrary(parts.modelsUrl);
    this.#watchdog = new Watchdog(WORKER_TIMEOUT_MS, () => {
      if (this.#worker) void this.#replaceWorker(this.#worker, workerDied('it stopped answering'));
    });
    const asked = new URLSearchParams(parts.query).get('backend');
    const known = asked === 'auto' || backendNames.some((name) => name === asked);
    this.#forcedBackend = known ? (asked as BackendChoice) : undefined;
    this.#holder = new StateHolder<AppState>({
      phase: 'loading',
      demo: false,
      settings: parts.loadSettings(),
      devices: [],
    });
    this.subscribe = this.#holder.subscribe;
    this.subscribe(({ phase, settings: { keepAwake } }) => {
      if (phase === 'listening' && keepAwake) parts.wakeLock.hold();
      else parts.wakeLock.release();
    });
    const settings = (): Settings => this.state.settings;
    this.teach = new Teach(parts.teach, {
      get settings() {
        return settings();
      },
      changeSettings: (change) => this.changeSettings(change),
      modelNames: async () => (await this.models.list()).map(({ name }) => name),
    });
    this.rewind = new Rewind(this.teach);
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
    return this.#holder.state;
  }

  async refreshDevices(): Promise<void> {
    this.#change({ devices: await this.#parts.listMicrophones() });
  }

  /** Microphones came or went: goes back to the chosen one, or on with one that is there again. */
  async devicesChanged(): Promise<void> {
    await this.refreshDevices();
    const { phase, problem, devices, settings } = this.state;
    const isBack = this.#openedDeviceId !== settings.deviceId && devices.some(({ id }) => id === settings.deviceId);
    if (phase === 'listening' && isBack) await this.#reopenMicrophone('chosen-microphone');
    else if (phase === 'ready' && problem?.code === 'microphone-unplugged' && devices.length > 0) {
      await this.#start();
    }
  }

  /** Starts a fresh worker and loads the model into it; ends in the phase `ready` or `failed`. */
  async restart(): Promise<void> {
    await this.#closeMicrophone();
    this.teach.loseWorker();
    this.#worker?.terminate();
    this.#change({ phase: 'loading', model: undefined });
    const worker = this.#parts.startWorker((detail) => void this.#replaceWorker(worker, workerDied(detail)));
    this.#worker = worker;
    const { backend, tagsPerSecond, noiseFloorDb, model: name } = this.state.settings;
    const modelUrl = new URL(`${name}/`, this.#parts.modelsUrl).href;
    try {
      await worker.api.setNoiseFloor(noiseFloorDb);
      const model = await worker.api.load(modelUrl, this.#forcedBackend ?? backend, tagsPerSecond);
      if (this.#worker === worker) await this.teach.useWorker(worker.api, model);
      if (this.#worker !== worker) return;
      void worker.api.backendLost().then((detail) => this.#replaceWorker(worker, backendLost(detail)));
      this.#change({ phase: 'ready', model });
    } catch (error) {
      if (this.#worker === worker) this.#fail(error, 'failed');
    }
  }

  async startListening(): Promise<void> {
    if (this.state.phase === 'ready') this.#change({ demo: false });
    await this.#start();
  }

  async startDemo(): Promise<void> {
    if (this.state.phase === 'ready') this.#change({ demo: true });
    await this.#start();
  }

  /** Listens to what the state names: the microphone, or the demo. */
  async #start(): Promise<void> {
    const { model, phase } = this.state;
    if (model === undefined || phase !== 'ready') return;
    const worker = this.#worker as TaggerWorker;
    this.#wanted = true;
    this.#turn++;
    const turn = this.#turn;
    this.dismissProblem();
    this.dismissRecovery();
    this.#change({ phase: 'starting' });
    try {
      const microphone = await this.#openMicrophone(model);
      if (turn !== this.#turn) return await microphone.stop();
      this.#microphone = microphone;
      this.rewind.begin(model.spec);
      this.#watchdog.feed();
      await worker.api.listen(
        transfer(microphone.port, [microphone.port]),
        microphone.sampleRateHz,
        proxy((tags: Tags) => this.#takeTags(tags, microphone)),
        proxy(({ name, message }) => this.#replaceWorker(worker, Object.assign(new Error(message), { name }))),
      );
      if (turn !== this.#turn) return;
      this.#change({ phase: 'listening' });
      if (this.#openedDeviceId !== this.state.settings.deviceId) this.#change({ recovery: 'default-microphone' });
      if (!microphone.running) this.#suspended();
      else if (microphone.muted) this.#muted();
      await this.refreshDevices();
    } catch (error) {
      if (turn === this.#turn) await this.#stopAndFail(error);
    }
  }

  async stopListening(): Promise<void> {
    this.#wanted = false;
    this.dismissRecovery();
    await this.#endListening();
    this.#change({ demo: false });
  }

  async #endListening(): Promise<void> {
    void this.teach.listeningEnds();
    await this.#closeMicrophone();
    if (this.state.phase === 'listening' || this.state.phase === 'starting') this.#change({ phase: 'ready' });
    // Not awaited: a worker that is stuck must not keep the button from answering.
    void this.#worker?.api.stop();
  }

  async changeSettings(change: Partial<Settings>): Promise<void> {
    const before = this.state.settings;
    const settings = { ...before, ...change };
    this.#parts.saveSettings(settings);
    this.#change({ settings });
    const listening = this.state.phase === 'listening' || this.state.phase === 'starting';
    if (settings.backend !== before.backend || settings.model !== before.model) {
      if (settings.backend !== before.backend) this.#forcedBackend = undefined;
      // What is recorded lies in the worker.
      if (listening) await this.teach.listeningEnds();
      await this.restart();
      const outOfReach = settings.model !== before.model && this.state.problem?.code === 'model-missing';
      if (outOfReach) await this.#returnTo(before.model);
      if (listening) await this.#start();
      if (outOfReach && this.state.phase !== 'failed') this.#change({ recovery: 'last-model' });
      return;
    }
    if (settings.tagsPerSecond !== before.tagsPerSecond) {
      await this.#worker?.api.setTagsPerSecond(settings.tagsPerSecond);
    }
    if (settings.noiseFloorDb !== before.noiseFloorDb) await this.#worker?.api.setNoiseFloor(settings.noiseFloorDb);
    if (settings.head !== before.head || settings.comparedHead !== before.comparedHead) await this.teach.applyHeads();
    const otherSound = settings.deviceId !== before.deviceId || settings.voiceProcessing !== before.voiceProcessing;
    if (otherSound && listening) {
      await this.#endListening();
      await this.#start();
    }
  }

  /** Loads the model that was in use before. */
  async #returnTo(model: string): Promise<void> {
    const settings = { ...this.state.settings, model };
    this.#parts.saveSettings(settings);
    this.dismissProblem();
    this.#change({ settings });
    await this.restart();
  }

  async remedy(): Promise<void> {
    const remedy = this.state.problem?.remedy;
    this.dismissProblem();
    if (remedy === 'listen') await this.#start();
    if (remedy === 'resume' && !(await this.#microphone?.resume())) this.#suspended();
    if (remedy === 'restart') {
      await this.restart();
      await this.#goOn();
    }
  }

  dismissRecovery(): void {
    this.#change({ recovery: undefined });
  }

  dismissProblem(): void {
    this.#change({ problem: undefined });
  }

  /** What the worker says of itself; undefined while there is none. For the tests and the benchmark. */
  async taggerState(): Promise<TaggerState | undefined> {
    return this.#worker?.api.state();
  }

  /** Opens the chosen microphone; the system's default where the chosen one is not there. */
  async #openMicrophone({ spec }: ModelInfo): Promise<Microphone> {
    const { deviceId, voiceProcessing } = this.state.settings;
    const open = (id: string): Promise<Microphone> => {
      this.#openedDeviceId = id;
      return this.#parts.openMicrophone({
        spec,
        deviceId: id,
        voiceProcessing,
        demo: this.state.demo,
        onEnded: () => void this.#reopenMicrophone('microphone'),
        onRunningChange: (running) => {
          if (!running) return this.#suspended();
          this.#watchdog.feed();
          this.#solved('audio-suspended');
        },
        onMutedChange: (muted) => {
          if (muted) this.#muted();
          else this.#solved('microphone-muted');
        },
      });
    };
    try {
      return await open(deviceId);
    } catch (error) {
      if (deviceId === '' || problemOf(error).code !== 'no-microphone') throw error;
      return open('');
    }
  }

  /** Opens the microphone anew after it ended, or because a better one is there; what was recorded until now is kept. */
  async #reopenMicrophone(recovery: Recovery): Promise<void> {
    await this.#endListening();
    if (!this.#retries.take()) return this.#stopAndFail(unplugged());
    await this.#start();
    const { phase, problem } = this.state;
    if (problem?.code === 'no-microphone') this.#fail(unplugged());
    if (phase === 'listening' && this.state.recovery === undefined) this.#change({ recovery });
  }

  #takeTags(tags: Tags, microphone: Microphone): void {
    if (this.#microphone !== microphone) return;
    this.#watchdog.feed();
    const latencyMs = performance.timeOrigin + performance.now() - tags.heardAtMs;
    this.rewind.take(tags);
    this.tags.tell({ tags, latencyMs });
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

  #muted(): void {
    this.#fail(
      new EarmarkError(
        'microphone-muted',
        'The system has muted the microphone, so only silence is heard. ' +
          'Turn it on in the system settings or by its own switch; Earmark then goes on by itself.',
      ),
    );
  }

  /** A problem has passed by itself. */
  #solved(code: ProblemCode): void {
    if (this.state.problem?.code === code) this.dismissProblem();
  }

  /** Lets a fresh worker go on where the last one failed; where that does not last, the person is asked. */
  async #replaceWorker(worker: TaggerWorker, error: Error): Promise<void> {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    worker.terminate();
    this.teach.loseWorker();
    if (!this.#retries.take()) {
      await this.#closeMicrophone();
      return this.#fail(error, 'failed');
    }
    console.warn('The worker is started anew:', error.message);
    const taken = this.state.model?.backend.taken;
    if (taken === 'webgpu' || taken === 'webgl') this.#graphicsFailures++;
    const leaveGraphics = this.#graphicsFailures >= MOST_GRAPHICS_FAILURES;
    if (leaveGraphics) this.#forcedBackend = 'wasm';
    await this.restart();
    await this.#goOn();
    const { phase, recovery } = this.state;
    if (phase !== 'failed' && recovery === undefined) this.#change({ recovery: leaveGraphics ? 'wasm' : 'worker' });
  }

  /** Listens again, where the person wanted to. */
  async #goOn(): Promise<void> {
    if (this.#wanted) await this.#start();
  }

  async #stopAndFail(error: unknown): Promise<void> {
    this.#wanted = false;
    await this.#endListening();
    this.#change({ demo: false });
    this.#fail(error);
  }

  async #closeMicrophone(): Promise<void> {
    this.#turn++;
    this.#watchdog.stop();
    const microphone = this.#microphone;
    this.#microphone = undefined;
    await microphone?.stop();
  }

  #fail(error: unknown, phase = this.state.phase): void {
    const problem: Problem = problemOf(error);
    this.#change({ problem, phase });
  }

  #change(change: Change<AppState>): void {
    this.#holder.change(change);
  }
}

function workerDied(detail: string): EarmarkError {
  return new EarmarkError(
    'worker-died',
    `The part of Earmark that tags the sound has ended unexpectedly (${detail}). Press “Restart” to start it anew.`,
  );
}

function backendLost(detail: string): EarmarkError {
  return new EarmarkError(
    'backend-lost',
    `The graphics card stopped working for Earmark (${detail}). Press “Restart” to start the sound model anew, ` +
      'or choose WASM under “Compute with”.',
  );
}

function unplugged(): EarmarkError {
  return new EarmarkError(
    'microphone-unplugged',
    'The microphone is gone. Plug it in, and Earmark listens again; ' +
      'or choose another one under Settings, then press “Try again”.',
  );
}
