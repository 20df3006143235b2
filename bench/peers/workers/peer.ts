/** A peer of Earmark, as its worker offers it over Comlink. */
export interface Peer {
  /** Loads engine and model. @throws Error saying why it cannot. */
  load(): Promise<void>;
  /** Takes the next 125 ms of sound and returns one score per class. */
  tag(samples: Float32Array): Promise<Float32Array>;
}
