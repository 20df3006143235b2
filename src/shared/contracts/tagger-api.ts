import type { BackendChoice, BackendReport } from './backend';
import type { EventRules } from './diary/event-rules';
import type { HeardReport } from './diary/heard';
import type { Problem } from './messages/problem';
import type { FeatureSpec } from './model/feature-spec';
import type { Head, TrainingProgress, TrainingRequest } from './model/head';
import type { Label } from './model/label';
import type { ModelFigures, Thresholds } from './model/model-figures';

/** What the page needs to know about a loaded model. */
export interface ModelInfo {
  /** Folder name: `earmark-52`. */
  readonly name: string;
  /** In the order of the probabilities. */
  readonly labels: readonly Label[];
  readonly spec: FeatureSpec;
  /** Identifies the weights before the head. Embeddings and heads of one backbone are meaningless for another. */
  readonly backbone: string;
  readonly backend: BackendReport;
  /** Absent if the model's folder has none. */
  readonly thresholds?: Thresholds;
  readonly figures?: ModelFigures;
}

/** The model's own head, or one trained by a person. */
export type HeadChoice = 'shipped' | Head;

/** Mono sound as stored. */
export interface CapturedSound {
  /** 16-bit, see `wav.ts`. */
  readonly samples: Int16Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

/** Mono sound heard earlier, with its place on the audio clock. */
export interface HeldSound extends CapturedSound {
  /** Audio clock at the end of the last sample, like `Tags.windowEndSeconds`. */
  readonly endSeconds: number;
}

/** One result of live tagging. */
export interface Tags {
  /** One probability per label, in the order of the active head's labels, each independent of the others. */
  readonly probabilities: Float32Array;
  /** Id of the active head; `shipped` is the model's own. */
  readonly head: string;
  /** A second head's result for the same window. */
  readonly compared?: { readonly head: string; readonly probabilities: Float32Array };
  /**
   * Whether the network is paused because the whole window is quieter than the noise floor; then all probabilities are
   * 0.
   */
  readonly isResting: boolean;
  /** Normalised log-mel columns since the last result, oldest first, [columns, melBands]. */
  readonly columns: Float32Array;
  /** Audio clock (`AudioContext.currentTime`) of the window's newest sample, in seconds. */
  readonly windowEndSeconds: number;
  /** When that sample reached the worker, in milliseconds since the epoch (`performance.timeOrigin` + `now()`). */
  readonly heardAtMs: number;
  /** Root mean square of the samples since the last result, in dBFS; −Infinity for digital silence. */
  readonly levelDb: number;
  /** How long the network took for this window, in milliseconds. */
  readonly modelMs: number;
  /** Tags per second over the last few seconds; 0 until it can be measured. */
  readonly tagsPerSecond: number;
  /** Hops lost since listening began, because the worker was too slow for too long. */
  readonly droppedPieces: number;
}

export type TaggerPhase = 'empty' | 'loading' | 'ready' | 'listening';

export interface TaggerState {
  readonly phase: TaggerPhase;
  readonly model?: ModelInfo;
  /** Tensors that the backend holds, for leak tests. */
  readonly tensors: number;
}

/** What the worker offers over Comlink. Errors are {@link EarmarkError}s, carried by `error-transfer.ts`. */
export interface TaggerApi {
  /**
   * Loads the model folder at `modelUrl` (absolute, ending in `/`) and chooses a backend. Stops listening first.
   *
   * @throws model-missing, model-damaged, no-backend.
   */
  load(modelUrl: string, backend: BackendChoice, tagsPerSecond: number): Promise<ModelInfo>;
  /**
   * Resolves with what is known about it once the loaded model's graphics device is lost. Never resolves without such a
   * device.
   */
  backendLost(): Promise<string>;
  /**
   * Tags what arrives at `port` (`PieceMessage`s of samples at `sampleRateHz`) until `stop`.
   *
   * `onFailure` is called at most once; listening has then ended. `onHeard` is called for the last time when listening
   * ends. @throws Error if no model is loaded.
   */
  listen(
    port: MessagePort,
    sampleRateHz: number,
    onTags: (tags: Tags) => void,
    onFailure: (problem: Problem) => void,
    onHeard: (report: HeardReport) => void,
  ): Promise<void>;
  /** Stops listening. Does nothing if it is not listening. */
  stop(): Promise<void>;
  /** 1 to 20. @throws RangeError outside. */
  setTagsPerSecond(tagsPerSecond: number): Promise<void>;
  /**
   * Lets the network pause while the whole newest window is quieter than this level in dBFS (root mean square of a
   * hop). Null, the initial value: never.
   */
  setNoiseFloor(levelDb: number | null): Promise<void>;
  /** What makes an event, and which sounds of events are kept. Applies at once. */
  setEventRules(rules: EventRules): Promise<void>;
  /**
   * Tags a recording: mono samples at the model's rate.
   *
   * @returns one probability per label, of evenly spaced windows together: see `clipProbabilities`.
   */
  tag(samples: Float32Array): Promise<Float32Array>;
  /**
   * Chooses the heads that live tagging and `tag` use. The first is active; a second runs beside it. An empty list
   * means `shipped`, which `load` also restores.
   *
   * @throws head-of-other-model, head-damaged.
   */
  setHeads(heads: readonly HeadChoice[]): Promise<void>;
  /** The newest captured seconds, up to 120, also after `stop`. @throws Error if nothing was captured yet. */
  keepRecent(seconds: number): Promise<CapturedSound>;
  /** All of the remembered sound, to be played and kept in parts. @throws Error if nothing was captured yet. */
  holdRecent(): Promise<HeldSound>;
  /** Records what is captured from now on, up to a minute. @throws Error if nothing was captured yet. */
  startRecording(): Promise<void>;
  /** Ends the recording; empty if none was started. @throws Error if nothing was captured yet. */
  finishRecording(): Promise<CapturedSound>;
  /**
   * The backbone's embeddings of a clip of any rate, for {@link TrainingRequest}.
   *
   * @returns [positions, embedding size]: up to 12 windows that hold the clip's sound.
   */
  embedClip(sound: CapturedSound): Promise<Float32Array>;
  /**
   * Trains a head and measures it by cross-validation, while live tagging continues. With many clips, transfer their
   * embeddings' buffers.
   *
   * @returns undefined if it was stopped.
   * @throws too-few-clips, training-failed, training-diverged, clip-damaged, no-exemplars, exemplars-missing,
   * exemplars-damaged, exemplars-mismatched; bad-message while another training runs.
   */
  trainHead(request: TrainingRequest, onProgress: (progress: TrainingProgress) => void): Promise<Head | undefined>;
  /** Stops the training and waits for its end. Does nothing if there is none. */
  stopTraining(): Promise<void>;
  /** Packs a head as a zip that other pages can also load. @throws wrong-backbone. */
  exportHead(head: Head): Promise<Blob>;
  /** Reads such a zip. `name` is the file's name. @throws zip-damaged, head-file-damaged, wrong-backbone. */
  importHead(zip: Blob, name: string): Promise<Head>;
  state(): Promise<TaggerState>;
}
