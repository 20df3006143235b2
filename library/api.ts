import type { DetectionChange } from '../src/events/detector';

/** What computes: `auto` takes the first of these that is fast enough. In Node there is `wasm` only. */
export type Backend = 'auto' | 'webgpu' | 'webgl' | 'wasm' | 'cpu';

export interface TaggerOptions {
  /**
   * In Node: a model that comes with Earmark, or the path of a model folder, with a slash. In a browser: the address of
   * a model folder, ending in `/`; the package has them in `models/`. Default in Node: `earmark-120`.
   */
  readonly model?: string;
  readonly backend?: Backend;
  /** The probability from which a label counts as heard. `auto`: what was measured to be best for each label. */
  readonly threshold?: 'auto' | number;
}

/** One sound that a model can recognise. */
export interface TaggerLabel {
  /** Stable id, such as `crying_baby`. */
  readonly id: string;
  /** The name that people read. */
  readonly name: string;
}

/** What was heard in one window of sound. */
export interface TaggedWindow {
  /** End of the window, in seconds since the first sample. */
  readonly endSeconds: number;
  /** In dB of full scale; −Infinity for digital silence. */
  readonly levelDb: number;
  /** One calibrated probability per label, in the order of the tagger’s labels. */
  readonly probabilities: Float32Array;
}

/** One sounding of one label. Times are seconds since the first sample. */
export interface TaggedEvent {
  readonly id: string;
  readonly label: string;
  readonly labelName: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** The highest one of the event. */
  readonly probability: number;
  readonly meanProbability: number;
  readonly peakLevelDb: number;
  readonly threshold: number;
}

/** `start` comes first and `end` last; `update`s between them tell that it still sounds. All have the same id. */
export interface EventChange {
  readonly kind: DetectionChange['kind'];
  readonly event: TaggedEvent;
}

export interface TaggedSound {
  readonly windows: readonly TaggedWindow[];
  readonly events: readonly TaggedEvent[];
}

export interface ListenOptions {
  /** Of the samples that come. A `MediaStream` needs none. Default: the model’s. */
  readonly sampleRateHz?: number;
  onWindow?(window: TaggedWindow): void;
  onEvent?(change: EventChange): void;
}

/** Listening that goes on. */
export interface Listening {
  /** Resolves when it has ended; rejects if it had to. */
  readonly ended: Promise<void>;
  /** Ends it, and the events that still sound. */
  stop(): Promise<void>;
}

/** A model, ready to tag. `Source` is what it can listen to. */
export interface Tagger<Source> {
  readonly model: string;
  /** The backend that was taken. */
  readonly backend: string;
  readonly labels: readonly TaggerLabel[];
  /** Sound at this rate need not be converted. */
  readonly sampleRateHz: number;
  /** Tags a whole sound: mono samples between −1 and 1, at any rate from 2 to 500 kHz. */
  tag(samples: Float32Array, sampleRateHz: number): Promise<TaggedSound>;
  /** Tags live sound until it ends or is stopped. A port gets arrays of mono samples; `null` ends it. */
  listen(source: Source, options: ListenOptions): Promise<Listening>;
  /** Frees what it holds. */
  dispose(): Promise<void>;
}
