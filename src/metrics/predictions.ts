/** A tagger's output for some clips (or windows), with the truth. Rows are clips. */
export interface Predictions {
  readonly labelCount: number;
  /** Finite, [clips, labels]. */
  readonly probabilities: Float32Array;
  /** 1 where the label sounds in the clip, else 0; [clips, labels]. */
  readonly truth: Uint8Array;
}

/** Outputs judged together, for example one label's over all clips, or all outputs pooled. */
export interface ScoredOutputs {
  /** Finite; higher means more certain. */
  readonly scores: Float32Array;
  /** 1 for a positive, else 0; same length as `scores`. */
  readonly truth: Uint8Array;
}

/**
 * The given clips and labels of some predictions, in the given order.
 *
 * @throws RangeError if a clip or a label is not among the predictions.
 */
export function selectPredictions(
  predictions: Predictions,
  clips: readonly number[],
  labels: readonly number[],
): Predictions {
  const { labelCount, probabilities, truth } = predictions;
  const clipCount = labelCount === 0 ? 0 : truth.length / labelCount;
  const isBelow = (count: number) => (index: number) => Number.isInteger(index) && index >= 0 && index < count;
  if (!clips.every(isBelow(clipCount)) || !labels.every(isBelow(labelCount))) {
    throw new RangeError(`a clip or a label is not among the ${clipCount} clips and ${labelCount} labels`);
  }
  const at = clips.flatMap((clip) => labels.map((label) => clip * labelCount + label));
  return {
    labelCount: labels.length,
    probabilities: Float32Array.from(at, (i) => probabilities[i] as number),
    truth: Uint8Array.from(at, (i) => truth[i] as number),
  };
}

/** One label's outputs over all clips. */
export function outputsOfLabel(predictions: Predictions, label: number): ScoredOutputs {
  const { labelCount, probabilities, truth } = predictions;
  const ofLabel = (_: number, i: number): boolean => i % labelCount === label;
  return { scores: probabilities.filter(ofLabel), truth: truth.filter(ofLabel) };
}

/** The outputs of all labels and clips together. */
export function pooledOutputs({ probabilities, truth }: Predictions): ScoredOutputs {
  return { scores: probabilities, truth };
}
