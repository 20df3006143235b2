/**
 * Presses, breaks and changes settings at random, in any order of what answers when, and looks at the one rule: what the
 * person pressed last decides.
 */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { App, type AppParts } from '../../../src/app/app';
import type { WorkerDeath } from '../../../src/app/listening/tagger-worker';
import type { Microphone, MicrophoneOptions } from '../../../src/audio/microphone';
import { EarmarkError, remedyOf } from '../../../src/shared/contracts/messages/problem';
import type { Settings } from '../../../src/shared/contracts/settings';
import type { ModelInfo } from '../../../src/shared/contracts/tagger-api';
import { defaultSettings } from '../../../src/store/settings';
import { exampleSpec } from '../../support/feature-spec';
import { emptyDiaryParts } from '../support/diary';
import { emptyRecordingsParts } from '../support/recordings';
import { emptyTeachParts } from '../support/teach';

vi.mock('comlink', () => ({ proxy: (value: unknown) => value, transfer: (value: unknown) => value }));

/** npm tells which of its scripts runs. */
const SEQUENCES = process.env.npm_lifecycle_event === 'fuzz' ? 50_000 : 500;
const model = { name: 'fake', labels: [], spec: exampleSpec, backend: { taken: 'webgl' } } as unknown as ModelInfo;

/** What waits for its answer. */
interface Question {
  readonly of: 'device' | 'microphone' | 'worker';
  answer(): void;
}

/** Everything around the app: it answers when it is told to, and breaks when it is told to. */
class World {
  readonly questions: Question[] = [];
  readonly microphones: { live: boolean; readonly options: MicrophoneOptions }[] = [];
  readonly workers: { dead: boolean; readonly onDeath: (death: WorkerDeath) => void; onFailure?: () => void }[] = [];
  devices = [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ];
  permission: 'granted' | 'denied' = 'granted';
  hidden = false;
  modelsAreMissing = false;

  readonly parts: AppParts = {
    startWorker: (onDeath) => this.#startWorker(onDeath),
    openMicrophone: (options) => this.#openMicrophone(options),
    isHidden: () => this.hidden,
    listMicrophones: () => this.#ask('device', () => [...this.devices]),
    loadSettings: () => defaultSettings,
    saveSettings: () => {},
    followSettings: () => {},
    wakeLock: { hold: () => {}, release: () => {} },
    teach: emptyTeachParts(),
    diary: emptyDiaryParts(),
    recordings: emptyRecordingsParts(),
    modelsUrl: 'http://localhost/models/',
    query: '',
  };

  #ask<Answer>(of: Question['of'], answer: () => Answer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.questions.push({
        of,
        answer: () => {
          try {
            resolve(answer());
          } catch (error) {
            reject(error as Error);
          }
        },
      });
    });
  }

  #openMicrophone(options: MicrophoneOptions): Promise<Microphone> {
    return this.#ask('microphone', () => {
      const problem = this.#whyNot(options);
      if (problem) throw new EarmarkError({ code: problem });
      // As the real one: what is not wanted any more is released before it is handed out.
      options.signal.throwIfAborted();
      const track = { live: true, options };
      this.microphones.push(track);
      options.signal.addEventListener('abort', () => {
        track.live = false;
      });
      return {
        port: {} as MessagePort,
        sampleRateHz: 32_000,
        name: '',
        running: true,
        muted: false,
        setPieces: () => undefined,
        resume: () => this.#ask('microphone', () => track.live),
        stop: () => {
          track.live = false;
          return this.#ask('microphone', () => undefined);
        },
      };
    });
  }

  #whyNot({ demo, deviceId }: MicrophoneOptions): 'permission-denied' | 'no-microphone' | undefined {
    if (demo) return undefined;
    if (this.permission === 'denied') return 'permission-denied';
    const isThere = deviceId === '' ? this.devices.length > 0 : this.devices.some(({ id }) => id === deviceId);
    return isThere ? undefined : 'no-microphone';
  }

  #startWorker(onDeath: (death: WorkerDeath) => void) {
    const worker: World['workers'][number] = { dead: false, onDeath };
    this.workers.push(worker);
    const answered = <Answer>(answer: () => Answer): Promise<Answer> =>
      worker.dead ? new Promise(() => {}) : this.#ask('worker', answer);
    const api = {
      setNoiseFloor: () => answered(() => undefined),
      setTagsPerSecond: () => answered(() => undefined),
      setEventRules: () => answered(() => undefined),
      stop: () => answered(() => undefined),
      load: () =>
        answered(() => {
          if (this.modelsAreMissing)
            throw new EarmarkError({ code: 'model-missing', model: 'm', file: 'model.json', detail: '' });
          return model;
        }),
      backendLost: () => new Promise<string>(() => {}),
      listen: (_port: unknown, _rate: number, _onTags: unknown, onFailure: (failure: object) => void) => {
        worker.onFailure = () => onFailure({ code: 'tagging-failed', detail: 'failed' });
        return answered(() => undefined);
      },
    };
    return {
      api: api as never,
      terminate: () => {
        worker.dead = true;
      },
    };
  }

  get liveTracks(): number {
    return this.microphones.filter(({ live }) => live).length;
  }

  /** Lets what is under way go on, without answering any question. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < 30; turn++) await Promise.resolve();
  }

  /** Answers everything, in the order of the questions, until nothing is asked any more. */
  async settle(): Promise<void> {
    await this.rest();
    for (let answered = 0; this.questions.length > 0; answered++) {
      expect(answered, 'the app asks for ever').toBeLessThan(2000);
      this.questions.shift()?.answer();
      await this.rest();
    }
  }
}

type Step =
  | {
      readonly do: 'start' | 'demo' | 'stop' | 'remedy' | 'unplug' | 'plug' | 'end' | 'die' | 'fail' | 'deny' | 'allow';
    }
  | { readonly do: 'hide' | 'show' | 'miss models' | 'find models' | 'pass time' }
  | { readonly do: 'change'; readonly change: Partial<Settings> }
  | { readonly do: 'answer'; readonly which: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.constantFrom<Step>({ do: 'start' }, { do: 'start' }, { do: 'demo' }, { do: 'remedy' }) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'stop' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Step>(
      { do: 'unplug' },
      { do: 'plug' },
      { do: 'end' },
      { do: 'end' },
      { do: 'die' },
      { do: 'fail' },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>(
      { do: 'deny' },
      { do: 'allow' },
      { do: 'hide' },
      { do: 'show' },
      { do: 'pass time' },
      { do: 'miss models' },
      { do: 'find models' },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      change: fc.constantFrom<Partial<Settings>>(
        { backend: 'cpu' },
        { backend: 'wasm' },
        { model: 'one' },
        { model: 'two' },
        { deviceId: 'a' },
        { deviceId: 'b' },
        { deviceId: '' },
        { voiceProcessing: true },
        { voiceProcessing: false },
      ),
    }),
  },
);

/** Takes one step. @returns what the person pressed with it. */
async function take(step: Step, world: World, app: App): Promise<'start' | 'stop' | undefined> {
  const microphone = world.microphones.findLast(({ live }) => live);
  const worker = world.workers.findLast(({ dead }) => !dead);
  if (step.do === 'start') void app.startListening();
  else if (step.do === 'demo') void app.startDemo();
  else if (step.do === 'stop') void app.stopListening();
  else if (step.do === 'remedy') return pressRemedy(app);
  else if (step.do === 'change') void app.changeSettings(step.change);
  else if (step.do === 'answer') {
    const [question] = world.questions.splice(step.which % Math.max(1, world.questions.length), 1);
    question?.answer();
  } else if (step.do === 'unplug') {
    world.devices = [];
    if (microphone && !microphone.options.demo) end(microphone);
    void app.devicesChanged();
  } else if (step.do === 'plug') {
    world.devices = [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ];
    void app.devicesChanged();
  } else if (step.do === 'end') {
    if (microphone) end(microphone);
  } else if (step.do === 'die') {
    if (worker) {
      worker.dead = true;
      worker.onDeath({ end: 'error', detail: 'died' });
    }
  } else if (step.do === 'fail') worker?.onFailure?.();
  else if (step.do === 'deny' || step.do === 'allow') world.permission = step.do === 'deny' ? 'denied' : 'granted';
  else if (step.do === 'hide' || step.do === 'show') {
    world.hidden = step.do === 'hide';
    app.visibilityChanged();
  } else if (step.do === 'pass time') await vi.advanceTimersByTimeAsync(6 * 60_000);
  else world.modelsAreMissing = step.do === 'miss models';
  if (step.do === 'stop') return 'stop';
  return step.do === 'start' || step.do === 'demo' ? 'start' : undefined;
}

function end(microphone: World['microphones'][number]): void {
  microphone.live = false;
  microphone.options.onEnded();
}

function pressRemedy(app: App): 'start' | undefined {
  const { problem } = app.state;
  void app.remedy();
  return problem && remedyOf(problem) === 'listen' ? 'start' : undefined;
}

it(`what was pressed last decides, in ${SEQUENCES} random sequences`, {
  timeout: 60_000 + SEQUENCES * 40,
}, async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  let listened = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 60 }), async (sequence) => {
      const world = new World();
      const app = new App(world.parts);
      void app.restart();
      await world.settle();
      let lastPress: 'start' | 'stop' = 'stop';
      let wasWanted = false;
      let isPressed = false;
      app.subscribe(({ wanted, problem }) => {
        // Listening is given up for a reason alone, and the page says which.
        if (wasWanted && wanted === 'stopped' && !isPressed) {
          expect(problem?.code).toMatch(/^(no-microphone|permission-denied)$/);
        }
        wasWanted = wanted === 'listening';
      });
      for (const step of sequence) {
        isPressed = step.do === 'stop';
        lastPress = (await take(step, world, app)) ?? lastPress;
        isPressed = false;
        await world.rest();
        // Stop wins at once, whatever waits for its answer.
        if (lastPress === 'stop') {
          expect(world.liveTracks, 'a live track after Stop').toBe(0);
          expect(app.state.wanted).toBe('stopped');
        }
        expect(world.liveTracks, 'two live tracks').toBeLessThan(2);
      }
      await world.settle();
      const { wanted, phase, problem } = app.state;
      if (lastPress === 'stop') {
        expect(world.liveTracks, 'a live track after Stop').toBe(0);
        expect(phase).toMatch(/ready|failed/);
      } else if (wanted === 'listening') {
        // Not lost: it listens, waits for a device, or the model is missing, which the page says.
        expect(phase).toMatch(/listening|waiting|failed/);
        expect(world.liveTracks).toBe(phase === 'listening' ? 1 : 0);
        if (phase === 'listening') listened++;
        else expect(problem).toBeDefined();
      } else expect(world.liveTracks, 'a live track that nobody wants').toBe(0);
      vi.clearAllTimers();
    }),
    { numRuns: SEQUENCES },
  );
  // Else the sequences would show nothing.
  expect(listened).toBeGreaterThan(SEQUENCES / 20);
});
