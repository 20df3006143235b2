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

/** Largest absolute error on the golden vector's logits that float32 arithmetic may explain. */
export const GOLDEN_TOLERANCE = 1e-3;

/** A prediction may take half the time between two tags; the rest is for the front end and for a slower moment. */
const SHARE_OF_PERIOD = 0.5;

const WARM_UP_RUNS = 2;
const TIMED_RUNS = 5;

/** The browser lacks what a backend needs. */
export class BackendUnavailable extends Error {
  constructor(readonly lack: BackendLack) {
    super(lack);
  }
}

/** A model on a backend, as far as the choice needs it. */
export interface Candidate {
  goldenError(): Promise<number>;
  /** Times `runs` tags as they are made at that rate, in milliseconds each. */
  timeRuns(runs: number, tagsPerSecond: number): Promise<number[]>;
  dispose(): void;
}

/** What the choice asks of the machine; tests pass their own. */
export interface BackendDriver<Model extends Candidate> {
  /**
   * Name of the software renderer behind a backend; undefined for real hardware and for backends without a renderer.
   *
   * @throws BackendUnavailable, or what the browser throws, where the backend cannot be used here.
   */
  softwareRenderer(backend: BackendName): Promise<string | undefined>;
  /** Makes the backend active and puts the model on it. @throws BackendUnavailable, or what the backend throws. */
  start(backend: BackendName): Promise<Model>;
}

/** Puts the model on one backend and measures it; a model that cannot be used is disposed of. */
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
    // Written so that NaN is refused.
    if (!(error <= GOLDEN_TOLERANCE)) {
      model.dispose();
      return { trial: { backend, outcome: 'wrong-numbers', error } };
    }
    // A software renderer that was asked for takes seconds a run; it is not chosen by its time.
    if (renderer !== undefined) return { trial: { backend, outcome: 'taken', renderer }, model };
    await model.timeRuns(WARM_UP_RUNS, tagsPerSecond);
    const medianMs = median(await model.timeRuns(TIMED_RUNS, tagsPerSecond));
    return { trial: { backend, outcome: 'taken', medianMs }, model };
  } catch (error) {
    model?.dispose();
    // A damaged model is damaged on every backend: that is what the person must hear.
    if (error instanceof EarmarkError) throw error;
    const reason = error instanceof BackendUnavailable ? error.lack : 'error';
    const detail = error instanceof BackendUnavailable ? '' : (error as Error).message;
    return { trial: { backend, outcome: 'unavailable', lack: reason, detail } };
  }
}

/**
 * Chooses a backend by evidence and leaves the model on it.
 *
 * WebGPU, WebGL, WASM and CPU are tried in this order. One is out when it is missing, drawn in software, or misses the
 * golden vector; the first whose median leaves room for `tagsPerSecond` is taken, else the fastest. A forced backend
 * is taken if it computes right numbers at all.
 *
 * @throws EarmarkError no-backend when none can be used, or what {@link BackendDriver.start} says of a damaged model.
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
    // Only what was asked for by name can be without a time.
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
