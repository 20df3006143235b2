import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { App, type AppParts } from '../../../src/app/app';
import type { Store } from '../../../src/app/diary/diary-parts';
import type { WorkerDeath } from '../../../src/app/listening/tagger-worker';
import type { HeardTags } from '../../../src/app/state';
import type { Microphone, MicrophoneOptions } from '../../../src/audio/microphone';
import { piecesFor } from '../../../src/shared/contracts/capture-messages';
import type { HeardReport } from '../../../src/shared/contracts/diary/heard';
import { EarmarkError, type Problem } from '../../../src/shared/contracts/messages/problem';
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';
import type { Settings } from '../../../src/shared/contracts/settings';
import type { ModelInfo, Tags } from '../../../src/shared/contracts/tagger-api';
import { defaultSettings } from '../../../src/store/settings';
import { exampleSpec } from '../../support/feature-spec';
import { emptyDiaryParts, soundEvent } from '../support/diary';
import { emptyRecordingsParts } from '../support/recordings';
import { emptyTeachParts } from '../support/teach';

// Comlink's marks need real workers; here the functions are handed over as they are.
vi.mock('comlink', () => ({ proxy: (value: unknown) => value, transfer: (value: unknown) => value }));

const modelOn = (taken: string): ModelInfo => {
  const backend = { taken, trials: [{ backend: taken, outcome: 'taken', medianMs: 1.5 }] };
  return { name: 'fake', labels: [], spec: exampleSpec, backend } as unknown as ModelInfo;
};
const model = modelOn('wasm');

const tags: Tags = {
  head: 'shipped',
  probabilities: new Float32Array(0),
  columns: new Float32Array(exampleSpec.melBands),
  windowEndSeconds: 2,
  heardAtMs: 0,
  levelDb: -30,
  isResting: false,
  modelMs: 20,
  tagsPerSecond: 8,
  droppedPieces: 0,
};

class FakeMicrophone implements Microphone {
  readonly port = {} as MessagePort;
  readonly sampleRateHz = 32_000;
  readonly name = 'Built-in';
  running = true;
  muted = false;
  stopped = false;

  constructor(readonly options: MicrophoneOptions) {}

  setPieces = vi.fn();
  resume = vi.fn(async () => {
    this.running = true;
    this.options.onRunningChange(true);
    return true;
  });

  async stop(): Promise<void> {
    this.stopped = true;
  }
}

const modelMissing: Problem = { code: 'model-missing', model: 'm', file: 'model.json', detail: '404' };

const deathOf = (detail: string): WorkerDeath => ({ end: 'error', detail });

function fakeApp(query = '', settings: Partial<Settings> = {}, diary = emptyDiaryParts()) {
  const microphones: FakeMicrophone[] = [];
  const workers: { terminated: boolean; die(death: WorkerDeath): void }[] = [];
  const api = {
    load: vi.fn(async (..._: unknown[]) => model),
    listen: vi.fn(
      async (
        _port: unknown,
        _rate: number,
        onTags: (t: Tags) => void,
        onFailure: (problem: Problem) => void,
        onHeard: (report: HeardReport) => void,
      ) => Object.assign(live, { onTags, onFailure, onHeard }),
    ),
    backendLost: vi.fn(() => new Promise<string>((lose) => (live.loseBackend = lose))),
    stop: vi.fn(async () => {}),
    setTagsPerSecond: vi.fn(async () => {}),
    setNoiseFloor: vi.fn(async (_: number | null) => {}),
    setEventRules: vi.fn(async () => {}),
  };
  const live = {
    onTags: (_: Tags) => {},
    onFailure: (_: Problem) => {},
    onHeard: (_: HeardReport) => {},
    loseBackend: (_: string) => {},
  };
  const devices = [{ id: 'a', name: 'A' }];
  const page = { hidden: false };
  const wakeLock = { hold: vi.fn(), release: vi.fn() };
  const openMicrophone = vi.fn(async (options: MicrophoneOptions): Promise<Microphone> => {
    const microphone = new FakeMicrophone(options);
    microphones.push(microphone);
    return microphone;
  });
  let saved: Settings = { ...defaultSettings, ...settings };
  const saveSettings = vi.fn((changed: Settings) => {
    saved = changed;
  });
  let takeSaved = (_: Settings): void => {};
  /** Another window saves settings. */
  const changeElsewhere = (change: Partial<Settings>): void => {
    saved = { ...saved, ...change };
    takeSaved(saved);
  };
  const parts: AppParts = {
    startWorker(onDeath) {
      const worker = { terminated: false, die: onDeath };
      workers.push(worker);
      return { api: api as never, terminate: () => (worker.terminated = true) };
    },
    openMicrophone,
    isHidden: () => page.hidden,
    listMicrophones: async () => [...devices],
    loadSettings: () => saved,
    saveSettings,
    followSettings: (take) => {
      takeSaved = take;
    },
    wakeLock,
    teach: emptyTeachParts(),
    diary,
    recordings: emptyRecordingsParts(),
    modelsUrl: 'http://localhost/models/',
    query,
  };
  const app = new App(parts);
  const open = (): FakeMicrophone[] => microphones.filter((m) => !m.stopped);
  return {
    app,
    api,
    changeElsewhere,
    devices,
    live,
    microphones,
    page,
    open,
    openMicrophone,
    saveSettings,
    wakeLock,
    workers,
  };
}

async function listening(settings: Partial<Settings> = {}, diary = emptyDiaryParts()) {
  const fake = fakeApp('', settings, diary);
  await fake.app.restart();
  await fake.app.startListening();
  expect(fake.app.state.phase).toBe('listening');
  return fake;
}

beforeEach(() => {
  vi.useRealTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

describe('App: alerts', () => {
  it('come at once while the diary’s store never answers', async () => {
    vi.stubGlobal('navigator', { locks: undefined });
    onTestFinished(() => void vi.unstubAllGlobals());
    const asked: PropertyKey[] = [];
    const silent = new Proxy({} as Store, {
      get: (_, method) => () => {
        asked.push(method);
        return new Promise(() => {});
      },
    });
    const often = { cooldownSeconds: 60, firstOfDay: false, quiet: null, leastProbability: 0, leastSeconds: 0 };
    const dog = { ...often, name: 'Dog', means: ['flash' as const] };
    const settings = { diary: { ...defaultSettings.diary, alerts: { labels: { dog }, groups: {} } } };
    const { app, live } = await listening(settings, { ...emptyDiaryParts(), openStore: () => silent });
    const told: (string | undefined)[] = [];
    app.alerts.subscribe(({ event }) => told.push(event));
    const nothing = { levels: [], clips: [], droppedForSpeech: 0 };
    // The diary is stuck in the report before already.
    live.onHeard({ ...nothing, events: [{ ...soundEvent({ id: 'a', label: 'cat' }), isOpen: true }] });
    await vi.waitFor(() => expect(asked).toEqual(['write']));
    live.onHeard({ ...nothing, events: [{ ...soundEvent({ id: 'b' }), isOpen: true }] });
    await vi.waitFor(() => expect(told).toEqual(['b']));
  });
});

describe('App: measuring a model', () => {
  it('loads it in a worker of its own, which then ends, and leaves the one in use alone', async () => {
    const { app, api, workers } = fakeApp('?backend=wasm');
    await app.restart();
    const measured = await app.models.measure('other-1');
    expect(measured).toMatchObject({ backend: 'wasm', tagMs: 1.5, tagsPerSecond: 8, model: { name: model.name } });
    expect(api.load).toHaveBeenLastCalledWith('http://localhost/models/other-1/', 'auto', 8);
    expect(workers.map(({ terminated }) => terminated)).toEqual([false, true]);
    expect(app.state.phase).toBe('ready');
  });

  it('gives the mean AUC of the labels that were measured, if there is one', async () => {
    const { app, api } = fakeApp();
    const labels = [0.9, 1, null].map((auc, i) => ({ id: `${i}`, auc }));
    api.load.mockResolvedValueOnce({ ...model, figures: { labels } } as unknown as ModelInfo);
    expect((await app.models.measure('other-1')).meanAuc).toBeCloseTo(0.95);
    expect((await app.models.measure('other-1')).meanAuc).toBeUndefined();
  });

  it('fails if the worker dies or the model cannot be loaded, and can be repeated', async () => {
    const { app, api, workers } = fakeApp();
    api.load.mockImplementationOnce(() => new Promise(() => {}));
    const dying = app.models.measure('other-1');
    await vi.waitFor(() => expect(workers).toHaveLength(1));
    workers[0]?.die({ end: 'error', detail: 'memory' });
    await expect(dying).rejects.toMatchObject({ problem: { code: 'worker-died', end: 'error', detail: 'memory' } });
    api.load.mockRejectedValueOnce(new Error('no model'));
    await expect(app.models.measure('other-1')).rejects.toThrow('no model');
    await expect(app.models.measure('other-1')).resolves.toMatchObject({ tagMs: 1.5 });
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
  });

  it('measures one after another', async () => {
    const { app, api, workers } = fakeApp();
    let finish = () => {};
    api.load.mockImplementationOnce(() => new Promise((resolve) => (finish = () => resolve(model))));
    const both = [app.models.measure('one'), app.models.measure('two')];
    await vi.waitFor(() => expect(workers).toHaveLength(1));
    finish();
    await Promise.all(both);
    expect(api.load.mock.calls.map(([url]) => url)).toEqual(['one', 'two'].map((n) => `http://localhost/models/${n}/`));
    expect(workers).toHaveLength(2);
  });
});

describe('App: loading', () => {
  it('loads the model from its folder and becomes ready', async () => {
    const { app, api } = fakeApp();
    expect(app.state.phase).toBe('loading');
    await app.restart();
    expect(app.state).toMatchObject({ phase: 'ready', model });
    expect(api.load).toHaveBeenCalledWith(`http://localhost/models/${SHIPPED_MODEL}/`, 'auto', 8);
  });

  it('uses the backend in the address for this visit only', async () => {
    const { app, api, saveSettings } = fakeApp('?backend=wasm');
    await app.restart();
    expect(api.load).toHaveBeenCalledWith(expect.anything(), 'wasm', 8);
    expect(saveSettings).not.toHaveBeenCalled();
  });

  it('says so when the address names no backend, and chooses by itself', async () => {
    const { app, api } = fakeApp('?backend=abacus');
    expect(app.state.problem).toMatchObject({ code: 'unknown-backend', asked: 'abacus' });
    await app.restart();
    expect(api.load).toHaveBeenCalledWith(expect.anything(), 'auto', 8);
  });

  it('keeps the problem of a failed load and recovers by the button, without a reload', async () => {
    const { app, api, workers } = fakeApp();
    api.load.mockRejectedValueOnce(new EarmarkError(modelMissing));
    await app.restart();
    expect(app.state).toMatchObject({
      phase: 'failed',
      problem: modelMissing,
    });
    await app.startListening();
    expect(app.state.phase).toBe('failed');
    await app.remedy();
    expect(app.state.phase).toBe('ready');
    expect(app.state.problem).toBeUndefined();
    expect(workers.map((w) => w.terminated)).toEqual([true, false]);
  });
});

describe('App: listening', () => {
  it('passes tags on with their age', async () => {
    const { app, live } = await listening();
    const events: HeardTags[] = [];
    app.tags.subscribe((heard) => events.push(heard));
    const clock = vi.spyOn(performance, 'now').mockReturnValue(5100);
    onTestFinished(() => clock.mockRestore());
    live.onTags({ ...tags, heardAtMs: performance.timeOrigin + 5000 });
    expect(events).toHaveLength(1);
    // The clock that all threads share has a few digits behind the point.
    expect(events[0]?.latencyMs).toBeCloseTo(100, 2);
  });

  it('remembers results, and starts over with the next listening', async () => {
    const { app, live } = await listening();
    live.onTags(tags);
    expect(app.rewind.state.live?.newestSeconds).toBe(2);
    await app.stopListening();
    expect(app.rewind.state.live?.newestSeconds).toBe(2);
    await app.startListening();
    expect(app.rewind.state.live?.columnCount).toBe(0);
  });

  it('releases the microphone on stop and ignores late tags', async () => {
    const { app, live, open, api } = await listening();
    await app.stopListening();
    expect(app.state.phase).toBe('ready');
    expect(open()).toEqual([]);
    expect(api.stop).toHaveBeenCalled();
    const onTags = vi.fn();
    app.tags.subscribe(onTags);
    live.onTags(tags);
    expect(onTags).not.toHaveBeenCalled();
  });

  it('opens one microphone however often the button is pressed', async () => {
    const { app, openMicrophone } = fakeApp();
    await app.restart();
    await Promise.all([app.startListening(), app.startListening(), app.startListening()]);
    expect(openMicrophone).toHaveBeenCalledTimes(1);
  });

  it('closes the microphone if stop was pressed during the permission prompt', async () => {
    const { app, openMicrophone, open, api } = fakeApp();
    await app.restart();
    let allow = (_: Microphone): void => {};
    openMicrophone.mockReturnValueOnce(new Promise((resolve) => (allow = resolve)));
    const starting = app.startListening();
    expect(app.state.phase).toBe('starting');
    await app.stopListening();
    const microphone = new FakeMicrophone({} as MicrophoneOptions);
    allow(microphone);
    await starting;
    expect(microphone.stopped).toBe(true);
    expect(app.state.phase).toBe('ready');
    expect(api.listen).not.toHaveBeenCalled();
    expect(open()).toEqual([]);
  });

  it.each(['permission-denied', 'no-microphone', 'microphone-busy'] as const)(
    'shows %s and listens after “Try again”',
    async (code) => {
      const { app, openMicrophone } = fakeApp();
      await app.restart();
      openMicrophone.mockRejectedValueOnce(new EarmarkError({ code }));
      await app.startListening();
      expect(app.state).toMatchObject({ phase: 'ready', problem: { code } });
      await app.remedy();
      expect(app.state.phase).toBe('listening');
      expect(app.state.problem).toBeUndefined();
    },
  );

  it('offers to resume when the browser pauses the sound, and clears the message when it resumes', async () => {
    const { app, microphones } = await listening();
    microphones[0]?.options.onRunningChange(false);
    expect(app.state).toMatchObject({ phase: 'listening', problem: { code: 'audio-suspended' } });
    await app.remedy();
    expect(microphones[0]?.resume).toHaveBeenCalled();
    expect(app.state.problem).toBeUndefined();
  });

  it('does not blame the worker while the sound is paused', async () => {
    vi.useFakeTimers();
    const { app, microphones } = await listening();
    microphones[0]?.options.onRunningChange(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(app.state.problem?.code).toBe('audio-suspended');
  });

  it('keeps the message of an unforeseen error', async () => {
    const { app, api } = fakeApp();
    await app.restart();
    api.listen.mockRejectedValueOnce(new Error('flux capacitor'));
    await app.startListening();
    expect(app.state.problem).toMatchObject({ code: 'unexpected', detail: 'flux capacitor' });
  });
});

describe('App: settings changed in another window', () => {
  it('apply here at once, and are not saved once more', async () => {
    const { app, api, changeElsewhere, saveSettings } = await listening();
    const rules = { ...defaultSettings.diary.rules, labels: { dog: { threshold: 0.7 } } };
    const change = { language: 'de', theme: 'dark', tagsPerSecond: 15, noiseFloorDb: null } as const;
    changeElsewhere({ ...change, diary: { ...defaultSettings.diary, rules } });
    await vi.waitFor(() => expect(api.setEventRules).toHaveBeenLastCalledWith(rules));
    expect(app.state.settings).toMatchObject(change);
    expect(api.setTagsPerSecond).toHaveBeenCalledWith(15);
    expect(api.setNoiseFloor).toHaveBeenLastCalledWith(null);
    expect(app.state.phase).toBe('listening');
    expect(saveSettings).not.toHaveBeenCalled();
  });

  it('leave the microphone and the search of this window, and are not undone by what is saved here next', async () => {
    const { app, changeElsewhere, openMicrophone, saveSettings } = await listening({ deviceId: 'a' });
    changeElsewhere({ deviceId: 'b', filter: { text: 'dog' }, theme: 'dark' });
    await app.changeSettings({ shortcuts: false });
    expect(app.state.settings).toMatchObject({ deviceId: 'a', filter: { text: '' }, theme: 'dark', shortcuts: false });
    expect(openMicrophone).toHaveBeenCalledTimes(1);
    expect(saveSettings).toHaveBeenLastCalledWith(
      expect.objectContaining({ deviceId: 'b', filter: { text: 'dog' }, theme: 'dark', shortcuts: false }),
    );
  });

  it('change the model, and listening goes on', async () => {
    const { app, api, changeElsewhere } = await listening();
    changeElsewhere({ model: 'another' });
    await vi.waitFor(() => expect(api.load).toHaveBeenLastCalledWith('http://localhost/models/another/', 'auto', 8));
    await vi.waitFor(() => expect(app.state.phase).toBe('listening'));
  });

  it('change the model only once a recording is finished', async () => {
    const { app, api, changeElsewhere } = await listening();
    Object.assign(api, { startRecording: async () => {}, finishRecording: async () => Promise.reject(new Error()) });
    await app.teach.snippets.startRecording();
    changeElsewhere({ model: 'another', theme: 'dark' });
    await vi.waitFor(() => expect(app.state.settings.theme).toBe('dark'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(api.load).toHaveBeenCalledTimes(1);
    await app.teach.snippets.finishRecording();
    await vi.waitFor(() => expect(api.load).toHaveBeenLastCalledWith('http://localhost/models/another/', 'auto', 8));
  });

  it('keep the model here if the other one cannot be reached, without changing the choice', async () => {
    const { app, api, changeElsewhere, saveSettings } = await listening();
    const { model: before } = app.state.settings;
    api.load.mockRejectedValueOnce(new EarmarkError(modelMissing));
    changeElsewhere({ model: 'another' });
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'listening', recovery: 'last-model' }));
    expect(app.state.settings.model).toBe(before);
    expect(saveSettings).not.toHaveBeenCalled();
  });
});

describe('App: settings', () => {
  it('changes the rate without interrupting', async () => {
    const { app, api, microphones, openMicrophone, saveSettings } = await listening();
    expect(openMicrophone.mock.calls[0]?.[0].pieces).toEqual(piecesFor(exampleSpec, 8));
    await app.changeSettings({ tagsPerSecond: 15 });
    expect(api.setTagsPerSecond).toHaveBeenCalledWith(15);
    expect(microphones[0]?.setPieces.mock.calls).toEqual([[piecesFor(exampleSpec, 15)]]);
    expect(api.setNoiseFloor.mock.calls).toEqual([[-75]]);
    await app.changeSettings({ noiseFloorDb: null });
    expect(api.setNoiseFloor.mock.calls).toEqual([[-75], [null]]);
    expect(openMicrophone).toHaveBeenCalledTimes(1);
    expect(saveSettings).toHaveBeenCalledWith({ ...defaultSettings, tagsPerSecond: 15 });
  });

  it('reopens the microphone for another device or processing, and continues listening', async () => {
    const { app, openMicrophone, open } = await listening();
    await app.changeSettings({ deviceId: 'b', voiceProcessing: true });
    expect(app.state.phase).toBe('listening');
    expect(openMicrophone.mock.calls[1]?.[0]).toMatchObject({ deviceId: 'b', voiceProcessing: true });
    expect(open()).toHaveLength(1);
  });

  it('starts a fresh worker for another backend, and continues listening', async () => {
    const { app, api, workers, open } = await listening();
    await app.changeSettings({ backend: 'cpu' });
    expect(api.load).toHaveBeenLastCalledWith(expect.anything(), 'cpu', 8);
    expect(workers).toHaveLength(2);
    expect(app.state.phase).toBe('listening');
    expect(open()).toHaveLength(1);
  });

  it('stays quiet when it was quiet', async () => {
    const { app, openMicrophone } = fakeApp();
    await app.restart();
    await app.changeSettings({ deviceId: 'b', backend: 'wasm' });
    expect(openMicrophone).not.toHaveBeenCalled();
    expect(app.state.phase).toBe('ready');
  });
});

/** What the app does by itself takes some turns of the event loop. */
const goesOn = (app: App) => vi.waitFor(() => expect(app.state.phase).toBe('listening'));

/** A promise that is kept or broken by hand. */
function pending<Value>() {
  let keep = (_: Value): void => {};
  const promise = new Promise<Value>((resolve) => (keep = resolve));
  return { promise, keep };
}

describe('App: the last press decides', () => {
  const gone = new EarmarkError({ code: 'no-microphone' });

  it('a second change of the backend during the first one: listening continues', async () => {
    const { app, api, open } = await listening();
    const loads = [pending<ModelInfo>(), pending<ModelInfo>()] as const;
    for (const { promise } of loads) api.load.mockReturnValueOnce(promise);
    const first = app.changeSettings({ backend: 'cpu' });
    await vi.waitFor(() => expect(api.load).toHaveBeenCalledTimes(2));
    const second = app.changeSettings({ backend: 'wasm' });
    await vi.waitFor(() => expect(api.load).toHaveBeenCalledTimes(3));
    loads[0].keep(model);
    await first;
    loads[1].keep(model);
    await second;
    expect(app.state.phase).toBe('listening');
    expect(open()).toHaveLength(1);
  });

  it('a change of the model and one of the backend while the first model is loading: listening continues', async () => {
    const { app, api, open } = await listening();
    const first = pending<ModelInfo>();
    api.load.mockReturnValueOnce(first.promise);
    const changed = app.changeSettings({ model: 'another' });
    await vi.waitFor(() => expect(api.load).toHaveBeenCalledTimes(2));
    await app.changeSettings({ backend: 'cpu' });
    first.keep(model);
    await changed;
    expect(app.state.phase).toBe('listening');
    expect(open()).toHaveLength(1);
  });

  it('Stop during a change of the backend: it stays closed, also when a worker dies later', async () => {
    const { app, api, workers, openMicrophone, open } = await listening();
    const load = pending<ModelInfo>();
    api.load.mockReturnValueOnce(load.promise);
    const changed = app.changeSettings({ backend: 'cpu' });
    await vi.waitFor(() => expect(api.load).toHaveBeenCalledTimes(2));
    expect(app.state).toMatchObject({ phase: 'loading', wanted: 'listening' });
    await app.stopListening();
    load.keep(model);
    await changed;
    expect(app.state).toMatchObject({ phase: 'ready', wanted: 'stopped' });
    workers.at(-1)?.die(deathOf('late'));
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'ready', recovery: 'worker' }));
    expect(openMicrophone).toHaveBeenCalledTimes(1);
    expect(open()).toEqual([]);
  });

  it('Stop while the last microphone is released to be reopened: it stays closed', async () => {
    const { app, microphones, open } = await listening();
    const released = pending<void>();
    const [microphone] = microphones as [FakeMicrophone];
    microphone.stop = async () => {
      microphone.stopped = true;
      await released.promise;
    };
    const changed = app.changeSettings({ voiceProcessing: true });
    const stopped = app.stopListening();
    released.keep();
    await Promise.all([changed, stopped]);
    expect(app.state).toMatchObject({ phase: 'ready', wanted: 'stopped' });
    expect(microphones).toHaveLength(1);
    expect(open()).toEqual([]);
  });

  it('Stop while an ended microphone is released: it stays closed', async () => {
    const { app, microphones, open } = await listening();
    const released = pending<void>();
    const [microphone] = microphones as [FakeMicrophone];
    microphone.stop = async () => {
      microphone.stopped = true;
      await released.promise;
    };
    microphone.options.onEnded();
    const stopped = app.stopListening();
    released.keep();
    await stopped;
    await app.refreshDevices();
    expect(microphones).toHaveLength(1);
    expect(open()).toEqual([]);
    expect(app.state.wanted).toBe('stopped');
  });

  it('Stop during the permission prompt reaches the microphone at once', async () => {
    const { app, openMicrophone } = fakeApp();
    await app.restart();
    openMicrophone.mockReturnValueOnce(new Promise(() => {}));
    void app.startListening();
    const [[{ signal }]] = openMicrophone.mock.calls as [[MicrophoneOptions]];
    expect(app.state).toMatchObject({ phase: 'starting', wanted: 'listening' });
    await app.stopListening();
    expect(signal.aborted).toBe(true);
    expect(app.state).toMatchObject({ phase: 'ready', wanted: 'stopped' });
  });

  it('Stop while paused sound is asked to resume: it is not mentioned any more', async () => {
    const { app, microphones } = await listening();
    const resumed = pending<boolean>();
    const [microphone] = microphones as [FakeMicrophone];
    microphone.options.onRunningChange(false);
    microphone.resume.mockReturnValueOnce(resumed.promise);
    const remedied = app.remedy();
    await app.stopListening();
    resumed.keep(false);
    await remedied;
    expect(app.state.problem).toBeUndefined();
  });

  /** The microphone was unplugged, and there is no other one. */
  async function waiting() {
    const fake = await listening();
    fake.devices.length = 0;
    fake.openMicrophone.mockRejectedValueOnce(gone);
    fake.microphones[0]?.options.onEnded();
    await vi.waitFor(() => expect(fake.app.state.phase).toBe('waiting'));
    return fake;
  }

  it('Stop while a microphone is waited for: one that is plugged in is not opened', async () => {
    const { app, devices, openMicrophone, open } = await waiting();
    await app.stopListening();
    expect(app.state).toMatchObject({ phase: 'ready', wanted: 'stopped' });
    expect(app.state.problem).toBeUndefined();
    devices.push({ id: 'b', name: 'B' });
    await app.devicesChanged();
    expect(openMicrophone).toHaveBeenCalledTimes(2);
    expect(open()).toEqual([]);
  });

  it('Stop while the list of microphones is read: one that was plugged in is not opened', async () => {
    const { app, devices, openMicrophone } = await waiting();
    devices.push({ id: 'b', name: 'B' });
    const changed = app.devicesChanged();
    await app.stopListening();
    await changed;
    expect(openMicrophone).toHaveBeenCalledTimes(2);
  });

  it('waiting ends by itself after five minutes, and says so', async () => {
    vi.useFakeTimers();
    const { app, devices, openMicrophone } = await waiting();
    await vi.advanceTimersByTimeAsync(5 * 60_000 - 1000);
    expect(app.state.phase).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1000);
    expect(app.state).toMatchObject({ phase: 'ready', wanted: 'stopped', problem: { code: 'no-microphone' } });
    devices.push({ id: 'b', name: 'B' });
    await app.devicesChanged();
    expect(openMicrophone).toHaveBeenCalledTimes(2);
  });

  it('waiting ends when the page is hidden', async () => {
    const { app, page } = await waiting();
    page.hidden = true;
    app.visibilityChanged();
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'ready', wanted: 'stopped' }));
    expect(app.state.problem?.code).toBe('no-microphone');
  });

  it('a hidden page does not wait for a microphone', async () => {
    const { app, devices, microphones, openMicrophone, page } = await listening();
    page.hidden = true;
    devices.length = 0;
    openMicrophone.mockRejectedValueOnce(gone);
    microphones[0]?.options.onEnded();
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'ready', wanted: 'stopped' }));
  });

  it('a new start while the last demo ends is not mistaken for the microphone’s', async () => {
    const { app, openMicrophone } = fakeApp();
    await app.restart();
    await app.startDemo();
    const stopped = app.stopListening();
    const started = app.startDemo();
    await Promise.all([stopped, started]);
    expect(app.state).toMatchObject({ phase: 'listening', demo: true });
    expect(openMicrophone).toHaveBeenLastCalledWith(expect.objectContaining({ demo: true }));
  });

  it('the screen stays on while the model changes', async () => {
    const { app, api, wakeLock } = await listening({ keepAwake: true });
    wakeLock.release.mockClear();
    await app.changeSettings({ model: 'another' });
    expect(api.load).toHaveBeenCalledTimes(2);
    expect(wakeLock.release).not.toHaveBeenCalled();
  });
});

describe('App: a worker that fails', () => {
  it('is replaced, with heads and settings, and listening continues', async () => {
    const { app, api, workers, open } = await listening({ tagsPerSecond: 12 });
    workers[0]?.die(deathOf('out of memory'));
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'listening', recovery: 'worker' }));
    expect(app.state.problem).toBeUndefined();
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(open()).toHaveLength(1);
    expect(api.load).toHaveBeenLastCalledWith(expect.anything(), 'auto', 12);
  });

  it('is replaced when it falls silent, by ticks and not by a clock that jumps', async () => {
    vi.useFakeTimers();
    const { app, live, workers } = await listening();
    await vi.advanceTimersByTimeAsync(14_000);
    live.onTags(tags);
    await vi.advanceTimersByTimeAsync(14_000);
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(workers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(workers).toHaveLength(2);
    expect(app.state).toMatchObject({ phase: 'listening', recovery: 'worker' });
  });

  it('is replaced when its network cannot be run', async () => {
    const { app, live, workers } = await listening();
    live.onFailure({ code: 'tagging-failed', detail: 'lost' });
    await vi.waitFor(() => expect(app.state.recovery).toBe('worker'));
    expect(app.state.phase).toBe('listening');
    expect(workers).toHaveLength(2);
  });

  it('is replaced even if nobody is listening, and stays quiet then', async () => {
    const { app, workers, openMicrophone } = fakeApp();
    await app.restart();
    workers[0]?.die(deathOf('out of memory'));
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'ready', recovery: 'worker' }));
    expect(openMicrophone).not.toHaveBeenCalled();
  });

  it('is not replaced for ever: after repeated failures the person is asked, and a button continues', async () => {
    const { app, workers, open } = await listening();
    for (let i = 0; i < 3; i++) {
      workers.at(-1)?.die(deathOf('no luck'));
      await vi.waitFor(() => expect(workers).toHaveLength(i + 2));
      await goesOn(app);
    }
    workers.at(-1)?.die(deathOf('no luck'));
    await vi.waitFor(() => expect(app.state.phase).toBe('failed'));
    expect(app.state.problem).toMatchObject({ code: 'worker-died', detail: 'no luck' });
    await vi.waitFor(() => expect(open()).toEqual([]));
    await app.remedy();
    expect(app.state.phase).toBe('listening');
  });

  it('is ignored once replaced: its later messages change nothing', async () => {
    const { app, workers, live } = await listening();
    const { onFailure } = live;
    workers[0]?.die(deathOf('first'));
    onFailure({ code: 'tagging-failed', detail: 'second' });
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'listening', recovery: 'worker' }));
    workers[0]?.die(deathOf('third'));
    await app.refreshDevices();
    expect(app.state.phase).toBe('listening');
    expect(workers).toHaveLength(2);
  });

  it('does not start the microphone after the person pressed stop', async () => {
    const { app, workers, open } = await listening();
    await app.stopListening();
    workers[0]?.die(deathOf('late'));
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'ready', recovery: 'worker' }));
    expect(open()).toEqual([]);
  });
});

describe('App: a graphics card that is lost', () => {
  it('is given a second chance, then WASM takes its place for this visit', async () => {
    const { app, api, live, saveSettings } = fakeApp();
    api.load.mockImplementation(async (_url, backend) => modelOn(backend === 'wasm' ? 'wasm' : 'webgpu'));
    await app.restart();
    await app.startListening();
    live.loseBackend('destroyed');
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'listening', recovery: 'worker' }));
    expect(app.state.model?.backend.taken).toBe('webgpu');
    live.loseBackend('destroyed');
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'listening', recovery: 'wasm' }));
    expect(app.state.model?.backend.taken).toBe('wasm');
    expect(saveSettings).not.toHaveBeenCalled();
  });
});

describe('App: a microphone that ends', () => {
  const gone = new EarmarkError({ code: 'no-microphone' });

  it('is reopened', async () => {
    const { app, microphones, open } = await listening();
    microphones[0]?.options.onEnded();
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'listening', recovery: 'microphone' }));
    expect(microphones).toHaveLength(2);
    expect(open()).toHaveLength(1);
  });

  it('is replaced by the default, says so, and is used again when it is back', async () => {
    const { app, devices, microphones, open, openMicrophone } = await listening({ deviceId: 'a' });
    devices.length = 0;
    openMicrophone.mockImplementation(async (options) => {
      if (options.deviceId === 'a' && !devices.some(({ id }) => id === 'a')) throw gone;
      const microphone = new FakeMicrophone(options);
      microphones.push(microphone);
      return microphone;
    });
    microphones[0]?.options.onEnded();
    await vi.waitFor(() => expect(app.state).toMatchObject({ phase: 'listening', recovery: 'default-microphone' }));
    await app.devicesChanged();
    expect(microphones.map(({ options }) => options.deviceId)).toEqual(['a', '']);
    devices.push({ id: 'a', name: 'A' });
    await app.devicesChanged();
    expect(app.state).toMatchObject({ phase: 'listening', recovery: 'chosen-microphone' });
    expect(open().map(({ options }) => options.deviceId)).toEqual(['a']);
  });

  it('is waited for if there is no other one', async () => {
    const { app, devices, microphones, openMicrophone } = await listening();
    devices.length = 0;
    openMicrophone.mockRejectedValueOnce(gone);
    microphones[0]?.options.onEnded();
    await vi.waitFor(() => expect(app.state.problem?.code).toBe('microphone-unplugged'));
    expect(app.state).toMatchObject({ phase: 'waiting', wanted: 'listening' });
    await app.devicesChanged();
    expect(app.state).toMatchObject({ phase: 'waiting', wanted: 'listening' });
    devices.push({ id: 'b', name: 'B' });
    await app.devicesChanged();
    expect(app.state.phase).toBe('listening');
    expect(app.state.problem).toBeUndefined();
  });

  it('stays closed after the permission was revoked, until the person presses the button', async () => {
    const { app, microphones, openMicrophone, open } = await listening();
    openMicrophone.mockRejectedValueOnce(new EarmarkError({ code: 'permission-denied' }));
    microphones[0]?.options.onEnded();
    await vi.waitFor(() => expect(app.state.problem).toMatchObject({ code: 'permission-denied' }));
    await app.devicesChanged();
    expect(app.state.phase).toBe('ready');
    expect(open()).toEqual([]);
  });

  it('is not reopened for ever if it ends at once every time', async () => {
    const { app, microphones, openMicrophone } = await listening();
    for (let i = 0; i < 3; i++) {
      microphones.at(-1)?.options.onEnded();
      await vi.waitFor(() => expect(microphones).toHaveLength(i + 2));
      await goesOn(app);
    }
    microphones.at(-1)?.options.onEnded();
    await vi.waitFor(() => expect(app.state.problem?.code).toBe('microphone-unplugged'));
    expect(openMicrophone).toHaveBeenCalledTimes(4);
  });

  it('may come back with another rate, which the worker learns', async () => {
    const { api, microphones, openMicrophone } = await listening();
    openMicrophone.mockImplementationOnce(async (options) =>
      Object.assign(new FakeMicrophone(options), { sampleRateHz: 44_100 }),
    );
    microphones[0]?.options.onEnded();
    await vi.waitFor(() => expect(api.listen.mock.calls.map(([, rate]) => rate)).toEqual([32_000, 44_100]));
  });

  it('says that the system muted it, until it sends sound again', async () => {
    const { app, microphones } = await listening();
    microphones[0]?.options.onMutedChange(true);
    expect(app.state).toMatchObject({ phase: 'listening', problem: { code: 'microphone-muted' } });
    microphones[0]?.options.onMutedChange(false);
    expect(app.state.problem).toBeUndefined();
  });
});

describe('App: the screen', () => {
  it('stays on while it listens, if the person wants that', async () => {
    const { app, wakeLock } = await listening({ keepAwake: true });
    expect(wakeLock.hold).toHaveBeenCalled();
    wakeLock.release.mockClear();
    await app.stopListening();
    expect(wakeLock.release).toHaveBeenCalled();
  });

  it('may go off by default', async () => {
    const { wakeLock } = await listening();
    expect(wakeLock.hold).not.toHaveBeenCalled();
  });
});

describe('App: the demo', () => {
  it('replaces the microphone until it is stopped', async () => {
    const { app, openMicrophone } = fakeApp();
    await app.restart();
    await app.startDemo();
    expect(app.state).toMatchObject({ phase: 'listening', demo: true });
    expect(openMicrophone).toHaveBeenLastCalledWith(expect.objectContaining({ demo: true }));
    await app.stopListening();
    expect(app.state).toMatchObject({ phase: 'ready', demo: false });
    await app.startListening();
    expect(openMicrophone).toHaveBeenLastCalledWith(expect.objectContaining({ demo: false }));
  });

  it('continues after the model was changed, without asking for the microphone', async () => {
    const { app, api, openMicrophone } = fakeApp();
    await app.restart();
    await app.startDemo();
    await app.changeSettings({ model: 'another' });
    expect(api.load).toHaveBeenLastCalledWith('http://localhost/models/another/', 'auto', 8);
    expect(app.state).toMatchObject({ phase: 'listening', demo: true });
    expect(openMicrophone).toHaveBeenLastCalledWith(expect.objectContaining({ demo: true }));
  });

  it('continues with the previous model if the chosen one cannot be reached, and says so', async () => {
    const { app, api, saveSettings } = fakeApp();
    await app.restart();
    await app.startDemo();
    const { model: before } = app.state.settings;
    api.load.mockRejectedValueOnce(new EarmarkError(modelMissing));
    await app.changeSettings({ model: 'another' });
    expect(api.load).toHaveBeenLastCalledWith(`http://localhost/models/${before}/`, 'auto', 8);
    expect(saveSettings).toHaveBeenLastCalledWith(expect.objectContaining({ model: before }));
    expect(app.state).toMatchObject({ phase: 'listening', recovery: 'last-model', settings: { model: before } });
    expect(app.state.problem).toBeUndefined();
  });

  it('reports the problem if no model can be loaded any more', async () => {
    const { app, api } = fakeApp();
    await app.restart();
    api.load.mockRejectedValue(new EarmarkError(modelMissing));
    await app.changeSettings({ model: 'another' });
    expect(app.state).toMatchObject({ phase: 'failed', problem: { code: 'model-missing' } });
    expect(app.state.recovery).toBeUndefined();
  });

  it('that cannot be loaded leaves the page ready for the microphone', async () => {
    const { app, openMicrophone } = fakeApp();
    await app.restart();
    openMicrophone.mockRejectedValueOnce(new EarmarkError({ code: 'demo-missing', detail: '' }));
    await app.startDemo();
    expect(app.state).toMatchObject({ phase: 'ready', demo: false, problem: { code: 'demo-missing' } });
  });
});
