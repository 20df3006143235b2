import { transfer } from 'comlink';
import { clipWindows, WINDOWS_PER_CLIP } from '../dsp/clip-windows';
import { resample } from '../dsp/resampler';
import { clipProbabilities } from '../metrics/pooling';
import type { TrainableModel } from '../model/engine/loaded-model';
import type { Exemplars } from '../model/folder/exemplars';
import type { BackendChoice, BackendReport } from '../shared/contracts/backend';
import { defaultEventRules, type EventRules } from '../shared/contracts/diary/event-rules';
import type { HeardReport } from '../shared/contracts/diary/heard';
import type { Problem } from '../shared/contracts/messages/problem';
import { windowSamples } from '../shared/contracts/model/feature-spec';
import type { Head, TrainingProgress, TrainingRequest } from '../shared/contracts/model/head';
import { REMEMBERED_SECONDS } from '../shared/contracts/recent-past';
import { isWithin, settingLimits } from '../shared/contracts/setting-limits';
import type {
  CapturedSound,
  HeadChoice,
  HeldSound,
  ModelInfo,
  TaggerApi,
  TaggerPhase,
  TaggerState,
  Tags,
} from '../shared/contracts/tagger-api';
import { fromInt16 } from '../shared/lib/files/wav';
import { badMessage } from './checked-tagger';
import { embedClip } from './clip-embedding';
import { DiaryKeeper } from './diary/diary-keeper';
import { ActiveHeads } from './live/active-heads';
import { type Heard, Listening } from './live/listening';
import { RecentSound } from './live/recent-sound';
import { HeadTrainer } from './training/head-trainer';

/** External dependencies of the tagger; tests pass their own. */
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
  /**
   * Resolves with what is known about it once the model's graphics device is lost. Never resolves without such a
   * device.
   */
  deviceLost(): Promise<string>;
}

/** The model in use and what belongs to it. */
interface Loaded {
  readonly model: TrainableModel;
  readonly info: ModelInfo;
  readonly trainer: HeadTrainer;
  heads: ActiveHeads;
}

function checkRate(tagsPerSecond: number): void {
  if (isWithin(tagsPerSecond, settingLimits.tagsPerSecond)) return;
  const { least, most } = settingLimits.tagsPerSecond;
  throw new RangeError(`tags per second must lie between ${least} and ${most}, not ${tagsPerSecond}`);
}

/** The worker's main object: owns the model, listens with it, and trains heads for it. */
export class Tagger implements TaggerApi {
  readonly #parts: TaggerParts;
  #phase: TaggerPhase = 'empty';
  #loaded: Loaded | undefined;
  #tagsPerSecond = 8;
  #noiseFloorDb: number | null = null;
  #eventRules: EventRules = defaultEventRules;
  /** The newest listening session. It stays after its end, so that a sound can still be kept. */
  #newest: Listening | undefined;
  /** Its diary. */
  #diary: DiaryKeeper | undefined;

  constructor(parts: TaggerParts) {
    this.#parts = parts;
  }

  async load(modelUrl: string, backend: BackendChoice, tagsPerSecond: number): Promise<ModelInfo> {
    checkRate(tagsPerSecond);
    if (this.#phase === 'loading') throw badMessage('a model is being loaded already');
    await this.stop();
    // Its tensors are on the backend that is about to be replaced.
    await this.stopTraining();
    this.#loaded?.model.dispose();
    this.#loaded = undefined;
    this.#tagsPerSecond = tagsPerSecond;
    this.#phase = 'loading';
    try {
      const { model, report } = await this.#parts.openModel(modelUrl, backend, tagsPerSecond);
      const info = modelInfo(model, report);
      const trainer = new HeadTrainer(model, () => this.#parts.openExemplars(modelUrl, model));
      this.#loaded = { model, info, trainer, heads: ActiveHeads.of([], model.folder) };
      this.#phase = 'ready';
      return info;
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
    onFailure: (problem: Problem) => void,
    onHeard: (report: HeardReport) => void,
  ): Promise<void> {
    const { model } = this.#ready();
    await this.stop();
    const sound = new RecentSound(sampleRateHz);
    this.#diary = new DiaryKeeper({
      model: { name: model.name, backbone: model.folder.backbone },
      sound,
      sampleRateHz,
      windowSeconds: windowSamples(model.spec) / model.spec.sampleRateHz,
      rules: this.#eventRules,
      onHeard,
    });
    this.#newest = new Listening({
      model,
      port,
      sampleRateHz,
      sound,
      events: this.#diary,
      tagsPerSecond: this.#tagsPerSecond,
      noiseFloorDb: this.#noiseFloorDb,
      heads: () => this.#ready().heads,
      onTags,
      // Reported once, then silence, instead of failing several times a second.
      onFailure: async (cause) => {
        await this.stop();
        onFailure({ code: 'tagging-failed', detail: (cause as Error).message });
      },
    });
    this.#phase = 'listening';
  }

  async stop(): Promise<void> {
    if (this.#phase !== 'listening') return;
    this.#newest?.stop();
    this.#phase = 'ready';
  }

  async setTagsPerSecond(tagsPerSecond: number): Promise<void> {
    checkRate(tagsPerSecond);
    this.#tagsPerSecond = tagsPerSecond;
    if (this.#phase === 'listening') this.#newest?.setTagsPerSecond(tagsPerSecond);
  }

  async setNoiseFloor(levelDb: number | null): Promise<void> {
    this.#noiseFloorDb = levelDb;
    if (this.#phase === 'listening') this.#newest?.setNoiseFloor(levelDb);
  }

  async setEventRules(rules: EventRules): Promise<void> {
    this.#eventRules = rules;
    if (this.#phase === 'listening') this.#diary?.setRules(rules);
  }

  async tag(samples: Float32Array): Promise<Float32Array> {
    const { model, heads } = this.#ready();
    const windows = clipWindows(samples, model.spec, WINDOWS_PER_CLIP);
    const count = windows.length / (model.spec.frames * model.spec.melBands);
    const { probabilities } = heads.apply(await model.embedWindows(windows, count));
    return clipProbabilities(probabilities, heads.active.head.calibration);
  }

  async setHeads(heads: readonly HeadChoice[]): Promise<void> {
    const loaded = this.#ready();
    loaded.heads = ActiveHeads.of(heads, loaded.model.folder);
  }

  async keepRecent(seconds: number): Promise<CapturedSound> {
    const { sound, sampleRateHz } = this.#heard();
    return handedOver({ samples: sound.last(seconds), sampleRateHz });
  }

  async holdRecent(): Promise<HeldSound> {
    const { sound, sampleRateHz, endSeconds } = this.#heard();
    return handedOver({ samples: sound.last(REMEMBERED_SECONDS), sampleRateHz, endSeconds });
  }

  async startRecording(): Promise<void> {
    this.#heard().sound.mark();
  }

  async finishRecording(): Promise<CapturedSound> {
    const { sound, sampleRateHz } = this.#heard();
    return handedOver({ samples: sound.takeSinceMark(), sampleRateHz });
  }

  async embedClip({ samples, sampleRateHz }: CapturedSound): Promise<Float32Array> {
    const { model } = this.#ready();
    return embedClip(model, await resample(fromInt16(samples), sampleRateHz, model.spec.sampleRateHz));
  }

  async trainHead(
    request: TrainingRequest,
    onProgress: (progress: TrainingProgress) => void,
  ): Promise<Head | undefined> {
    return this.#ready().trainer.train(request, onProgress);
  }

  async stopTraining(): Promise<void> {
    await this.#loaded?.trainer.stop();
  }

  async exportHead(head: Head): Promise<Blob> {
    const { writeHeadFile } = await import('../model/head/head-file');
    return writeHeadFile(this.#ready().model.folder, head);
  }

  async importHead(zip: Blob, name: string): Promise<Head> {
    const { readHeadFile } = await import('../model/head/head-file');
    return readHeadFile(this.#ready().model.folder, zip, name);
  }

  async state(): Promise<TaggerState> {
    const tensors = this.#parts.tensorCount();
    return this.#loaded === undefined
      ? { phase: this.#phase, tensors }
      : { phase: this.#phase, tensors, model: this.#loaded.info };
  }

  #ready(): Loaded {
    if (this.#loaded === undefined) throw badMessage('no model is loaded: call load() first');
    return this.#loaded;
  }

  #heard(): Heard {
    if (this.#newest === undefined) throw badMessage('nothing was listened to: call listen() first');
    return this.#newest.heard;
  }
}

/** Transfers the samples to the page without copying them. */
function handedOver<Sound extends CapturedSound>(sound: Sound): Sound {
  return transfer(sound, [sound.samples.buffer]);
}

function modelInfo({ name, labels, spec, folder }: TrainableModel, backend: BackendReport): ModelInfo {
  const { backbone, thresholds, figures } = folder;
  return { name, labels, spec, backbone, backend, ...(thresholds && { thresholds }), ...(figures && { figures }) };
}
