/** A figure with its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Outputs with similar probabilities: a bar of a reliability diagram. */
export interface ReliabilityBin {
  /** Number of outputs. */
  readonly count: number;
  /** Mean of their probabilities; 0 if there are none. */
  readonly meanProbability: number;
  /** Share of them that is true; 0 if there are none. */
  readonly share: number;
}
