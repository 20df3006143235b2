import { fillWindow } from '../dsp/rolling-spectrogram';
import type { Moment } from '../events/sounding';
import type { TrainableModel } from '../model/engine/loaded-model';

/** How much of the newest sound should fill a window of its own; undefined for none. As of `EventDetector`. */
export type UnsureSound = (moment: Pick<Moment, 'windowEndSeconds' | 'probabilities'>) => number | undefined;

/** What embedded the newest window, and can embed it once more. */
export interface FillsWindows {
  /** Undefined if it streams. Call it once at most for each window. */
  embedFilled(soundSeconds: number): Promise<Float32Array | undefined>;
}

/**
 * Hears the newest window once more, filled with the sound that began a moment ago. Whatever listens live asks this of each
 * moment before its events are made, so that all of it tells the same.
 *
 * @returns the embedding, [embedding size]; undefined if it would tell nothing, or the network streams: a whole window would
 * take it as long as many strides.
 */
export async function hearAgain(
  moment: Parameters<UnsureSound>[0],
  unsureSoundSeconds: UnsureSound,
  windows: FillsWindows,
): Promise<Float32Array | undefined> {
  const soundSeconds = unsureSoundSeconds(moment);
  return soundSeconds === undefined ? undefined : windows.embedFilled(soundSeconds);
}

/**
 * Embedding of a window that its newest sound fills ({@link fillWindow}).
 *
 * @param window [frames, melBands], oldest column first; it is changed in place.
 */
export function embedFilledWindow(
  model: TrainableModel,
  window: Float32Array,
  soundSeconds: number,
): Promise<Float32Array> {
  const { hopSamples, sampleRateHz, melBands } = model.spec;
  fillWindow(window, Math.round((soundSeconds * sampleRateHz) / hopSamples), melBands);
  return model.embedWindows(window, 1);
}
