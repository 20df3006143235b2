import { beforeEach, describe, expect, it, vi } from 'vitest';
import { App, type AppParts } from '../../src/app/app';
import { TAGS_EVENT, type TagsEvent } from '../../src/app/state';
import type { Microphone, MicrophoneOptions } from '../../src/audio/microphone';
import { EarmarkError } from '../../src/shared/problem';
import type { ModelInfo, TaggingFailure, Tags } from '../../src/shared/tagger-api';
import { defaultSettings } from '../../src/store/settings';
import { emptyTeachParts } from './support/teach';

// Comlink's marks need real workers; here the functions are handed over as they are.
vi.mock('comlink', () => ({ proxy: (value: unknown) => value, transfer: (value: unknown) => value }));

const model = { name: 'fake', labels: [], spec: { frames: 10 }, backend: { taken: 'wasm' } } as unknown as ModelInfo;

class FakeMicrophone implements Microphone {
  readonly port = {} as MessagePort;
  readonly sampleRateHz = 32_000;
  running = true;
  stopped = false;

  constructor(readonly options: MicrophoneOptions) {}

  resume = vi.fn(async () => {
    this.running = true;
    this.options.onRunningChange(true);
  });

  async stop(): Promise<void> {
    this.stopped = true;
  }
}

function fakeApp(query = '') {
  const microphones: FakeMicrophone[] = [];
  const workers: { terminated: boolean; die(detail: string): void }[] = [];
  const api = {
    load: vi.fn(async (..._: unknown[]) => model),
    listen: vi.fn(
      async (_port: unknown, _rate: number, onTags: (t: Tags) => void, onFailure: (f: TaggingFailure) => void) => {
        live.onTags = onTags;
        live.onFailure = onFailure;
      },
    ),
    stop: vi.fn(async () => {}),
    setTagsPerSecond: vi.fn(async () => {}),
    setNoiseFloor: vi.fn(async (_: number | null) => {}),
  };
  const live = { onTags: (_: Tags) => {}, onFailure: (_: TaggingFailure) => {} };
  const openMicrophone = vi.fn(async (options: MicrophoneOptions): Promise<Microphone> => {
    const microphone = new FakeMicrophone(options);
    microphones.push(microphone);
    return microphone;
  });
  const saveSettings = vi.fn();
  const parts: AppParts = {
    startWorker(onDeath) {
      const worker = { terminated: false, die: onDeath };
      workers.push(worker);
      return { api: api as never, terminate: () => (worker.terminated = true) };
    },
    openMicrophone,
    listMicrophones: async () => [{ id: 'a', name: 'A' }],
    loadSettings: () => defaultSettings,
    saveSettings,
    teach: emptyTeachParts(),
    modelsUrl: 'http://localhost/models/',
    query,
  };
  const app = new App(parts);
  const open = (): FakeMicrophone[] => microphones.filter((m) => !m.stopped);
  return { app, api, live, microphones, open, openMicrophone, saveSettings, workers };
}

async function listening() {
  const fake = fakeApp();
  await fake.app.restart();
  await fake.app.startListening();
  expect(fake.app.state.phase).toBe('listening');
  return fake;
}

beforeEach(() => void vi.useRealTimers());

describe('App: loading', () => {
  it('loads the model from its folder and becomes ready', async () => {
    const { app, api } = fakeApp();
    expect(app.state.phase).toBe('loading');
    await app.restart();
    expect(app.state).toMatchObject({ phase: 'ready', model });
    expect(api.load).toHaveBeenCalledWith('http://localhost/models/earmark-52/', 'auto', 8);
  });

  it('forces the backend of the address for this visit alone', async () => {
    const { app, api, saveSettings } = fakeApp('?backend=wasm');
    await app.restart();
    expect(api.load).toHaveBeenCalledWith(expect.anything(), 'wasm', 8);
    expect(saveSettings).not.toHaveBeenCalled();
  });

  it('says so when the address names no backend, and chooses by itself', async () => {
    const { app, api } = fakeApp('?backend=abacus');
    expect(app.state.problem).toMatchObject({ code: 'unknown-backend', message: expect.stringContaining('“abacus”') });
    await app.restart();
    expect(api.load).toHaveBeenCalledWith(expect.anything(), 'auto', 8);
  });

  it('keeps the sentence of a failed load and recovers by the button, without a reload', async () => {
    const { app, api, workers } = fakeApp();
    api.load.mockRejectedValueOnce(new EarmarkError('model-missing', 'The model is missing.'));
    await app.restart();
    expect(app.state).toMatchObject({
      phase: 'failed',
      problem: { message: 'The model is missing.', remedy: 'restart' },
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
  it('hands tags on with their age', async () => {
    const { app, live } = await listening();
    const events: TagsEvent[] = [];
    app.addEventListener(TAGS_EVENT, (event) => events.push(event as TagsEvent));
    live.onTags({ heardAtMs: performance.timeOrigin + performance.now() - 100 } as Tags);
    expect(events).toHaveLength(1);
    expect(events[0]?.latencyMs).toBeGreaterThanOrEqual(100);
    expect(events[0]?.latencyMs).toBeLessThan(150);
  });

  it('releases the microphone on stop and ignores tags that come late', async () => {
    const { app, live, open, api } = await listening();
    await app.stopListening();
    expect(app.state.phase).toBe('ready');
    expect(open()).toEqual([]);
    expect(api.stop).toHaveBeenCalled();
    const onTags = vi.fn();
    app.addEventListener(TAGS_EVENT, onTags);
    live.onTags({ heardAtMs: 0 } as Tags);
    expect(onTags).not.toHaveBeenCalled();
  });

  it('opens one microphone however often the button is pressed', async () => {
    const { app, openMicrophone } = fakeApp();
    await app.restart();
    await Promise.all([app.startListening(), app.startListening(), app.startListening()]);
    expect(openMicrophone).toHaveBeenCalledTimes(1);
  });

  it('closes the microphone when stop was pressed while the permission was asked', async () => {
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
      openMicrophone.mockRejectedValueOnce(new EarmarkError(code, 'No microphone.'));
      await app.startListening();
      expect(app.state).toMatchObject({ phase: 'ready', problem: { code, remedy: 'listen' } });
      await app.remedy();
      expect(app.state.phase).toBe('listening');
      expect(app.state.problem).toBeUndefined();
    },
  );

  it('stops and says so when the microphone is unplugged', async () => {
    const { app, microphones, open } = await listening();
    microphones[0]?.options.onEnded();
    await vi.waitFor(() => expect(app.state.problem?.code).toBe('microphone-unplugged'));
    expect(app.state.phase).toBe('ready');
    expect(open()).toEqual([]);
    await app.remedy();
    expect(app.state.phase).toBe('listening');
  });

  it('offers to resume when the browser pauses the sound, and clears the message when it goes on', async () => {
    const { app, microphones } = await listening();
    microphones[0]?.options.onRunningChange(false);
    expect(app.state).toMatchObject({ phase: 'listening', problem: { code: 'audio-suspended', remedy: 'resume' } });
    await app.remedy();
    expect(microphones[0]?.resume).toHaveBeenCalled();
    expect(app.state.problem).toBeUndefined();
  });

  it('stops when the network fails, with the worker’s sentence', async () => {
    const { app, live, open } = await listening();
    live.onFailure({ name: 'tagging-failed', message: 'Tagging stopped.' });
    await vi.waitFor(() => expect(app.state.problem?.message).toBe('Tagging stopped.'));
    expect(open()).toEqual([]);
    await app.remedy();
    expect(app.state.phase).toBe('ready');
  });

  it('notices a worker that reports its death', async () => {
    const { app, workers, open } = await listening();
    workers[0]?.die('out of memory');
    expect(app.state).toMatchObject({ phase: 'failed', problem: { code: 'worker-died', remedy: 'restart' } });
    expect(app.state.problem?.message).toContain('out of memory');
    await vi.waitFor(() => expect(open()).toEqual([]));
    await app.remedy();
    await app.startListening();
    expect(app.state.phase).toBe('listening');
  });

  it('notices a worker that falls silent', async () => {
    vi.useFakeTimers();
    const { app, live } = await listening();
    await vi.advanceTimersByTimeAsync(14_000);
    live.onTags({ heardAtMs: 0 } as Tags);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(app.state.problem).toBeUndefined();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(app.state).toMatchObject({ phase: 'failed', problem: { code: 'worker-died' } });
  });

  it('does not blame the worker while the sound is paused', async () => {
    vi.useFakeTimers();
    const { app, microphones } = await listening();
    microphones[0]?.options.onRunningChange(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(app.state.problem?.code).toBe('audio-suspended');
  });

  it('keeps the words of an error that nobody foresaw', async () => {
    const { app, api } = fakeApp();
    await app.restart();
    api.listen.mockRejectedValueOnce(new Error('flux capacitor'));
    await app.startListening();
    expect(app.state.problem).toMatchObject({ code: 'unexpected', message: expect.stringContaining('flux capacitor') });
  });
});

describe('App: settings', () => {
  it('changes the rate without interrupting', async () => {
    const { app, api, openMicrophone, saveSettings } = await listening();
    await app.changeSettings({ tagsPerSecond: 15 });
    expect(api.setTagsPerSecond).toHaveBeenCalledWith(15);
    expect(api.setNoiseFloor.mock.calls).toEqual([[-75]]);
    await app.changeSettings({ noiseFloorDb: null });
    expect(api.setNoiseFloor.mock.calls).toEqual([[-75], [null]]);
    expect(openMicrophone).toHaveBeenCalledTimes(1);
    expect(saveSettings).toHaveBeenCalledWith({ ...defaultSettings, tagsPerSecond: 15 });
  });

  it('reopens the microphone for another device or processing, and goes on listening', async () => {
    const { app, openMicrophone, open } = await listening();
    await app.changeSettings({ deviceId: 'b', voiceProcessing: true });
    expect(app.state.phase).toBe('listening');
    expect(openMicrophone.mock.calls[1]?.[0]).toMatchObject({ deviceId: 'b', voiceProcessing: true });
    expect(open()).toHaveLength(1);
  });

  it('starts a fresh worker for another backend, and goes on listening', async () => {
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
