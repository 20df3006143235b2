/** A figure, with the 95 % interval around it. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Outputs of about the same probability: a bar of a reliability diagram. */
export interface ReliabilityBin {
  /** How many outputs there are. */
  readonly count: number;
  /** Mean of their probabilities; 0 where there are none. */
  readonly meanProbability: number;
  /** Share of them that are true; 0 where there are none. */
  readonly share: number;
}
