import { transfer } from 'comlink';
import { clipWindows, WINDOWS_PER_CLIP } from '../dsp/clip-windows';
import { poolWindows } from '../metrics/pooling';
import type { TrainableModel } from '../model/engine/loaded-model';
import type { Exemplars } from '../model/folder/exemplars';
import type { BackendChoice, BackendReport } from '../shared/contracts/backend';
import { type HopMessage, isHopMessage } from '../shared/contracts/capture-messages';
import { windowSamples } from '../shared/contracts/feature-spec';
import type { Head, TrainingProgress, TrainingRequest } from '../shared/contracts/head';
import { EarmarkError } from '../shared/contracts/problem';
import type {
  CapturedSound,
  HeadChoice,
  HeldSound,
  ModelInfo,
  TaggerApi,
  TaggerPhase,
  TaggerState,
  TaggingFailure,
  Tags,
} from '../shared/contracts/tagger-api';
import { ActiveHeads } from './active-heads';
import { badMessage } from './checked-tagger';
import { embedClip } from './clip-embedding';
import { LiveEmbedder } from './live-embedder';
import { LiveWindow } from './live-window';
import { NoiseGate } from './noise-gate';
import { LONGEST_LOOK_BACK_SECONDS, RecentSound } from './recent-sound';
import { createResampler, type Resampler } from './resampler';
import { TagClock } from './tag-clock';
import { trainHead } from './train-head';

const SLOWEST_TAGS_PER_SECOND = 1;
const FASTEST_TAGS_PER_SECOND = 20;

/** What the tagger needs from outside; tests pass their own. */
export interface TaggerParts {
  /** Fetches a model folder and puts it on a backend. @throws EarmarkError. */
  openModel(
    modelUrl: string,
    backend: BackendChoice,
    tagsPerSecond: number,
  ): Promise<{ model: TrainableModel; report: BackendReport }>;
  /** Fetches a model's exemplars. @throws EarmarkError. */
  openExemplars(modelUrl: string, model: TrainableModel): Promise<Exemplars>;
  tensorCount(): number;
  /** Resolves, with what is known of it, once the model's graphics device is lost; never, where it has none. */
  deviceLost(): Promise<string>;
}

/** One stretch of listening. */
interface Listening {
  readonly port: MessagePort;
  readonly resample: Resampler;
  readonly live: LiveWindow;
  readonly embedder: LiveEmbedder;
  readonly heard: Heard;
  readonly clock: TagClock;
  readonly gate: NoiseGate;
  readonly hopSeconds: number;
  readonly onTags: (tags: Tags) => void;
  readonly onFailure: (failure: TaggingFailure) => void;
  newest: HopMessage | undefined;
  /** When `newest` came, on the clock that all threads share. */
  newestAtMs: number;
  predicting: boolean;
}

/** What one stretch of listening has heard. */
interface Heard {
  readonly sound: RecentSound;
  readonly sampleRateHz: number;
  /** Audio clock at the end of the newest sample. */
  endSeconds: number;
}

/** One training under way. */
interface Training {
  stopped: boolean;
  /** Never fails. */
  readonly ended: Promise<void>;
}

/** What a person is told of a training that failed, be it for want of memory. */
function trainingFailure(cause: unknown): EarmarkError {
  if (cause instanceof EarmarkError) return cause;
  return new EarmarkError(
    'training-failed',
    `The training could not be finished (${(cause as Error).message}), most likely because the memory was full. ` +
      'Close other tabs and programs, or train with fewer clips. Your clips and heads are as they were.',
    { cause },
  );
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
  #model: TrainableModel | undefined;
  #modelUrl = '';
  #info: ModelInfo | undefined;
  #heads: ActiveHeads | undefined;
  #exemplars: Promise<Exemplars> | undefined;
  #training: Training | undefined;
  /** What the newest listening has heard; it stays after the end, so that a sound can still be kept. */
  #recent: Heard | undefined;
  #tagsPerSecond = 8;
  #noiseFloorDb: number | null = null;
  #listening: Listening | undefined;

  constructor(parts: TaggerParts) {
    this.#parts = parts;
  }

  async load(modelUrl: string, backend: BackendChoice, tagsPerSecond: number): Promise<ModelInfo> {
    checkRate(tagsPerSecond);
    if (this.#phase === 'loading') throw badMessage('a model is being loaded already');
    await this.stop();
    // Its tensors are on the backend that is about to be left.
    await this.stopTraining();
    this.#model?.dispose();
    this.#model = undefined;
    this.#modelUrl = modelUrl;
    this.#info = undefined;
    this.#heads = undefined;
    this.#exemplars = undefined;
    this.#tagsPerSecond = tagsPerSecond;
    this.#phase = 'loading';
    try {
      const { model, report } = await this.#parts.openModel(modelUrl, backend, tagsPerSecond);
      this.#model = model;
      this.#heads = ActiveHeads.of([], model.folder);
      const { name, labels, spec, folder } = model;
      const { backbone, thresholds, figures } = folder;
      this.#info = {
        name,
        labels,
        spec,
        backbone,
        backend: report,
        ...(thresholds && { thresholds }),
        ...(figures && { figures }),
      };
      this.#phase = 'ready';
      return this.#info;
    } catch (error) {
      this.#phase = 'empty';
      throw error;
    }
  }

  async backendLost(): Promise<string> {
    return this.#parts.deviceLost();
  }

  async listen(
    port: MessagePort,
    sampleRateHz: number,
    onTags: (tags: Tags) => void,
    onFailure: (failure: TaggingFailure) => void,
  ): Promise<void> {
    const model = this.#readyModel();
    const { spec } = model;
    const resample = await createResampler(sampleRateHz, spec.sampleRateHz);
    await this.stop();
    const heard: Heard = { sound: new RecentSound(sampleRateHz), sampleRateHz, endSeconds: 0 };
    this.#recent = heard;
    const live = new LiveWindow(spec);
    const listening: Listening = {
      port,
      resample,
      live,
      embedder: new LiveEmbedder(model, live, this.#tagsPerSecond),
      heard,
      clock: new TagClock(this.#tagsPerSecond),
      gate: new NoiseGate(windowSamples(spec) / spec.sampleRateHz, this.#noiseFloorDb),
      hopSeconds: spec.hopSamples / spec.sampleRateHz,
      onTags,
      onFailure,
      newest: undefined,
      newestAtMs: 0,
      predicting: false,
    };
    this.#listening = listening;
    this.#phase = 'listening';
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isHopMessage(data)) this.#takeHop(listening, data);
      else void this.#fail(listening, new TypeError('what came from the microphone is no sound'));
    };
  }

  async stop(): Promise<void> {
    if (this.#listening === undefined) return;
    this.#listening.port.close();
    this.#listening.embedder.dispose();
    this.#listening = undefined;
    this.#phase = 'ready';
  }

  async setTagsPerSecond(tagsPerSecond: number): Promise<void> {
    checkRate(tagsPerSecond);
    this.#tagsPerSecond = tagsPerSecond;
    this.#listening?.clock.setRate(tagsPerSecond);
    this.#listening?.embedder.setRate(tagsPerSecond);
  }

  async setNoiseFloor(levelDb: number | null): Promise<void> {
    this.#noiseFloorDb = levelDb;
    this.#listening?.gate.setFloor(levelDb);
  }

  async tag(samples: Float32Array): Promise<Float32Array> {
    const model = this.#readyModel();
    const windows = clipWindows(samples, model.spec, WINDOWS_PER_CLIP);
    const count = windows.length / (model.spec.frames * model.spec.melBands);
    const { probabilities } = this.#readyHeads().apply(await model.embedWindows(windows, count));
    return poolWindows(probabilities, probabilities.length / count);
  }

  async setHeads(heads: readonly HeadChoice[]): Promise<void> {
    this.#heads = ActiveHeads.of(heads, this.#readyModel().folder);
  }

  async keepRecent(seconds: number): Promise<CapturedSound> {
    const { sound, sampleRateHz } = this.#heard();
    return { samples: sound.last(seconds), sampleRateHz };
  }

  async holdRecent(): Promise<HeldSound> {
    const { sound, sampleRateHz, endSeconds } = this.#heard();
    const samples = sound.lastIntegers(LONGEST_LOOK_BACK_SECONDS);
    return transfer({ samples, sampleRateHz, endSeconds }, [samples.buffer]);
  }

  async startRecording(): Promise<void> {
    this.#heard().sound.mark();
  }

  async finishRecording(): Promise<CapturedSound> {
    const { sound, sampleRateHz } = this.#heard();
    return { samples: sound.takeSinceMark(), sampleRateHz };
  }

  async embedClip(samples: Float32Array): Promise<Float32Array> {
    return embedClip(this.#readyModel(), samples);
  }

  async trainHead(
    request: TrainingRequest,
    onProgress: (progress: TrainingProgress) => void,
  ): Promise<Head | undefined> {
    const model = this.#readyModel();
    if (this.#training !== undefined) throw badMessage('a head is being trained already');
    let end = (): void => {};
    const training: Training = { stopped: false, ended: new Promise((resolve) => (end = resolve)) };
    this.#training = training;
    try {
      const exemplars = await this.#readyExemplars(model);
      const shouldStop = (): boolean => training.stopped;
      return await trainHead(request, { folder: model.folder, exemplars, onProgress, shouldStop });
    } catch (error) {
      throw trainingFailure(error);
    } finally {
      this.#training = undefined;
      end();
    }
  }

  async stopTraining(): Promise<void> {
    if (this.#training === undefined) return;
    this.#training.stopped = true;
    await this.#training.ended;
  }

  async exportHead(head: Head): Promise<Blob> {
    const { writeHeadFile } = await import('../model/head/head-file');
    return writeHeadFile(this.#readyModel().folder, head);
  }

  async importHead(zip: Blob, name: string): Promise<Head> {
    const { readHeadFile } = await import('../model/head/head-file');
    return readHeadFile(this.#readyModel().folder, zip, name);
  }

  async state(): Promise<TaggerState> {
    const tensors = this.#parts.tensorCount();
    return this.#info === undefined
      ? { phase: this.#phase, tensors }
      : { phase: this.#phase, tensors, model: this.#info };
  }

  #readyModel(): TrainableModel {
    if (this.#model === undefined) throw badMessage('no model is loaded: call load() first');
    return this.#model;
  }

  #readyHeads(): ActiveHeads {
    if (this.#heads === undefined) throw badMessage('no model is loaded: call load() first');
    return this.#heads;
  }

  #heard(): Heard {
    if (this.#recent === undefined) throw badMessage('nothing was listened to: call listen() first');
    return this.#recent;
  }

  /** The model's exemplars, fetched once; after a failure they are fetched anew. */
  #readyExemplars(model: TrainableModel): Promise<Exemplars> {
    this.#exemplars ??= this.#parts.openExemplars(this.#modelUrl, model).catch((error: unknown) => {
      this.#exemplars = undefined;
      throw error;
    });
    return this.#exemplars;
  }

  #takeHop(listening: Listening, hop: HopMessage): void {
    const lostHops = listening.newest === undefined ? 0 : hop.droppedHops - listening.newest.droppedHops;
    const { heard } = listening;
    if (lostHops > 0) heard.sound.skip(lostHops * hop.samples.length);
    heard.sound.push(hop.samples);
    heard.endSeconds = hop.endSeconds;
    listening.live.push(listening.resample(hop.samples));
    listening.newest = hop;
    listening.newestAtMs = performance.timeOrigin + performance.now();
    // The array goes back to the worklet to be filled again.
    listening.port.postMessage(hop.samples, [hop.samples.buffer]);
    // With more hops waiting in the worklet this window would be stale.
    if (hop.waitingHops > 0 || listening.predicting || !listening.clock.isDue(hop.endSeconds)) return;
    if (!listening.embedder.isReady) return;
    listening.predicting = true;
    // Hops that this thread has been sent already come first: they belong into the window.
    setTimeout(() => void this.#tagNewest(listening));
  }

  async #tagNewest(listening: Listening): Promise<void> {
    const { live, embedder, clock, gate, hopSeconds, onTags } = listening;
    try {
      // Stopped, or stopped and started again, while this call was on its way.
      if (this.#listening !== listening) return;
      const { endSeconds, droppedHops } = listening.newest as HopMessage;
      const heardAtMs = listening.newestAtMs;
      clock.tagged(endSeconds);
      const start = performance.now();
      const arrival = embedder.takeArrival();
      const isResting = !gate.hears(arrival.loudestDb, endSeconds);
      // Columns that came since the last whole stride are part of the next window.
      const waitingSeconds = live.waitingColumns * hopSeconds;
      if (isResting) embedder.rest();
      const answers = isResting
        ? this.#readyHeads().silence()
        : this.#readyHeads().apply(await embedder.embed(arrival));
      const modelMs = performance.now() - start;
      if (this.#listening !== listening) return;
      onTags({
        ...answers,
        isResting,
        columns: arrival.columns,
        levelDb: arrival.levelDb,
        windowEndSeconds: endSeconds - waitingSeconds,
        heardAtMs: heardAtMs - 1000 * waitingSeconds,
        modelMs,
        tagsPerSecond: clock.tagsPerSecond,
        droppedHops,
      });
    } catch (cause) {
      await this.#fail(listening, cause);
    } finally {
      listening.predicting = false;
    }
  }

  /** Ends a listening that cannot go on. Reported once, then silence, instead of failing several times a second. */
  async #fail(listening: Listening, cause: unknown): Promise<void> {
    // What was stopped has nobody left to tell, and must not end what was started since.
    if (this.#listening !== listening) return;
    await this.stop();
    const { name, message } = new EarmarkError(
      'tagging-failed',
      `Tagging stopped because the network could not be run (${(cause as Error).message}). ` +
        'Press “Restart” to start it anew.',
    );
    listening.onFailure({ name, message });
  }
}
