import type { BackendChoice, BackendReport } from './backend';
import type { Problem } from './messages/problem';
import type { FeatureSpec } from './model/feature-spec';
import type { Head, TrainingProgress, TrainingRequest } from './model/head';
import type { Label } from './model/label';
import type { ModelFigures, Thresholds } from './model/model-figures';

/** What the page needs to know of a loaded model. */
export interface ModelInfo {
  /** Folder name: `earmark-52`. */
  readonly name: string;
  /** In the order of the probabilities. */
  readonly labels: readonly Label[];
  readonly spec: FeatureSpec;
  /** Names the weights before the head: embeddings and heads of one backbone mean nothing to another one. */
  readonly backbone: string;
  readonly backend: BackendReport;
  /** Absent where the model's folder has none. */
  readonly thresholds?: Thresholds;
  readonly figures?: ModelFigures;
}

/** The model's own head, or one that a person has trained. */
export type HeadChoice = 'shipped' | Head;

/** Mono sound as it is kept. */
export interface CapturedSound {
  /** 16-bit, see `wav.ts`. */
  readonly samples: Int16Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

/** Mono sound that was heard a while ago, with its place on the audio clock. */
export interface HeldSound extends CapturedSound {
  /** Audio clock at the end of the last sample, as `Tags.windowEndSeconds`. */
  readonly endSeconds: number;
}

/** One result of live tagging. */
export interface Tags {
  /** One probability a label, in the order of the active head's labels, each independent of the others. */
  readonly probabilities: Float32Array;
  /** Id of the active head; `shipped` is the model's own. */
  readonly head: string;
  /** What a second head says of the same window. */
  readonly compared?: { readonly head: string; readonly probabilities: Float32Array };
  /** Whether the network rests, because all of the window is quieter than the noise floor; all probabilities are 0. */
  readonly isResting: boolean;
  /** Normalised log-mel columns that came since the last result, oldest first, [columns, melBands]. */
  readonly columns: Float32Array;
  /** Audio clock (`AudioContext.currentTime`) of the window's newest sample, in seconds. */
  readonly windowEndSeconds: number;
  /** When that sample reached the worker, in milliseconds since the epoch (`performance.timeOrigin` + `now()`). */
  readonly heardAtMs: number;
  /** Root mean square of the samples since the last result, in dB of full scale; −Infinity for digital silence. */
  readonly levelDb: number;
  /** What the network took for this window, in milliseconds. */
  readonly modelMs: number;
  /** Tags a second over the last seconds; 0 until it can be told. */
  readonly tagsPerSecond: number;
  /** Hops that were lost since listening began, because the worker was too slow for too long. */
  readonly droppedHops: number;
}

export type TaggerPhase = 'empty' | 'loading' | 'ready' | 'listening';

export interface TaggerState {
  readonly phase: TaggerPhase;
  readonly model?: ModelInfo;
  /** Tensors that the backend holds, for leak tests. */
  readonly tensors: number;
}

/**
 * What the worker offers over Comlink. Errors are {@link EarmarkError}s: `error-transfer.ts` carries them over.
 */
export interface TaggerApi {
  /**
   * Loads the model folder at `modelUrl` (absolute, ending in `/`) and chooses a backend. Stops listening first.
   *
   * @throws model-missing, model-damaged, no-backend.
   */
  load(modelUrl: string, backend: BackendChoice, tagsPerSecond: number): Promise<ModelInfo>;
  /** Resolves, with what is known of it, once the loaded model's graphics device is lost; never, where it has none. */
  backendLost(): Promise<string>;
  /**
   * Tags what arrives at `port` (`HopMessage`s of samples at `sampleRateHz`) until `stop`.
   *
   * `onFailure` is called at most once: then listening has ended. @throws Error when no model is loaded.
   */
  listen(
    port: MessagePort,
    sampleRateHz: number,
    onTags: (tags: Tags) => void,
    onFailure: (problem: Problem) => void,
  ): Promise<void>;
  /** Stops listening; does nothing when it is not. */
  stop(): Promise<void>;
  /** 1 to 20. @throws RangeError outside. */
  setTagsPerSecond(tagsPerSecond: number): Promise<void>;
  /**
   * Lets the network rest while all of the newest window is quieter than that, in dB of full scale (root mean square of
   * a hop); null: never, as it is at the start.
   */
  setNoiseFloor(levelDb: number | null): Promise<void>;
  /**
   * Tags a recording: mono samples at the model's rate.
   *
   * @returns probabilities, one a label: half the mean, half the maximum over evenly spaced windows.
   */
  tag(samples: Float32Array): Promise<Float32Array>;
  /**
   * Chooses the heads that live tagging and `tag` use: the first is the active one, a second is heard beside it. None is
   * the same as `shipped`, and that is what `load` goes back to.
   *
   * @throws head-of-other-model, head-damaged.
   */
  setHeads(heads: readonly HeadChoice[]): Promise<void>;
  /** The newest seconds that were captured, 120 at most, also after `stop`. @throws Error when nothing was listened to. */
  keepRecent(seconds: number): Promise<CapturedSound>;
  /** All of them, to be heard and kept in parts. @throws Error when nothing was listened to. */
  holdRecent(): Promise<HeldSound>;
  /** Records what is captured from now on, a minute at most. @throws Error when nothing was listened to. */
  startRecording(): Promise<void>;
  /** Ends the recording; empty where none was started. @throws Error when nothing was listened to. */
  finishRecording(): Promise<CapturedSound>;
  /**
   * What the backbone makes of a clip of any rate, for {@link TrainingRequest}.
   *
   * @returns [positions, embedding size]: up to 12 windows that hold the clip's sound.
   */
  embedClip(sound: CapturedSound): Promise<Float32Array>;
  /**
   * Trains a head and measures it by cross-validation; live tagging goes on meanwhile. With many clips, transfer their
   * embeddings' buffers.
   *
   * @returns undefined where it was stopped.
   * @throws too-few-clips, training-failed, training-diverged, clip-damaged, no-exemplars, exemplars-missing,
   *   exemplars-damaged, exemplars-mismatched; bad-message while another one runs.
   */
  trainHead(request: TrainingRequest, onProgress: (progress: TrainingProgress) => void): Promise<Head | undefined>;
  /** Stops the training and waits for its end; does nothing when there is none. */
  stopTraining(): Promise<void>;
  /** Packs a head as a zip that other pages can load as well. @throws wrong-backbone. */
  exportHead(head: Head): Promise<Blob>;
  /** Reads such a zip. `name` is the file's. @throws zip-damaged, head-file-damaged, wrong-backbone. */
  importHead(zip: Blob, name: string): Promise<Head>;
  state(): Promise<TaggerState>;
}
