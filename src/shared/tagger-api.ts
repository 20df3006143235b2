import type { BackendChoice, BackendReport } from './backend';
import type { FeatureSpec } from './feature-spec';
import type { Label } from './label';

/** What the page needs to know of a loaded model. */
export interface ModelInfo {
  /** Folder name: `earmark-52`. */
  readonly name: string;
  /** In the order of the probabilities. */
  readonly labels: readonly Label[];
  readonly spec: FeatureSpec;
  readonly backend: BackendReport;
}

/** One result of live tagging. */
export interface Tags {
  /** One probability a label, in the order of the model's labels, each independent of the others. */
  readonly probabilities: Float32Array;
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

/** Live tagging ended by itself: `message` is a sentence for the person. */
export interface TaggingFailure {
  readonly name: string;
  readonly message: string;
}

/**
 * What the worker offers over Comlink. Errors are {@link EarmarkError}s: their `name` is a problem code.
 */
export interface TaggerApi {
  /**
   * Loads the model folder at `modelUrl` (absolute, ending in `/`) and chooses a backend. Stops listening first.
   *
   * @throws model-missing, model-damaged, no-backend.
   */
  load(modelUrl: string, backend: BackendChoice, tagsPerSecond: number): Promise<ModelInfo>;
  /**
   * Tags what arrives at `port` (`HopMessage`s of samples at `sampleRateHz`) until `stop`.
   *
   * `onFailure` is called at most once: then listening has ended. @throws Error when no model is loaded.
   */
  listen(
    port: MessagePort,
    sampleRateHz: number,
    onTags: (tags: Tags) => void,
    onFailure: (failure: TaggingFailure) => void,
  ): Promise<void>;
  /** Stops listening; does nothing when it is not. */
  stop(): Promise<void>;
  /** 1 to 20. @throws RangeError outside. */
  setTagsPerSecond(tagsPerSecond: number): Promise<void>;
  /**
   * Tags a recording: mono samples at the model's rate.
   *
   * @returns probabilities, one a label: half the mean, half the maximum over evenly spaced windows.
   */
  tag(samples: Float32Array): Promise<Float32Array>;
  state(): Promise<TaggerState>;
}
