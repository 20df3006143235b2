/** A system beside Earmark, as its worker offers it over Comlink. */
export interface Peer {
  /** Loads engine and model. @throws Error saying why it cannot. */
  load(): Promise<void>;
  /** Takes the next 125 ms of sound and gives one score a class. */
  tag(samples: Float32Array): Promise<Float32Array>;
}
