/** Durations and results of two forward passes of a network on one backend. */
export interface ForwardPasses {
  readonly parameters: number;
  /** Bytes of the tensors that TensorFlow.js holds between two passes: the weights before the head. */
  readonly tensorBytes: number;
  /** Bytes of the backend's textures or buffers, if it computes on a graphics device. */
  readonly gpuBytes?: number;
  /** Until the weights are passed to the backend. Graphics backends upload them when they first compute. */
  readonly loadMs: number;
  readonly firstMs: number;
  /** Missing if the first one took longer than a minute. */
  readonly nextMs?: number;
  readonly logits: readonly number[];
  /** The software renderer, if one is used. */
  readonly renderer?: string;
}
