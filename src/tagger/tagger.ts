import { clipWindows, WINDOWS_PER_CLIP } from '../dsp/clip-windows';
import { poolWindows } from '../metrics/pooling';
import type { LoadedModel } from '../model/loaded-model';
import type { BackendChoice, BackendReport } from '../shared/backend';
import type { HopMessage } from '../shared/capture-messages';
import { EarmarkError } from '../shared/problem';
import type { ModelInfo, TaggerApi, TaggerPhase, TaggerState, TaggingFailure, Tags } from '../shared/tagger-api';
import { LiveWindow } from './live-window';
import { createResampler, type Resampler } from './resampler';
import { TagClock } from './tag-clock';

const SLOWEST_TAGS_PER_SECOND = 1;
const FASTEST_TAGS_PER_SECOND = 20;

/** What the tagger needs from outside; tests pass their own. */
export interface TaggerParts {
  /** Fetches a model folder and puts it on a backend. @throws EarmarkError. */
  openModel(
    modelUrl: string,
    backend: BackendChoice,
    tagsPerSecond: number,
  ): Promise<{ model: LoadedModel; report: BackendReport }>;
  tensorCount(): number;
}

/** One stretch of listening. */
interface Listening {
  readonly port: MessagePort;
  readonly resample: Resampler;
  readonly live: LiveWindow;
  readonly clock: TagClock;
  readonly window: Float32Array;
  readonly onTags: (tags: Tags) => void;
  readonly onFailure: (failure: TaggingFailure) => void;
  newest: HopMessage | undefined;
  /** When `newest` came, on the clock that all threads share. */
  newestAtMs: number;
  predicting: boolean;
}

function checkRate(tagsPerSecond: number): void {
  if (!(tagsPerSecond >= SLOWEST_TAGS_PER_SECOND && tagsPerSecond <= FASTEST_TAGS_PER_SECOND)) {
    throw new RangeError(`tags per second must lie between 1 and 20, not ${tagsPerSecond}`);
  }
}

/**
 * The worker's one object: owns the model and the rolling window, and emits probabilities.
 *
 * It pulls: whenever it is ready and a tag is due it takes the newest window. Hops that arrive during a prediction go
 * into the window and are part of the next one, so a slow machine tags less often, not later.
 */
export class Tagger implements TaggerApi {
  readonly #parts: TaggerParts;
  #phase: TaggerPhase = 'empty';
  #model: LoadedModel | undefined;
  #info: ModelInfo | undefined;
  #tagsPerSecond = 8;
  #listening: Listening | undefined;

  constructor(parts: TaggerParts) {
    this.#parts = parts;
  }

  async load(modelUrl: string, backend: BackendChoice, tagsPerSecond: number): Promise<ModelInfo> {
    checkRate(tagsPerSecond);
    if (this.#phase === 'loading') throw new Error('a model is being loaded already');
    await this.stop();
    this.#model?.dispose();
    this.#model = undefined;
    this.#info = undefined;
    this.#tagsPerSecond = tagsPerSecond;
    this.#phase = 'loading';
    try {
      const { model, report } = await this.#parts.openModel(modelUrl, backend, tagsPerSecond);
      this.#model = model;
      this.#info = { name: model.name, labels: model.labels, spec: model.spec, backend: report };
      this.#phase = 'ready';
      return this.#info;
    } catch (error) {
      this.#phase = 'empty';
      throw error;
    }
  }

  async listen(
    port: MessagePort,
    sampleRateHz: number,
    onTags: (tags: Tags) => void,
    onFailure: (failure: TaggingFailure) => void,
  ): Promise<void> {
    const { spec } = this.#readyModel();
    const resample = await createResampler(sampleRateHz, spec.sampleRateHz);
    await this.stop();
    const listening: Listening = {
      port,
      resample,
      live: new LiveWindow(spec),
      clock: new TagClock(this.#tagsPerSecond),
      window: new Float32Array(spec.frames * spec.melBands),
      onTags,
      onFailure,
      newest: undefined,
      newestAtMs: 0,
      predicting: false,
    };
    this.#listening = listening;
    this.#phase = 'listening';
    port.onmessage = ({ data }: MessageEvent<HopMessage>) => this.#takeHop(listening, data);
  }

  async stop(): Promise<void> {
    if (this.#listening === undefined) return;
    this.#listening.port.close();
    this.#listening = undefined;
    this.#phase = 'ready';
  }

  async setTagsPerSecond(tagsPerSecond: number): Promise<void> {
    checkRate(tagsPerSecond);
    this.#tagsPerSecond = tagsPerSecond;
    this.#listening?.clock.setRate(tagsPerSecond);
  }

  async tag(samples: Float32Array): Promise<Float32Array> {
    const model = this.#readyModel();
    const windows = clipWindows(samples, model.spec, WINDOWS_PER_CLIP);
    const count = windows.length / (model.spec.frames * model.spec.melBands);
    return poolWindows(await model.predict(windows, count), model.labels.length);
  }

  async state(): Promise<TaggerState> {
    const tensors = this.#parts.tensorCount();
    return this.#info === undefined
      ? { phase: this.#phase, tensors }
      : { phase: this.#phase, tensors, model: this.#info };
  }

  #readyModel(): LoadedModel {
    if (this.#model === undefined) throw new Error('no model is loaded: call load() first');
    return this.#model;
  }

  #takeHop(listening: Listening, hop: HopMessage): void {
    listening.live.push(listening.resample(hop.samples));
    listening.newest = hop;
    listening.newestAtMs = performance.timeOrigin + performance.now();
    // The array goes back to the worklet to be filled again.
    listening.port.postMessage(hop.samples, [hop.samples.buffer]);
    // With more hops waiting in the worklet this window would be stale.
    if (hop.waitingHops > 0 || listening.predicting || !listening.clock.isDue(hop.endSeconds)) return;
    listening.predicting = true;
    // Hops that this thread has been sent already come first: they belong into the window.
    setTimeout(() => void this.#tagNewest(listening));
  }

  async #tagNewest(listening: Listening): Promise<void> {
    const { live, clock, window, onTags, onFailure } = listening;
    try {
      // Stopped, or stopped and started again, while this call was on its way.
      if (this.#listening !== listening) return;
      const { endSeconds, droppedHops } = listening.newest as HopMessage;
      const heardAtMs = listening.newestAtMs;
      live.copyWindow(window);
      const arrival = live.takeArrival();
      clock.tagged(endSeconds);
      const start = performance.now();
      const probabilities = await this.#readyModel().predict(window, 1);
      const modelMs = performance.now() - start;
      if (this.#listening !== listening) return;
      onTags({
        probabilities,
        ...arrival,
        windowEndSeconds: endSeconds,
        heardAtMs,
        modelMs,
        tagsPerSecond: clock.tagsPerSecond,
        droppedHops,
      });
    } catch (cause) {
      // A prediction that was stopped has nobody left to tell, and must not end what was started since.
      if (this.#listening !== listening) return;
      // Reported once, then silence: the page asks the person what to do instead of failing several times a second.
      await this.stop();
      const { name, message } = new EarmarkError(
        'tagging-failed',
        `Tagging stopped because the network could not be run (${(cause as Error).message}). ` +
          'Press “Restart” to start it anew.',
      );
      onFailure({ name, message });
    } finally {
      listening.predicting = false;
    }
  }
}
