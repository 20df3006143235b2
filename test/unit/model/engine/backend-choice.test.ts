import { describe, expect, it } from 'vitest';
import {
  type BackendDriver,
  type Candidate,
  chooseBackend,
  GOLDEN_TOLERANCE,
} from '../../../../src/model/engine/backend-choice';
import type { BackendName } from '../../../../src/shared/contracts/backend';
import { EarmarkError } from '../../../../src/shared/contracts/messages/problem';
import { en } from '../../../../src/ui/messages/en';
import { failureOf } from '../../../support/failure';

/** How one backend of a fake machine behaves. */
interface Behaviour {
  renderer?: string;
  missing?: string;
  startError?: Error;
  goldenError?: number;
  medianMs?: number;
  runError?: string;
}

class FakeModel implements Candidate {
  disposed = false;

  constructor(
    readonly backend: BackendName,
    private readonly behaviour: Behaviour,
  ) {}

  async goldenError(): Promise<number> {
    if (this.behaviour.runError !== undefined) throw new Error(this.behaviour.runError);
    return this.behaviour.goldenError ?? 0;
  }

  async timeRuns(runs: number): Promise<number[]> {
    // One slow run among them must not decide.
    return Array.from({ length: runs }, (_, i) => (i === 0 ? 1e6 : (this.behaviour.medianMs ?? 1)));
  }

  dispose(): void {
    this.disposed = true;
  }
}

function machine(behaviours: Partial<Record<BackendName, Behaviour>>) {
  const models: FakeModel[] = [];
  const driver: BackendDriver<FakeModel> = {
    async softwareRenderer(backend) {
      const { missing, renderer } = behaviours[backend] ?? { missing: 'not there' };
      if (missing !== undefined) throw new Error(missing);
      return renderer;
    },
    async start(backend) {
      const behaviour = behaviours[backend] as Behaviour;
      if (behaviour.startError) throw behaviour.startError;
      const model = new FakeModel(backend, behaviour);
      models.push(model);
      return model;
    },
  };
  return { driver, models };
}

async function choose(
  behaviours: Partial<Record<BackendName, Behaviour>>,
  choice: BackendName | 'auto' = 'auto',
  tagsPerSecond = 8,
) {
  const { driver, models } = machine(behaviours);
  const { model, report } = await chooseBackend(choice, tagsPerSecond, driver);
  const outcomes = Object.fromEntries(report.trials.map((trial) => [trial.backend, trial.outcome]));
  expect(models.filter((m) => !m.disposed)).toEqual([model]);
  expect(model.backend).toBe(report.taken);
  return { report, outcomes };
}

describe('chooseBackend', () => {
  it('takes WebGPU first when all do well, and does not start the others', async () => {
    const { driver, models } = machine({ webgpu: {}, webgl: {}, wasm: {}, cpu: {} });
    const { report } = await chooseBackend('auto', 8, driver);
    expect(report.taken).toBe('webgpu');
    expect(models.map((m) => m.backend)).toEqual(['webgpu']);
    expect(report.trials.map((t) => t.outcome)).toEqual(['taken', 'not-needed', 'not-needed', 'not-needed']);
  });

  it('never prefers a software renderer to WASM, however fast it claims to be', async () => {
    const software = { renderer: 'SwiftShader', medianMs: 0.01 };
    const { report, outcomes } = await choose({ webgpu: software, webgl: software, wasm: { medianMs: 40 } });
    expect(report.taken).toBe('wasm');
    expect(outcomes).toMatchObject({ webgpu: 'software', webgl: 'software' });
  });

  it.each([
    ['is missing', { missing: 'no adapter' }, 'unavailable'],
    ['does not start', { startError: new Error('device lost') }, 'unavailable'],
    ['fails while it runs', { runError: 'shader did not compile' }, 'unavailable'],
    ['computes wrong numbers', { goldenError: GOLDEN_TOLERANCE * 1.01 }, 'wrong-numbers'],
    ['computes NaN', { goldenError: Number.NaN }, 'wrong-numbers'],
    ['is too slow', { medianMs: 63 }, 'too-slow'],
  ])('goes on when a backend %s', async (_, behaviour: Behaviour, outcome) => {
    const { report, outcomes } = await choose({ webgpu: behaviour, webgl: behaviour, wasm: { medianMs: 20 } });
    expect(report.taken).toBe('wasm');
    expect(outcomes).toMatchObject({ webgpu: outcome, webgl: outcome, wasm: 'taken' });
  });

  it('allows half the time between two tags', async () => {
    const behaviours = { webgpu: { medianMs: 100 }, wasm: { medianMs: 5 } };
    expect((await choose(behaviours, 'auto', 5)).report.taken).toBe('webgpu');
    expect((await choose(behaviours, 'auto', 6)).report.taken).toBe('wasm');
  });

  it('takes the fastest if none is fast enough, and says so', async () => {
    const { report, outcomes } = await choose({
      webgpu: { medianMs: 300 },
      webgl: { medianMs: 200 },
      wasm: { medianMs: 250 },
      cpu: { medianMs: 900 },
    });
    expect(report.taken).toBe('webgl');
    expect(outcomes).toEqual({ webgpu: 'too-slow', webgl: 'taken', wasm: 'too-slow', cpu: 'too-slow' });
    expect(report.why).toBe('fastest');
    expect(en.backends.reason(report)).toContain('there will be fewer');
  });

  it('takes a requested backend even if it is slow or in software, and tries no other', async () => {
    const { report } = await choose({ webgpu: { renderer: 'SwiftShader' }, wasm: {} }, 'webgpu');
    expect(report.trials.map((t) => t.backend)).toEqual(['webgpu']);
    expect((await choose({ wasm: {}, cpu: { medianMs: 5000 } }, 'cpu')).report.taken).toBe('cpu');
  });

  it('rejects a requested backend that computes wrong numbers, with advice', async () => {
    const { driver, models } = machine({ webgl: { goldenError: 1 }, wasm: {} });
    expect(await failureOf(chooseBackend('webgl', 8, driver))).toMatchObject({
      name: 'no-backend',
      message: expect.stringMatching(/Wrong results.*“Automatic”.*“Restart”/s),
    });
    expect(models.every((m) => m.disposed)).toBe(true);
  });

  it('says what it found if nothing works', async () => {
    const { driver } = machine({});
    expect(await failureOf(chooseBackend('auto', 8, driver))).toMatchObject({
      name: 'no-backend',
      message: expect.stringMatching(/WebGPU: not there; WebGL: not there; WASM: not there; CPU: not there/),
    });
  });

  it('does not blame the backends for a damaged model', async () => {
    const startError = new EarmarkError({ code: 'model-damaged', model: 'm', detail: 'its weights are short' });
    const { driver } = machine({ webgpu: { startError }, wasm: { startError } });
    await expect(chooseBackend('auto', 8, driver)).rejects.toBe(startError);
  });
});
