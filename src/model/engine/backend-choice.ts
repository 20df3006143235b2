import {
  type BackendChoice,
  type BackendName,
  type BackendReport,
  type BackendTrial,
  backendNames,
} from '../../shared/contracts/backend';
import { EarmarkError } from '../../shared/contracts/problem';
import { median } from '../../shared/lib/quantile';

/** Largest absolute error on the golden vector's logits that float32 arithmetic may explain. */
export const GOLDEN_TOLERANCE = 1e-3;

/** A prediction may take half the time between two tags; the rest is for the front end and for a slower moment. */
const SHARE_OF_PERIOD = 0.5;

const WARM_UP_RUNS = 2;
const TIMED_RUNS = 5;

const displayNames: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WASM',
  cpu: 'CPU',
};

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
   * @throws Error saying why the backend cannot be used here.
   */
  softwareRenderer(backend: BackendName): Promise<string | undefined>;
  /** Makes the backend active and puts the model on it. @throws Error saying why that failed. */
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
      return { trial: { backend, outcome: 'software', detail: `it is drawn by ${renderer}, in software` } };
    }
    model = await driver.start(backend);
    const error = await model.goldenError();
    // Written so that NaN is refused.
    if (!(error <= GOLDEN_TOLERANCE)) {
      model.dispose();
      const detail = `it computes wrong numbers: off by ${error.toPrecision(2)} on the model's own example`;
      return { trial: { backend, outcome: 'wrong-numbers', detail } };
    }
    // A software renderer that was asked for takes seconds a run; it is not chosen by its time.
    if (renderer !== undefined) return { trial: { backend, outcome: 'taken', detail: `drawn by ${renderer}` }, model };
    await model.timeRuns(WARM_UP_RUNS, tagsPerSecond);
    const medianMs = median(await model.timeRuns(TIMED_RUNS, tagsPerSecond));
    const detail = `${medianMs.toFixed(1)} ms a tag`;
    return { trial: { backend, outcome: 'taken', medianMs, detail }, model };
  } catch (error) {
    model?.dispose();
    // A damaged model is damaged on every backend: that is what the person must hear.
    if (error instanceof EarmarkError) throw error;
    return { trial: { backend, outcome: 'unavailable', detail: (error as Error).message } };
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
  let fastest: BackendTrial | undefined;
  for (const backend of candidates) {
    const { trial, model } = await tryBackend(backend, driver, choice !== 'auto', tagsPerSecond);
    if (model === undefined) {
      trials.push(trial);
      continue;
    }
    const { medianMs } = trial;
    if (choice !== 'auto' || (medianMs as number) <= roomMs) {
      const rest = candidates.slice(candidates.indexOf(backend) + 1);
      const notTried = rest.map(
        (name): BackendTrial => ({
          backend: name,
          outcome: 'not-needed',
          detail: 'not tried: the one before is fast enough',
        }),
      );
      const why =
        choice === 'auto'
          ? `${displayNames[backend]} is the first that computes right numbers fast enough: ${trial.detail}, with ${roomMs.toFixed(0)} ms allowed.`
          : `${displayNames[backend]} was asked for: ${trial.detail}.`;
      return { model, report: { taken: backend, why, trials: [...trials, trial, ...notTried] } };
    }
    trials.push({ ...trial, outcome: 'too-slow', detail: `${trial.detail}, with ${roomMs.toFixed(0)} ms allowed` });
    if (fastest === undefined || (medianMs as number) < (fastest.medianMs as number)) fastest = trial;
    model.dispose();
  }
  if (fastest === undefined) {
    const found = trials.map(({ backend, detail }) => `${displayNames[backend]}: ${detail}`).join('; ');
    const advice =
      choice === 'auto'
        ? 'Update the browser or try another one'
        : `Choose another one under “Compute with”, or “Automatic”`;
    throw new EarmarkError(
      'no-backend',
      `This browser cannot run the network (${found}). ${advice}, then press “Restart”.`,
    );
  }
  const { backend, detail } = fastest;
  const model = await driver.start(backend);
  const why =
    `${displayNames[backend]} is the fastest here with ${detail}, ` +
    `more than the ${roomMs.toFixed(0)} ms that ${tagsPerSecond} tags a second allow, so there will be fewer.`;
  return { model, report: { taken: backend, why, trials: trials.map((t) => (t.backend === backend ? fastest : t)) } };
}
