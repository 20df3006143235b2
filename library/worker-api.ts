import type { Backend, EventChange, TaggedSound, TaggedWindow, TaggerLabel, TaggerOptions } from './api';

/** What the library's worker knows of the model that it opened. */
export interface OpenedModel {
  readonly model: string;
  readonly backend: string;
  readonly labels: readonly TaggerLabel[];
  readonly sampleRateHz: number;
  /** For the worklet. */
  readonly hopSamples: number;
  readonly frames: number;
}

/** What the library's page and its worker say to each other. */
export interface LibraryWorkerApi {
  open(modelUrl: string, backend: Backend, threshold: TaggerOptions['threshold']): Promise<OpenedModel>;
  tag(samples: Float32Array, sampleRateHz: number): Promise<TaggedSound>;
  /** @param piecesPort where the capture worklet sends. */
  listen(
    piecesPort: MessagePort,
    sampleRateHz: number,
    onWindow: (window: TaggedWindow) => void,
    onEvent: (change: EventChange) => void,
    onFailure: (message: string) => void,
  ): Promise<void>;
  stop(): Promise<void>;
}
