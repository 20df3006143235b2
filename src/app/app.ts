import { transferHandlers } from 'comlink';
import { listMicrophones } from '../audio/devices';
import { problemOf, remedyOf } from '../shared/contracts/messages/problem';
import type { Settings } from '../shared/contracts/settings';
import type { ModelInfo, TaggerState, Tags } from '../shared/contracts/tagger-api';
import { carryEarmarkErrors } from '../shared/lib/error-transfer';
import { carryOneWayCalls } from '../shared/lib/one-way';
import { DATABASE_NAME, Database } from '../store/database';
import { followSettings, loadSettings, saveSettings } from '../store/settings';
import { StoreWriter } from '../store/store-writer';
import { LateAlerts, prefetchAlerts } from './diary/alerts/late-alerts';
import { type DiaryParts, diaryParts } from './diary/diary-parts';
import { type LateDiary, lateDiary, prefetchDiary } from './diary/late-diary';
import { ListeningSession, type SessionFollowers, type SessionParts } from './listening/listening-session';
import { ListeningWindows } from './listening/listening-windows';
import { RetryLimit } from './listening/retry-limit';
import { type SupervisorParts, TaggerSupervisor, type TaggerUsers } from './listening/tagger-supervisor';
import { startTaggerWorker } from './listening/tagger-worker';
import { ScreenWakeLock } from './listening/wake-lock';
import { type ModelLibrary, modelLibrary } from './model-library';
import { lateRecordings, recordingsParts } from './recordings/late-recordings';
import type { RecordingsHost, RecordingsParts } from './recordings/recordings-parts';
import type { RecordingsCommands } from './recordings/recordings-state';
import { Rewind } from './rewind/rewind';
import { SettingChanges, type SettingsKeeper } from './setting-changes';
import { type AppCommands, type AppState, goesOn, type HeardTags } from './state';
import { Feed, StateHolder, until } from './state-holder';
import { Teach } from './teach/teach';
import { type LoadLabelIds, type TeachParts, teachParts } from './teach/teach-parts';

/** After more failures than this within a minute, retrying will not help: the person is asked. */
const MOST_RETRIES = 3;
const RETRIES_WITHIN_MS = 60_000;

/** The parts of an app; tests pass their own. */
export interface AppParts extends SupervisorParts, SessionParts, SettingsKeeper {
  listMicrophones: typeof listMicrophones;
  /** Calls `take` when another window has saved settings. */
  followSettings(take: (settings: Settings) => void): void;
  readonly wakeLock: Pick<ScreenWakeLock, 'hold' | 'release'>;
  readonly teach: TeachParts;
  readonly diary: DiaryParts;
  readonly recordings: RecordingsParts;
  /** The page's query string; `?backend=wasm` forces a backend for this visit. */
  readonly query: string;
}

/** Connects the app's parts and carries out the person's commands. The parts do the rest. */
export class App implements AppCommands {
  readonly teach: Teach;
  readonly models: ModelLibrary;
  readonly rewind: Rewind;
  readonly diary: LateDiary;
  readonly alerts = new LateAlerts();
  readonly recordings: RecordingsCommands;
  readonly tags = new Feed<HeardTags>();
  readonly subscribe: StateHolder<AppState>['subscribe'];
  readonly #parts: AppParts;
  readonly #holder: StateHolder<AppState>;
  readonly #tagger: TaggerSupervisor;
  readonly #session: ListeningSession;
  readonly #settingChanges: SettingChanges;
  readonly #listeningWindows = new ListeningWindows();
  /** Whether the diary has anything to lose. */
  #hasHeard = false;

  /** The real app: starts the worker and loads the model at once, so that the button answers quickly. */
  static start(loadLabelIds: LoadLabelIds): App {
    carryEarmarkErrors(transferHandlers);
    carryOneWayCalls(transferHandlers);
    const writer = new StoreWriter();
    const database = new Database(DATABASE_NAME, writer);
    const app = new App({
      startWorker: startTaggerWorker,
      // Its code is fetched when the button is pressed: the first paint does not need it.
      openMicrophone: async (options) => (await import('../audio/microphone')).openMicrophone(options),
      isHidden: () => document.hidden,
      listMicrophones,
      loadSettings,
      saveSettings,
      followSettings,
      wakeLock: new ScreenWakeLock(),
      teach: teachParts(database, writer, loadLabelIds),
      diary: diaryParts(database, writer),
      recordings: recordingsParts(writer),
      modelsUrl: new URL('models/', document.baseURI).href,
      query: location.search,
    });
    navigator.mediaDevices?.addEventListener('devicechange', () => void app.devicesChanged());
    document.addEventListener('visibilitychange', () => app.visibilityChanged());
    void app.refreshDevices();
    void app.teach.start();
    void app.restart();
    return app;
  }

  constructor(parts: AppParts) {
    this.#parts = parts;
    this.models = modelLibrary(parts.modelsUrl, async (modelUrl) => {
      const { measureModel } = await import('./listening/measure-model');
      return measureModel(parts.startWorker, modelUrl, this.state.settings.tagsPerSecond);
    });
    this.#holder = new StateHolder<AppState>({
      phase: 'loading',
      wanted: 'stopped',
      demo: false,
      settings: parts.loadSettings(),
      devices: [],
    });
    this.subscribe = this.#holder.subscribe;
    this.subscribe((state) => {
      if (goesOn(state) && state.settings.keepAwake) parts.wakeLock.hold();
      else parts.wakeLock.release();
      this.alerts.follow(state);
      this.#listeningWindows.follow(state);
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
    const hasLabel = (id: string): boolean =>
      [...this.teach.state.labels, ...(this.state.model?.labels ?? [])].some((label) => label.id === id);
    this.diary = lateDiary(parts.diary, {
      settings: () => settings().diary,
      hasLabel,
      writerListens: () => this.#listeningWindows.hasWriter(),
      notices: this.teach.notices,
    });
    this.recordings = lateRecordings(parts.recordings, this.#recordingsHost());
    const retries = new RetryLimit(MOST_RETRIES, RETRIES_WITHIN_MS);
    this.#tagger = new TaggerSupervisor(parts, this.#holder, this.#taggerUsers(), retries);
    this.#session = new ListeningSession(parts, this.#holder, this.#tagger, this.#sessionFollowers(), retries);
    const changed = { tagger: this.#tagger, session: this.#session, teach: this.teach };
    this.#settingChanges = new SettingChanges(parts, this.#holder, changed);
    parts.followSettings((saved) => void this.#settingChanges.take(saved));
    const backend = new URLSearchParams(parts.query).get('backend');
    if (backend !== null) this.#forceBackend(backend);
  }

  get state(): AppState {
    return this.#holder.state;
  }

  async refreshDevices(): Promise<void> {
    this.#holder.change({ devices: await this.#parts.listMicrophones() });
  }

  /** Microphones were added or removed. */
  async devicesChanged(): Promise<void> {
    await this.refreshDevices();
    await this.#session.devicesChanged();
  }

  /** The page was hidden or shown again. */
  visibilityChanged(): void {
    if (this.#parts.isHidden()) this.#session.hidden();
    // Browsers that hold sound back do so for hidden pages.
    else if (this.state.problem?.code === 'audio-suspended') void this.remedy();
  }

  /** Starts a fresh worker and loads the model into it. Ends in the phase `failed`, or listens if that is wanted. */
  async restart(): Promise<void> {
    await this.#tagger.restart();
  }

  async startListening(): Promise<void> {
    prefetchDiary();
    prefetchAlerts();
    await this.#session.start(false);
  }

  async startDemo(): Promise<void> {
    prefetchDiary();
    prefetchAlerts();
    await this.#session.start(true);
  }

  async stopListening(): Promise<void> {
    await this.#session.stop();
  }

  async changeSettings(change: Partial<Settings>): Promise<void> {
    await this.#settingChanges.change(change);
  }

  async remedy(): Promise<void> {
    const { problem, demo } = this.state;
    const remedy = problem && remedyOf(problem);
    this.dismissProblem();
    if (remedy === 'listen') await this.#session.start(demo);
    if (remedy === 'resume') await this.#session.resume();
    if (remedy === 'restart') await this.#tagger.restart();
  }

  dismissRecovery(): void {
    this.#holder.change({ recovery: undefined });
  }

  dismissProblem(): void {
    this.#holder.change({ problem: undefined });
  }

  /** The worker's report about itself; undefined without a worker. For the tests and the benchmark. */
  async taggerState(): Promise<TaggerState | undefined> {
    return this.#tagger.api?.state();
  }

  #taggerUsers(): TaggerUsers {
    return {
      prepare: async (api, model) => {
        await api.setEventRules(this.state.settings.diary.rules);
        await this.teach.useWorker(api, model);
      },
      begin: () => this.#session.goOn(),
      lose: () => {
        this.#session.interrupt();
        this.teach.loseWorker();
        if (this.#hasHeard) void this.diary.loseWorker();
      },
    };
  }

  #recordingsHost(): RecordingsHost {
    const model = async (): Promise<ModelInfo> => {
      await until(this, (state) => state.model !== undefined);
      return this.state.model as ModelInfo;
    };
    const settings = (): Settings => this.state.settings;
    return {
      choice: async () => {
        const { name, backend } = await model();
        const { heads, active } = this.teach.state;
        return {
          modelUrl: new URL(`${name}/`, this.#parts.modelsUrl).href,
          // Trying all of them once more would take long, and end the same.
          backend: backend.taken,
          head: heads.find(({ id }) => id === active) ?? 'shipped',
          rules: settings().diary.rules,
        };
      },
      spec: async () => (await model()).spec,
      get microphone() {
        return settings();
      },
      keepSound: (sound) => this.teach.snippets.keepSound(sound),
    };
  }

  #sessionFollowers(): SessionFollowers {
    return {
      begin: (spec) => this.rewind.begin(spec),
      take: (tags) => this.#takeTags(tags),
      heard: (report, source) => {
        this.#hasHeard = true;
        this.alerts.heard(report, this.state);
        void this.diary.heard(report, source);
      },
      end: () => this.teach.snippets.listeningEnds(),
      opened: () => this.refreshDevices(),
    };
  }

  #takeTags(tags: Tags): void {
    const latencyMs = performance.timeOrigin + performance.now() - tags.heardAtMs;
    this.rewind.take(tags);
    this.tags.tell({ tags, latencyMs });
  }

  #forceBackend(name: string): void {
    try {
      this.#tagger.force(name);
    } catch (error) {
      this.#holder.change({ problem: problemOf(error) });
    }
  }
}
