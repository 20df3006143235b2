/** What two forward passes of a network on one backend took and gave. */
export interface ForwardPasses {
  readonly parameters: number;
  /** Bytes of the tensors that TensorFlow.js holds between two passes: the weights before the head. */
  readonly tensorBytes: number;
  /** Bytes of the backend's textures or buffers, where it computes on a graphics device. */
  readonly gpuBytes?: number;
  /** Until the weights are handed to the backend. Graphics backends fetch them when they first compute. */
  readonly loadMs: number;
  readonly firstMs: number;
  /** Missing where the first one took longer than a minute. */
  readonly nextMs?: number;
  readonly logits: readonly number[];
  /** The renderer that draws in software, where one does. */
  readonly renderer?: string;
}
