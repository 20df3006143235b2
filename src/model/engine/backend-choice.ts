import {
  type BackendChoice,
  type BackendLack,
  type BackendName,
  type BackendReport,
  type BackendTrial,
  backendNames,
} from '../../shared/contracts/backend';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import { median } from '../../shared/lib/math/quantile';

/** Largest absolute error on the golden vector's logits that float32 arithmetic can explain. */
export const GOLDEN_TOLERANCE = 1e-3;

/** A prediction may take half the time between two tags. The rest is for the front end and slower moments. */
const SHARE_OF_PERIOD = 0.5;

const WARM_UP_RUNS = 1;
const TIMED_RUNS = 3;

/** The browser lacks something that a backend needs. */
export class BackendUnavailable extends Error {
  constructor(readonly lack: BackendLack) {
    super(lack);
  }
}

/** A model on a backend, as far as choosing needs it. */
export interface Candidate {
  goldenError(): Promise<number>;
  /** Times `runs` live tags at that rate, in milliseconds each. */
  timeRuns(runs: number, tagsPerSecond: number): Promise<number[]>;
  dispose(): void;
}

/** What choosing a backend needs from the machine; tests pass their own. */
export interface BackendDriver<Model extends Candidate> {
  /**
   * Name of the software renderer behind a backend; undefined for real hardware and for backends without a renderer.
   *
   * @throws BackendUnavailable, or the browser's own error, if the backend cannot be used here.
   */
  softwareRenderer(backend: BackendName): Promise<string | undefined>;
  /** Activates the backend and puts the model on it. @throws BackendUnavailable, or the backend's own error. */
  start(backend: BackendName): Promise<Model>;
}

/** Puts the model on one backend and measures it. A model that cannot be used is disposed of. */
async function tryBackend<Model extends Candidate>(
  backend: BackendName,
  driver: BackendDriver<Model>,
  acceptSoftware: boolean,
  tagsPerSecond: number,
): Promise<{ trial: BackendTrial; model?: Model }> {
  let model: Model | undefined;
  try {
    const renderer = await driver.softwareRenderer(backend);
    if (renderer !== undefined && !acceptSoftware) {
      return { trial: { backend, outcome: 'software', renderer } };
    }
    model = await driver.start(backend);
    const error = await model.goldenError();
    // Written so that NaN is rejected.
    if (!(error <= GOLDEN_TOLERANCE)) {
      model.dispose();
      return { trial: { backend, outcome: 'wrong-numbers', error } };
    }
    // A software renderer that was asked for takes seconds per run. It is not chosen by its time.
    if (renderer !== undefined) return { trial: { backend, outcome: 'taken', renderer }, model };
    await model.timeRuns(WARM_UP_RUNS, tagsPerSecond);
    const medianMs = median(await model.timeRuns(TIMED_RUNS, tagsPerSecond));
    return { trial: { backend, outcome: 'taken', medianMs }, model };
  } catch (error) {
    model?.dispose();
    // A damaged model is damaged on every backend, so the person must hear about it.
    if (error instanceof EarmarkError) throw error;
    const reason = error instanceof BackendUnavailable ? error.lack : 'error';
    const detail = error instanceof BackendUnavailable ? '' : (error as Error).message;
    return { trial: { backend, outcome: 'unavailable', lack: reason, detail } };
  }
}

/**
 * Chooses a backend by evidence and leaves the model on it.
 *
 * WebGPU, WebGL, WASM and CPU are tried in this order. A backend is rejected if it is missing, renders in software or
 * misses the golden vector. The first whose median time leaves room for `tagsPerSecond` is taken, else the fastest. A
 * backend requested by name is taken if its numbers are correct.
 *
 * @throws EarmarkError no-backend if none can be used, or what {@link BackendDriver.start} throws for a damaged model.
 */
export async function chooseBackend<Model extends Candidate>(
  choice: BackendChoice,
  tagsPerSecond: number,
  driver: BackendDriver<Model>,
): Promise<{ model: Model; report: BackendReport }> {
  const roomMs = (1000 / tagsPerSecond) * SHARE_OF_PERIOD;
  const candidates: readonly BackendName[] = choice === 'auto' ? backendNames : [choice];
  const trials: BackendTrial[] = [];
  const forced = choice !== 'auto';
  const reportOf = (taken: BackendName, why: BackendReport['why'], found: readonly BackendTrial[]): BackendReport => ({
    taken,
    why,
    tagsPerSecond,
    roomMs,
    trials: found,
  });
  let fastest: { readonly backend: BackendName; readonly medianMs: number } | undefined;
  for (const backend of candidates) {
    const { trial, model } = await tryBackend(backend, driver, forced, tagsPerSecond);
    if (model === undefined) {
      trials.push(trial);
      continue;
    }
    // Only a backend requested by name can lack a time.
    const medianMs = 'medianMs' in trial ? trial.medianMs : 0;
    if (forced || medianMs <= roomMs) {
      const rest = candidates.slice(candidates.indexOf(backend) + 1);
      const notTried = rest.map((name): BackendTrial => ({ backend: name, outcome: 'not-needed' }));
      return { model, report: reportOf(backend, forced ? 'asked-for' : 'first', [...trials, trial, ...notTried]) };
    }
    trials.push({ backend, outcome: 'too-slow', medianMs });
    if (fastest === undefined || medianMs < fastest.medianMs) fastest = { backend, medianMs };
    model.dispose();
  }
  if (fastest === undefined) throw new EarmarkError({ code: 'no-backend', forced, trials });
  const { backend, medianMs } = fastest;
  const model = await driver.start(backend);
  const found = trials.map((t): BackendTrial => (t.backend === backend ? { backend, outcome: 'taken', medianMs } : t));
  return { model, report: reportOf(backend, 'fastest', found) };
}
